package io.streamz.core;

/** An edge that leads back up. How often an item has been round is written in its metadata. */
final class Feedback {
    private static final String ROUND = "streamz.round";
    private static final String SPENT = "spent";

    private Feedback() {}

    static <T> DataStream<T> connect(DataStream<T> from, DataStream<? super T> target, int rounds) {
        if (rounds < 1) {
            throw new PlanException("feedback", from.name(), "an item goes round at least once, not " + rounds, "");
        }
        DataStream<T> back = from.pipe("feedback", () -> new Back<T>(target, rounds));
        back.node.back = target.node;
        return new DataStream<>(back.node.sideNode(SPENT));
    }

    private static final class Back<T> implements Operator<T, T> {
        private final DataStream<? super T> target;
        private final int most;
        private OperatorContext context;

        Back(DataStream<? super T> target, int most) {
            this.target = target;
            this.most = most;
        }

        @Override
        public void open(OperatorContext context) {
            this.context = context;
        }

        @Override
        public void onNext(T item, Output<? super T> out) {
            Ack carried = context.ack();
            int round = carried.metadata().stream()
                    .filter(entry -> entry.containsKey(ROUND))
                    .mapToInt(entry -> (Integer) entry.get(ROUND))
                    .max()
                    .orElse(0);
            if (round == most) {
                out.<T>side(SPENT).emit(item);
                return;
            }
            out.emit(item);
            target.emit(item, carried.tagged(ROUND, round + 1));
        }
    }
}

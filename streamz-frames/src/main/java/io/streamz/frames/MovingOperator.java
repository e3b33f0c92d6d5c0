package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Overflow;
import io.streamz.aggregations.Rolling;
import io.streamz.core.DataException;
import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;
import java.util.function.Consumer;

/** Gives each row with its answers. Rows are not held: a kernel keeps what its answers need. */
final class MovingOperator extends FrameOperator {
    private final MovingNode node;
    private final BatchPool pool;
    private final KeyIds keys;
    private final RowKernels kernels;
    private final int timePlace;
    private final int inputs;
    private final Rejects rejects;
    private final Consumer<DataException> reject;
    private final Whole whole;
    private final Step[] steps;
    private final Runnable answering = this::answer;

    /** The batch that is being taken, its inputs as they were computed, and the answers; null between batches. */
    private RecordBatch rows;

    private Lane[] values;
    private RecordBatch result;

    MovingOperator(
            MovingNode node,
            int[] reads,
            BatchPool pool,
            KeyIds keys,
            RowKernels kernels,
            int timePlace,
            Rejects rejects) {
        super(reads);
        this.node = node;
        this.pool = pool;
        this.keys = keys;
        this.kernels = kernels;
        this.timePlace = timePlace;
        this.inputs = node.input().schema().size();
        this.rejects = rejects;
        this.reject = rejects.fail() ? null : rejects.of(node.path(), null);
        this.whole = new Whole(node.path());
        this.steps = kernels.kernels().stream().map(Step::new).toArray(Step[]::new);
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        whole.check();
        values = kernels.inputs().evaluate(in, reject);
        rows = in;
        RecordBatch answered = pool.take();
        try {
            answered.over(in);
            result = answered;
            whole.run(answering);
            ledger().in(in.rows());
            ledger().out(in.rows());
            out.emit(answered);
        } finally {
            rows = null;
            result = null;
            answered.close();
        }
    }

    @Override
    int answered(RecordBatch in) {
        return kernels.inputs().answered(in);
    }

    private void answer() {
        int[] ids = keys.of(rows);
        LongLane times = timePlace < 0 ? null : (LongLane) rows.lane(timePlace);
        for (Step step : steps) {
            step.answer(ids, times);
        }
    }

    /** One kernel, and room for the columns that it takes and gives. */
    private final class Step implements Overflow {
        private final RowKernels.Placed placed;
        private final Lane[] columns;
        private final Lane[] answers;

        Step(RowKernels.Placed placed) {
            this.placed = placed;
            this.columns = new Lane[placed.inputs().length];
            this.answers = new Lane[placed.answers().length];
        }

        void answer(int[] ids, LongLane times) {
            for (int i = 0; i < columns.length; i++) {
                columns[i] = values[placed.inputs()[i]];
            }
            for (int i = 0; i < answers.length; i++) {
                answers[i] = result.fill(inputs + placed.answers()[i]);
            }
            placed.kernel().add(ids, rows.rows(), times, columns, answers, this);
            if (placed.kernel() instanceof RollingKernel rolling) {
                free(rolling.rolling());
            }
        }

        @Override
        public void at(int answer, int row) {
            overflow(inputs + placed.answers()[answer], rows, row);
        }
    }

    /** Where keys go with their last rows, one kernel has a step for itself. */
    private void free(Rolling rolling) {
        for (int i = 0; i < rolling.goneCount(); i++) {
            keys.free(rolling.gone()[i]);
        }
    }

    private void overflow(int column, RecordBatch in, int row) {
        Field field = node.schema().field(column);
        String key = keys.text(in.schema(), in, row);
        String what =
                "overflow: " + field.name() + (key.isEmpty() ? "" : " of " + key) + " does not fit " + field.type();
        if (rejects.fail()) {
            throw new DataException(
                    "overflow",
                    node.path(),
                    what,
                    "cast what goes in to float64 or a decimal, or let such answers be null with badRows(BadRows.SKIP)");
        }
        rejects.tell(new Reject(what, field.name(), "", node.path(), -1, -1));
    }

    @Override
    long bytes() {
        long bytes = keys.bytes();
        for (Step step : steps) {
            bytes += step.placed.kernel().bytes();
        }
        return bytes;
    }

    @Override
    public void write(StateWriter state) throws IOException {
        Rolling rolling = comingAndGoing();
        if (rolling == null) {
            keys.write(state);
        } else {
            keys.writeListed(rolling.liveIds(new int[0]), rolling.size(), state);
        }
        for (RowKernels.Placed placed : kernels.kernels()) {
            placed.kernel().write(state.stream());
        }
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        if (comingAndGoing() == null) {
            keys.read(state);
        } else {
            keys.readListed(state);
        }
        for (RowKernels.Placed placed : kernels.kernels()) {
            placed.kernel().read(state.stream());
        }
    }

    /** What tells the order of keys where they go with their last rows; null where they stay. */
    private Rolling comingAndGoing() {
        return keys.keyed() && node.keysGo() && kernels.kernels().get(0).kernel() instanceof RollingKernel rolling
                ? rolling.rolling()
                : null;
    }
}

package io.streamz.core;

/**
 * Where a source that commits puts its items. The items of one poll share an ack, because only after the poll is the position
 * behind them known. Used by the source's thread; acks end on any.
 */
final class Commits<T> implements Output<T> {
    private final RootNode<T> root;
    private final CommittingSource<?> source;
    private final AckOrder<Poll> order;
    private Poll poll;
    private Ack ack;

    /** The items of one poll, and where it ended. */
    private static final class Poll {
        Position end;
    }

    Commits(RootNode<T> root, CommittingSource<?> source) {
        this.root = root;
        this.source = source;
        this.order = new AckOrder<>(done -> commit(done.end));
    }

    @Override
    public void emit(T item) {
        if (ack == null) {
            poll = new Poll();
            ack = order.next(poll);
            ack.retain();
        }
        root.emitFromOutside(item, ack);
        root.segment.host().came(item);
    }

    @Override
    public void watermark(long time) {
        root.fromOutside(() -> root.watermark(time));
    }

    /** A poll has returned. */
    void polled() {
        if (ack != null) {
            Ack done = ack;
            ack = null;
            poll.end = source.position();
            done.release();
        }
    }

    private void commit(Position position) {
        try {
            source.completed(position);
        } catch (RuntimeException e) {
            root.segment
                    .host()
                    .failed(new StreamException(
                            "commit-failed", root.name, root.name + " could not commit " + position + ": " + e, "", e));
        }
    }
}

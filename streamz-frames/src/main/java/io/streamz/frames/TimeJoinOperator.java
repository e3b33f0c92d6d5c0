package io.streamz.frames;

import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Watermark;
import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Joins two sides that come in the order of their times. A row of the left side waits until no row of the right side that is to
 * come can change what it meets; so do those behind it, and answers come in the order of the left side, whatever the two
 * sides' batches and threads do. What no row of the left side can meet any more is let go of.
 *
 * <p>The watermark before an answer is the time of the one before it. Behind the last one it is the least of both sides' and of the
 * first row that waits.
 */
final class TimeJoinOperator extends FrameOperator {
    private static final int FEW = 1024;
    private static final int CHUNK = 1 << 14;

    private final TimeJoinNode node;
    private final TimeMatch match;
    private final JoinKeys keys;
    private final KeptRows left;
    private final RowLists right;
    private final BatchPool pool;
    /** The columns of each side that are kept. */
    private final int[] leftColumns;

    private final int[] needed;
    /** Which of the right side's columns that may come out do. */
    private final int[] rightColumns;

    private final Pairs pairs = new Pairs();
    /** The first row of the left side that waits; those before it are answered. */
    private int first;

    private long leftWatermark = Watermark.NONE;
    private long rightWatermark = Watermark.NONE;
    private boolean rightIdle;
    /** The time of the last answer. */
    private long answered = Watermark.NONE;

    private long watermark = Watermark.NONE;
    private long epoch;

    TimeJoinOperator(TimeJoinNode node, TimeMatch match, Set<String> wanted) {
        super(node.left().schema().places(node.reads(0, wanted)));
        this.node = node;
        this.match = match;
        this.keys = new JoinKeys(node.keys().types());
        this.leftColumns = node.left().schema().places(node.reads(0, wanted));
        this.needed = node.right().schema().places(node.reads(1, wanted));
        this.left = new KeptRows(node.left().schema(), leftColumns);
        this.right = new RowLists(node.right().schema(), keys, node.keys().right(), needed);
        this.pool = new BatchPool(node.schema(), node.path());
        this.rightColumns = IntStream.range(0, node.rightColumns().length)
                .filter(i -> wanted.contains(
                        node.right().schema().field(node.rightColumns()[i]).name()))
                .toArray();
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        left.add(in, keys.ids(in, node.keys().left()));
        leftWatermark = Math.max(leftWatermark, in.watermark());
        epoch = in.epoch();
        ledger().in(in.rows());
        ledger().held(in.rows());
        answer(out);
    }

    @Override
    void take(int port, RecordBatch in, Output<? super RecordBatch> out) {
        if (!in.has(needed)) {
            return; // on its way already when this was attached
        }
        right.add(in);
        rightWatermark = Math.max(rightWatermark, in.watermark());
        rightIdle = in.idle();
        answer(out);
    }

    @Override
    public void onInputEnd(int port, Output<? super RecordBatch> out) {
        if (port == 0) {
            leftWatermark = Watermark.END;
        } else {
            rightWatermark = Watermark.END;
        }
        answer(out);
    }

    @Override
    public void onEnd(Output<? super RecordBatch> out) {
        leftWatermark = Watermark.END;
        rightWatermark = Watermark.END;
        answer(out);
    }

    private void answer(Output<? super RecordBatch> out) {
        long passed = rightIdle ? Watermark.END : rightWatermark;
        int rows = left.rows();
        while (first < rows) {
            int id = left.id(first);
            long time = time(first);
            if (id != JoinKeys.NONE && !match.isKnown(right, id, time, passed)) {
                break;
            }
            int found = id == JoinKeys.NONE ? 0 : match.find(right, id, time, first, pairs);
            count(found);
            keys.release(id);
            first++;
            if (pairs.count() >= CHUNK) {
                emit(passed, out);
            }
        }
        emit(passed, out);
        tidy();
    }

    private void count(int found) {
        ledger().held(-1);
        if (found == 0 && node.join() == JoinKind.LEFT) {
            pairs.add(first, RowLists.NONE);
            ledger().out(1);
        } else if (found == 0) {
            ledger().filtered(1);
        } else {
            ledger().out(1);
        }
    }

    private long time(int row) {
        return ((LongLane) left.lane(node.leftTime())).values()[row];
    }

    private void emit(long passed, Output<? super RecordBatch> out) {
        long now = Math.min(leftWatermark, passed);
        if (first < left.rows()) {
            now = Math.min(now, time(first));
        }
        if (pairs.count() == 0 && now <= watermark) {
            return;
        }
        watermark = Math.max(watermark, now);
        RecordBatch result = pool.take();
        try {
            fill(result);
            out.emit(result);
        } finally {
            result.close();
            pairs.clear();
        }
    }

    private void fill(RecordBatch result) {
        int count = pairs.count();
        int columns = node.left().schema().size();
        for (int column : leftColumns) {
            left.gather(column, pairs.left(), count, result.fill(column));
        }
        for (int i : rightColumns) {
            right.gather(node.rightColumns()[i], pairs.right(), count, result.fill(columns + i));
        }
        result.filled(count);
        LongLane before = result.ownWatermarks();
        before.reset(count);
        for (int row = 0; row < count; row++) {
            before.values()[row] = answered;
            answered = time(pairs.left()[row]);
        }
        result.watermarks(before, watermark);
        result.stamp(epoch);
    }

    private void tidy() {
        if (first >= FEW && first >= left.rows() / 2) {
            left.keep(TableOrder.rows(first, left.rows()), left.rows() - first);
            first = 0;
        }
        if (right.isLarge()) {
            sweep();
        }
        right.tidy();
    }

    /** Lets go of what neither a row that waits nor one that is to come can meet. */
    private void sweep() {
        long least = first < left.rows() ? time(first) : leftWatermark;
        if (least != Watermark.NONE) {
            right.sweep(id -> match.forget(right, id, least));
        }
    }

    /** The least of both sides': no answer is ahead of it. */
    @Override
    long watermark() {
        return Math.min(leftWatermark, rightIdle ? Watermark.END : rightWatermark);
    }

    @Override
    int waiting() {
        return left.rows() - first;
    }

    @Override
    long bytes() {
        return keys.bytes() + left.bytes() + right.bytes();
    }

    @Override
    public void write(StateWriter state) throws IOException {
        sweep();
        state.writeLong(leftWatermark);
        state.writeLong(rightWatermark);
        state.writeLong(answered);
        state.writeLong(watermark);
        state.writeLong(epoch);
        int[] waiting = TableOrder.rows(first, left.rows());
        left.write(waiting, waiting.length, state);
        right.write(state);
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        leftWatermark = state.readLong();
        rightWatermark = state.readLong();
        answered = state.readLong();
        watermark = state.readLong();
        epoch = state.readLong();
        try (RecordBatch waiting = left.read(state)) {
            left.add(waiting, keys.ids(waiting, node.keys().left()));
            ledger().in(waiting.rows());
            ledger().held(waiting.rows());
        }
        right.read(state);
    }
}

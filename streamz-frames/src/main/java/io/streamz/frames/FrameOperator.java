package io.streamz.frames;

import io.streamz.core.DataException;
import io.streamz.core.Operator;
import io.streamz.core.OperatorContext;
import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * What the operators of all steps have: a ledger of their rows, the bytes of their state, and where they begin.
 *
 * <p>A step that is attached while the pipeline runs begins with the first batch that has the columns it reads: a batch that
 * was on its way already may lack one that nobody read before.
 */
abstract class FrameOperator implements Operator<RecordBatch, RecordBatch> {
    private static final int[] NONE = {};
    private static final int ROWS_BETWEEN_COUNTS = 4096;

    private final Ledger ledger = new Ledger();
    private final int[] reads;
    private volatile long first;
    private boolean goesOn;
    private volatile long watermark = Long.MIN_VALUE;
    /** Where event time stands with the batch that is being taken, of whatever input. */
    private long moment = Long.MIN_VALUE;

    private OperatorContext context;
    private long rowsSinceCount;

    FrameOperator() {
        this(NONE);
    }

    /**
     * Names what it cannot begin without.
     *
     * @param reads columns of the input
     */
    FrameOperator(int[] reads) {
        this.reads = reads;
    }

    @Override
    public void open(OperatorContext opened) {
        context = opened;
    }

    @Override
    public final void onNext(RecordBatch in, Output<? super RecordBatch> out) {
        if (first != 0 || begins(in)) {
            moment = Math.max(moment, in.watermark());
            try {
                take(in, out);
            } catch (DataException e) {
                takeUntil(answered(in), in, out);
                throw e;
            }
            watermark = in.watermark();
            count(in.rows());
        }
    }

    /**
     * Goes on after a row that has no answer, as if the batch had been cut before it and behind it: the rows before it are
     * taken, and then it alone, which throws. Without this the cuts would show in what was done before the failure, and in
     * which of several bad rows is told of.
     */
    private void takeUntil(int bad, RecordBatch in, Output<? super RecordBatch> out) {
        if (bad == in.rows() || in.deltas() != null) {
            return;
        }
        if (bad > 0) {
            try (RecordBatch before = in.cut(0, bad)) {
                take(before, out);
            }
        }
        try (RecordBatch alone = in.cut(bad, bad + 1)) {
            take(alone, out);
        }
    }

    /** How many rows can be computed before the first one that has no answer; asked after one had none. */
    int answered(RecordBatch in) {
        return in.rows();
    }

    private void count(int rows) {
        rowsSinceCount += rows;
        if (rowsSinceCount >= ROWS_BETWEEN_COUNTS && context != null) {
            rowsSinceCount = 0;
            context.memory(bytes());
        }
    }

    private boolean begins(RecordBatch in) {
        if (!in.has(reads)) {
            return false;
        }
        first = Math.max(1, in.epoch());
        return true;
    }

    @Override
    public final void onNext(int port, Object in, Output<? super RecordBatch> out) {
        if (port == 0) {
            onNext((RecordBatch) in, out);
        } else {
            moment = Math.max(moment, ((RecordBatch) in).watermark());
            take(port, (RecordBatch) in, out);
        }
    }

    /** Takes a batch of one of the further inputs, counted from 1, which may lack columns. */
    void take(int port, RecordBatch in, Output<? super RecordBatch> out) {
        throw new IllegalStateException("a step with one input");
    }

    /** Is told, before the first batch, of the running form of the steps before it. */
    void over(List<Running> inputs) {}

    /** Takes a batch that has all columns that are read. */
    abstract void take(RecordBatch in, Output<? super RecordBatch> out);

    /**
     * Goes on from what another operator of the same step has kept, before the first batch.
     *
     * @param state what that one has written
     */
    final void goOnFrom(FrameOperator other, byte[] state) throws IOException {
        try (StateReader in = new StateReader(new ByteArrayInputStream(state))) {
            in.next();
            read(in, in.version());
        }
        goesOn = true;
        first = other.first;
        watermark = other.watermark;
        moment = other.moment;
    }

    /** Whether it has gone on from another one. */
    final boolean goesOn() {
        return goesOn;
    }

    /** What {@link #goOnFrom} takes. */
    final byte[] kept() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (StateWriter out = new StateWriter(bytes)) {
            out.section("step", stateVersion(), this::write);
        }
        return bytes.toByteArray();
    }

    final Ledger ledger() {
        return ledger;
    }

    /** The number of the first batch that was taken; 0 before it. */
    final long first() {
        return first;
    }

    /** Where event time stands behind the last batch; {@link Long#MIN_VALUE} where it has not begun. */
    long watermark() {
        return watermark;
    }

    /** The largest watermark of all batches that came, with the one that is being taken. */
    final long moment() {
        return moment;
    }

    final OperatorContext context() {
        return context;
    }

    /** The rows that wait here for event time to pass. */
    int waiting() {
        return 0;
    }

    /** The rows that have come out. */
    long given() {
        return ledger.given();
    }

    /** The bytes of memory the state holds. */
    long bytes() {
        return 0;
    }
}

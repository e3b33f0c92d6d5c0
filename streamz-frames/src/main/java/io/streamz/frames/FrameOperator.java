package io.streamz.frames;

import io.streamz.core.Operator;
import io.streamz.core.Output;
import java.util.List;

/**
 * What the operators of all steps have: a ledger of their rows, the bytes of their state, and where they begin.
 *
 * <p>A step that is attached while the pipeline runs begins with the first batch that has the columns it reads: a batch that
 * was on its way already may lack one that nobody read before.
 */
abstract class FrameOperator implements Operator<RecordBatch, RecordBatch> {
    private static final int[] NONE = {};

    private final Ledger ledger = new Ledger();
    private final int[] reads;
    private volatile long first;

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
    public final void onNext(RecordBatch in, Output<? super RecordBatch> out) {
        if (first != 0 || begins(in)) {
            take(in, out);
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

    final Ledger ledger() {
        return ledger;
    }

    /** The number of the first batch that was taken; 0 before it. */
    final long first() {
        return first;
    }

    /** The bytes of memory the state holds. */
    long bytes() {
        return 0;
    }
}

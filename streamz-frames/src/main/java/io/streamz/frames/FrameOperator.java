package io.streamz.frames;

import io.streamz.core.Operator;

/** What the operators of all steps have: a ledger of their rows and the bytes of their state. */
abstract class FrameOperator implements Operator<RecordBatch, RecordBatch> {
    private final Ledger ledger = new Ledger();

    final Ledger ledger() {
        return ledger;
    }

    /** The bytes of memory the state holds. */
    long bytes() {
        return 0;
    }
}

package io.streamz.frames;

import io.streamz.core.Operator;
import io.streamz.core.Output;

/** Tells that no more batches come: the input has ended, or the pipeline was closed or has failed. */
final class EndOperator implements Operator<RecordBatch, Void> {
    private final Runnable listener;

    EndOperator(Runnable listener) {
        this.listener = listener;
    }

    @Override
    public void onNext(RecordBatch in, Output<? super Void> out) {}

    @Override
    public void onEnd(Output<? super Void> out) {
        listener.run();
    }

    @Override
    public void close() {
        listener.run();
    }
}

package io.streamz.frames;

import io.streamz.core.Operator;
import io.streamz.core.Output;

/** Emits each row as a record. */
final class RecordsOperator<R> implements Operator<RecordBatch, R> {
    private final RecordReader<R> reader;
    private final int[] reads;
    private boolean begun;

    RecordsOperator(RecordReader<R> reader) {
        this.reader = reader;
        this.reads = reader.places();
    }

    @Override
    public void onNext(RecordBatch in, Output<? super R> out) {
        if (begun || in.has(reads)) {
            begun = true;
            reader.each(in, out::emit);
        }
    }
}

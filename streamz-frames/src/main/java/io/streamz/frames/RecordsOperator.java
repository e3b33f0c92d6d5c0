package io.streamz.frames;

import io.streamz.core.Operator;
import io.streamz.core.Output;

/** Emits each row as a record. */
final class RecordsOperator<R> implements Operator<RecordBatch, R> {
    private final RecordReader<R> reader;

    RecordsOperator(RecordReader<R> reader) {
        this.reader = reader;
    }

    @Override
    public void onNext(RecordBatch in, Output<? super R> out) {
        reader.each(in, out::emit);
    }
}

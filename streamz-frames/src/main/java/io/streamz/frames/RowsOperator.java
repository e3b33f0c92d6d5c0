package io.streamz.frames;

import io.streamz.core.Operator;
import io.streamz.core.Output;

/** Emits each row. */
final class RowsOperator implements Operator<RecordBatch, Row> {
    private final int[] all;
    private boolean begun;

    RowsOperator(Schema schema) {
        this.all = TableOrder.firstRows(schema.size());
    }

    @Override
    public void onNext(RecordBatch in, Output<? super Row> out) {
        if (begun || in.has(all)) {
            begun = true;
            new RowReceiver(in.schema(), out::emit).accept(in);
        }
    }
}

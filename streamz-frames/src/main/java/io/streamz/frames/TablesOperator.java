package io.streamz.frames;

import io.streamz.core.Operator;
import io.streamz.core.Output;

/** Emits each batch as an immutable table. */
final class TablesOperator implements Operator<RecordBatch, Table> {
    private final int[] all;
    private boolean begun;

    TablesOperator(Schema schema) {
        this.all = TableOrder.firstRows(schema.size());
    }

    @Override
    public void onNext(RecordBatch in, Output<? super Table> out) {
        if (begun || in.has(all)) {
            begun = true;
            out.emit(Table.of(in));
        }
    }
}

package io.streamz.frames;

import io.streamz.core.Operator;
import io.streamz.core.OperatorContext;
import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;

/** Emits the rows of a window as a table, after each batch with rows. */
final class ContentOperator implements Operator<RecordBatch, Table> {
    private final int[] all;
    private final NewestRows newest;
    private OperatorContext context;
    private boolean begun;

    ContentOperator(Schema schema, NewestRows newest) {
        this.all = TableOrder.firstRows(schema.size());
        this.newest = newest;
    }

    @Override
    public void open(OperatorContext opened) {
        context = opened;
    }

    @Override
    public void onNext(RecordBatch in, Output<? super Table> out) {
        if (begun || in.has(all)) {
            begun = true;
            newest.accept(in);
            context.memory(newest.bytes());
            out.emit(newest.table());
        }
    }

    @Override
    public void write(StateWriter out) throws IOException {
        newest.write(out);
    }

    @Override
    public void read(StateReader in, int version) throws IOException {
        newest.read(in);
    }
}

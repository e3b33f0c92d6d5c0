package io.streamz.frames;

import java.util.Objects;
import java.util.function.Consumer;

/** Hands the rows of batches on one by one. */
final class RowReceiver implements Consumer<RecordBatch> {
    private final Schema schema;
    private final Consumer<? super Row> receiver;

    RowReceiver(Schema schema, Consumer<? super Row> receiver) {
        this.schema = schema;
        this.receiver = Objects.requireNonNull(receiver, "receiver");
    }

    @Override
    public void accept(RecordBatch batch) {
        Rows rows = new Rows(schema, batch);
        for (int row = 0; row < batch.rows(); row++) {
            receiver.accept(rows.row(row));
        }
    }
}

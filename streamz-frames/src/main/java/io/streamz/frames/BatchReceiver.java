package io.streamz.frames;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * Lends batches to user code, each as an object of its own that is closed when the call returns: a batch that was kept without
 * {@code retain} can be told from the next one for ever.
 */
final class BatchReceiver {
    private final Schema schema;
    private final int[] all;
    private final Consumer<? super RecordBatch> receiver;
    private boolean begun;

    BatchReceiver(Schema schema, Consumer<? super RecordBatch> receiver) {
        this.schema = schema;
        this.all = TableOrder.firstRows(schema.size());
        this.receiver = Objects.requireNonNull(receiver, "receiver");
    }

    void take(RecordBatch batch) {
        if (!begun && !batch.has(all)) {
            return; // it was on its way when this was attached, and lacks a column
        }
        begun = true;
        try (RecordBatch lent = new RecordBatch(schema, batch.owner(), all)) {
            lent.over(batch);
            receiver.accept(lent);
        }
    }
}

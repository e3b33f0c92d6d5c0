package io.streamz.frames;

/**
 * The output batches of one producer: {@link #take} gives one that nobody holds, the last one again where its receivers
 * have closed it. Not thread-safe; the batches may be closed from any thread.
 */
public final class BatchPool {
    /** How many batches are kept; with more of them held downstream, each further one is new and not kept. */
    private static final int KEPT = 8;

    private final Schema schema;
    private final String owner;
    private final int[] from;
    private final RecordBatch[] batches = new RecordBatch[KEPT];

    /**
     * @param owner who produces the batches, for the message when one is read after it was closed
     */
    public BatchPool(Schema schema, String owner) {
        this(schema, owner, RecordBatch.owned(schema.size()));
    }

    /**
     * @param from per column the column of the input that it is, or {@link RecordBatch#OWN}
     */
    BatchPool(Schema schema, String owner, int[] from) {
        this.schema = schema;
        this.owner = owner;
        this.from = from;
    }

    /** An empty batch, open, for the caller to fill ({@link RecordBatch#fill}, {@link RecordBatch#filled}), emit and close. */
    public RecordBatch take() {
        for (int i = 0; i < KEPT; i++) {
            RecordBatch batch = batches[i];
            if (batch == null) {
                batches[i] = new RecordBatch(schema, owner, from);
                return batches[i];
            }
            if (!batch.isHeld()) {
                return batch.reopen();
            }
        }
        return new RecordBatch(schema, owner, from);
    }
}

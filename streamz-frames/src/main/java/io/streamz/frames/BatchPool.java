package io.streamz.frames;

/**
 * The output batches of one producer: {@link #take} gives one that nobody holds, the last one again where its receivers
 * have closed it. Not thread-safe.
 */
public final class BatchPool implements AutoCloseable {
    private final Schema schema;

    /**
     * @param owner who produces the batches, for the message when one is read after it was closed
     */
    public BatchPool(Schema schema, String owner) {
        this.schema = schema;
    }

    /** An empty batch, open, to be filled ({@link RecordBatch#fill}), emitted and closed by the caller. */
    public RecordBatch take() {
        return new RecordBatch(schema);
    }

    @Override
    public void close() {}
}

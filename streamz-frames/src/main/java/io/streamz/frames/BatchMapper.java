package io.streamz.frames;

/** Makes a batch of another one, in {@link StreamFrame#mapBatches}. Called by one thread at a time. */
@FunctionalInterface
public interface BatchMapper {
    /**
     * Fills a batch.
     *
     * @param in the rows that came, lent until the call returns
     * @param out an empty batch: {@link RecordBatch#fill} a lane for every column of the new schema, then
     *     {@link RecordBatch#filled} with their number of rows
     */
    void map(RecordBatch in, RecordBatch out) throws Exception;
}

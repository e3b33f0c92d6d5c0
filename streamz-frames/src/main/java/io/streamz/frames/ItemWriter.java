package io.streamz.frames;

/** Writes items into the lanes of a batch, a row each. */
interface ItemWriter {
    /** Readies the lanes of a batch for rows to be written. */
    void begin(RecordBatch batch, int room);

    /** Writes one item as a row there is room for. */
    void write(Object item, RecordBatch batch, int row);
}

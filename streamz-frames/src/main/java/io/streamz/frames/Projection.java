package io.streamz.frames;

/**
 * Which columns of a source the attached plans read, and which rows. It only grows; a source looks at it before each batch, so that a
 * plan that is attached later gets its columns from the next batch on.
 */
public interface Projection {
    /** Whether somebody reads the column; a source may leave the others out of its batches. */
    boolean needs(int column);

    /**
     * Whether some of the rows with such values may be read: false where every plan begins with a condition that none of them
     * meets. A source may leave out such rows, and must tell how many they were ({@link RecordBatch#behind}).
     */
    default boolean mayWant(ColumnRanges values) {
        return true;
    }
}

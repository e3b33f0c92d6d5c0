package io.streamz.frames;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The rows of one open file, from the first to the last. Used by one thread. */
public interface FileRows extends AutoCloseable {
    /** The columns that can be read. */
    List<Field> fields();

    /** The columns that cannot, with the reason as the end of a sentence: {@code is a list}. */
    Map<String, String> refused();

    /**
     * Reads the next rows into the lanes of a batch.
     *
     * @param into takes the lanes ({@link RecordBatch#fill}), not {@link RecordBatch#filled}
     * @param places for each column of the batch the place of its column in {@link #fields}, or -1 where it is not to be read
     * @return how many rows were read; 0 at the end
     */
    int read(RecordBatch into, int[] places) throws IOException;

    /**
     * Leaves out rows that come next and that nobody reads, where the file tells enough of their values without being read.
     *
     * @param columns of the batches that {@link #read} is given
     * @param places as for {@link #read}, but of all columns that the file has
     * @return how many rows
     */
    default long passOver(Schema columns, int[] places, Projection wanted) throws IOException {
        return 0;
    }

    /** Leaves out the next rows. */
    void skip(long rows) throws IOException;

    /** How many bytes of the file have been read; an estimate will do. */
    long bytes();

    @Override
    void close();
}

package io.streamz.frames;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A kind of file that is read when it is whole, such as Parquet: what {@link WholeFiles} asks of it. Stateless, and used by
 * any number of threads.
 */
public interface FileFormat {
    /** What a message calls such a file: {@code a Parquet file}. */
    String noun();

    /** Whether a file of a folder is one, by its name in lower case. */
    boolean isNamed(String name);

    /**
     * Whether the file has the mark that its writer puts at its end; false too where the file is no such file at all.
     *
     * @param mayGrow whether more may be written to it; where it may not, a format whose mark may be left out goes without
     */
    boolean isComplete(Path file, boolean mayGrow) throws IOException;

    /** Whether the first bytes that are there tell that this is another kind of file, for whose end to wait would be in vain. */
    default boolean isForeign(Path file) throws IOException {
        return false;
    }

    /**
     * Opens a file. Whatever is thrown here, and by what is opened, means that the file is damaged; {@link WholeFiles} names
     * it.
     */
    FileRows open(Path file) throws IOException;
}

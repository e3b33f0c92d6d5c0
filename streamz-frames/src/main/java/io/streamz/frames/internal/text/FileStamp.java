package io.streamz.frames.internal.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the file system says of a file, through symbolic links.
 *
 * @param identity what does not change with the name: device and inode where there are such
 * @param modified when it was written last
 */
public record FileStamp(String identity, long size, Instant modified) {
    /** When it was written last, in nanoseconds since 1970. */
    public long nanos() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, modified);
    }

    /** The stamp of the regular file at a path now, or null where there is none. */
    public static FileStamp of(Path path) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            if (!found.isRegularFile()) {
                return null;
            }
            Object key = found.fileKey();
            return new FileStamp(
                    key == null ? path.toAbsolutePath().toString() : key.toString(),
                    found.size(),
                    found.lastModifiedTime().toInstant());
        } catch (NoSuchFileException | NotDirectoryException e) {
            return null;
        }
    }
}

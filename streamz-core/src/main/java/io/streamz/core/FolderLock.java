package io.streamz.core;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps others out of a folder: other processes by the system's lock on a file in it, which ends with the process however that ends,
 * and others of this process by a list. Without the list they would open that file once more, find it locked and close it, and with
 * that let go of the lock of the first: on many systems it belongs to the process and the file, not to who has opened it.
 */
final class FolderLock implements AutoCloseable {
    private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

    private final Object key;
    private FileChannel file;

    private FolderLock(Object key) {
        this.key = key;
    }

    /** Takes a folder that is there; null where another has it. */
    static FolderLock take(Path folder) throws IOException {
        Object key = key(folder);
        if (!HELD.add(key)) {
            return null;
        }
        FolderLock lock = new FolderLock(key);
        try {
            if (lock.lock(folder.resolve("lock"))) {
                return lock;
            }
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
        lock.close();
        return null;
    }

    /** What tells this folder from others, by whichever name it is reached. */
    private static Object key(Path folder) throws IOException {
        Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
        return key == null ? folder.toRealPath() : key;
    }

    private boolean lock(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by a copy of this class that another loader has
        }
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // The system lets go of it with the process.
        } finally {
            HELD.remove(key);
        }
    }
}

package io.streamz.frames.internal.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hidden files that this process is writing. Other processes see the system's lock on such a file, which ends with the process
 * however that ends; within the process a second look would let go of it: on many systems whoever opens a file once more and closes it
 * ends all locks that the process has on it. So this list is asked first, and what stands in it is not opened.
 */
final class Claims {
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private Claims() {}

    /** Takes a file whose folder is a real path; false where somebody in this process has it. */
    static boolean take(Path file) {
        return OURS.add(file);
    }

    /** Keeps other processes out of a file that was opened, where its file system can; false where one has it. */
    static boolean lock(FileChannel opened) {
        try {
            return opened.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by a copy of this class that another loader has
        } catch (IOException | UnsupportedOperationException e) {
            return true; // a file system without locks
        }
    }

    static boolean isTaken(Path file) {
        return OURS.contains(file);
    }

    static void release(Path file) {
        OURS.remove(file);
    }
}

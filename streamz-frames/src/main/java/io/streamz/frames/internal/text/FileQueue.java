package io.streamz.frames.internal.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The files of one look, by name, until each was opened or passed over; then there is another look. */
public final class FileQueue {
    private final Deque<Path> waiting = new ArrayDeque<>();
    private boolean isListed;

    /** A look at the files that are there. */
    public interface Listing {
        List<Path> list() throws IOException;
    }

    /** Opens a file; false where there is nothing to read in it. */
    public interface Opening {
        boolean open(Path file) throws IOException;
    }

    /** Opens the next file in which there is something to read; false where this look has none any more. */
    public boolean openNext(Listing listing, Opening opening) throws IOException {
        if (!isListed) {
            waiting.addAll(listing.list());
            isListed = true;
        }
        while (!waiting.isEmpty()) {
            if (opening.open(waiting.remove())) {
                return true;
            }
        }
        isListed = false;
        return false;
    }

    /** A file that was taken out comes next once more. */
    public void again(Path file) {
        waiting.addFirst(file);
    }

    /** Whether the file that was opened is the last one of this look. */
    public boolean isEmpty() {
        return waiting.isEmpty();
    }
}

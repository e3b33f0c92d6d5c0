package io.streamz.frames.internal.text;

import java.io.IOException;
import java.util.Arrays;
import java.util.IdentityHashMap;

/**
 * The piece of a file that is in memory: {@code bytes[from..to]}, with some room before and behind that may be looked at.
 *
 * <p>Text lanes of a batch point into the array, so each batch has its own; a batch that nobody holds any more comes back
 * with its array.
 */
final class ReadBuffer {
    private static final int PIECE = 256 << 10;
    private static final int ROOM = 2 * RowScanner.PAD + 1;
    private static final int KNOWN = 16;

    private final IdentityHashMap<Object, byte[]> arrays = new IdentityHashMap<>();

    byte[] bytes = new byte[PIECE + ROOM];
    int from = RowScanner.PAD;
    int to = RowScanner.PAD;
    /** Where the last row ends when no line feed of the file ends it: one was put there. Else -1. */
    int last = -1;

    private boolean ended;
    private IOException failure;
    /** Whether a batch has had an array. */
    private boolean isLent;
    /** The offset in the file of the byte that would be at place 0. */
    private long base = -RowScanner.PAD;

    /** Goes on in the array that belongs to a batch. */
    void moveTo(Object batch) {
        if (arrays.size() > KNOWN) {
            arrays.clear();
        }
        byte[] array = isLent ? arrays.get(batch) : bytes;
        isLent = true;
        arrays.put(batch, array);
        if (array == null || array.length < bytes.length) {
            array = new byte[bytes.length];
            arrays.put(batch, array);
        }
        int moved = from - RowScanner.PAD;
        System.arraycopy(bytes, from, array, RowScanner.PAD, to - from);
        base += moved;
        from -= moved;
        to -= moved;
        last -= last < 0 ? 0 : moved;
        bytes = array;
    }

    /**
     * Reads what there is room for; whether anything came, or the end.
     *
     * @throws IOException when the input fails; what came before is given first
     */
    boolean fill(Input input) throws IOException {
        if (failure != null) {
            throw failure;
        }
        int before = to;
        boolean wasOpen = !ended;
        try {
            read(input);
        } catch (IOException e) {
            if (to == before) {
                throw e;
            }
            failure = e;
        }
        return to > before || ended && wasOpen;
    }

    private void read(Input input) throws IOException {
        int room = bytes.length - RowScanner.PAD - 1 - to;
        while (!ended && room > 0) {
            int count = input.read(bytes, to, room);
            if (count < 0) {
                end();
                return;
            }
            to += count;
            room = count == 0 || input.isPiecewise() ? 0 : room - count;
        }
    }

    private void end() {
        ended = true;
        if (to > from && bytes[to - 1] != '\n') {
            last = to;
            bytes[to++] = '\n';
        }
    }

    /** Makes room for a row that is longer than the array. */
    void grow() {
        if (to >= bytes.length - RowScanner.PAD - 1) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
    }

    void drop(int until) {
        from = until;
    }

    /** Forgets what was read and goes on at an offset of the file. */
    void restart(long offset) {
        from = RowScanner.PAD;
        to = RowScanner.PAD;
        last = -1;
        ended = false;
        failure = null;
        base = offset - RowScanner.PAD;
    }

    /** The offset in the file of a place, which may lie behind the line feed that was put at its end. */
    long offset(int place) {
        return base + (last >= 0 && place > last ? last : place);
    }

    /** The end of what comes from the file in {@code from..place}: a line feed that was put at its end does not. */
    int realEnd(int place) {
        return last >= 0 ? Math.min(place, last) : place;
    }

    /** Whether the input is over: no byte will come behind these. */
    boolean isWhole() {
        return ended;
    }

    /** Whether the input is over and all of it was taken. */
    boolean isOver() {
        return ended && from == to;
    }
}

package io.streamz.aggregations;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A lane of byte strings: TEXT (UTF-8) and BINARY columns. Each row is a range of one shared byte array, so that a reader
 * can point into its own buffer without a copy.
 *
 * <p>Rows that come from a dictionary may say so: the shared bytes are then those of its entries, and each row has the number of its
 * entry ({@link #codes}) beside its range. Two rows of one number are equal, and what was found for an entry holds for all its rows as
 * long as the bytes are the same array.
 */
public final class TextLane extends Lane {
    private byte[] own = {};
    private byte[] bytes = own;
    private int used;
    private long living;
    private int[] starts = {};
    private int[] lengths = {};
    private int[] codes = {};
    private int entries;

    /** An empty lane. */
    public TextLane() {}

    /** The array that all ranges point into. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where each row starts in {@link #bytes()}. */
    public int[] starts() {
        return starts;
    }

    /** How many bytes each row has. */
    public int[] lengths() {
        return lengths;
    }

    /** Points all ranges at another array, which this lane then shares and never writes. */
    public void share(byte[] shared) {
        bytes = shared;
        used = shared.length;
        entries = 0;
    }

    /**
     * Says that the rows are entries of a dictionary whose bytes were {@linkplain #share shared} before.
     *
     * @param count how many entries there are
     * @return takes the number of each row's entry, from 0 on; beside the ranges, not in place of them
     */
    public int[] code(int count) {
        entries = count;
        if (codes.length < starts.length) {
            codes = new int[starts.length];
        }
        return codes;
    }

    /** How many entries the dictionary of the rows has; 0 where they are of none. */
    public int entries() {
        return entries;
    }

    /** The number of each row's entry, where there are {@link #entries}; anything for a null row. */
    public int[] codes() {
        return codes;
    }

    /** Returns to the lane's own byte array, emptied, so that {@link #set} starts anew; call before filling a reused lane. */
    public void clearBytes() {
        bytes = own;
        used = 0;
        entries = 0;
    }

    /** Copies a value behind the bytes that are there, as the value of a row; a shared array is copied first, never written. */
    public void set(int row, byte[] source, int from, int length) {
        if (bytes != own || bytes.length - used < length) {
            own = Arrays.copyOf(bytes, grown(bytes.length, Math.addExact(used, length)));
            bytes = own;
            entries = 0;
        }
        if (length > 0) { // else from may lie anywhere, as it does for a null
            System.arraycopy(source, from, bytes, used, length);
        }
        starts[row] = used;
        lengths[row] = length;
        used += length;
    }

    /** The row as a Java string, read as UTF-8. */
    public String text(int row) {
        return new String(bytes, starts[row], lengths[row], StandardCharsets.UTF_8);
    }

    @Override
    public TextLane fresh() {
        return new TextLane();
    }

    @Override
    public void ensure(int rows) {
        if (starts.length < rows) {
            int capacity = grown(starts.length, rows);
            starts = Arrays.copyOf(starts, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            codes = entries == 0 ? codes : Arrays.copyOf(codes, capacity);
        }
    }

    @Override
    long valueBytes() {
        return own.length + 8L * starts.length + 4L * codes.length;
    }

    /** Writes the new values behind the others; those that they replace stay until {@link #compact}. */
    @Override
    void putValues(int[] targets, Lane source, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            put(targets[i], (TextLane) source, rows[i]);
        }
    }

    private void put(int target, TextLane source, int row) {
        lengths[target] = 0;
        if (!source.isNull(row)) {
            set(target, source.bytes, source.starts[row], source.lengths[row]);
        }
    }

    @Override
    void putRangeValues(int at, Lane source, int from, int count) {
        for (int i = 0; i < count; i++) {
            put(at + i, (TextLane) source, from + i);
        }
    }

    @Override
    public void compact() {
        if (used > 2 * living + 4096) {
            living = 0;
            for (int row = 0; row < size(); row++) {
                living += lengths[row];
            }
            byte[] old = bytes;
            own = new byte[Math.toIntExact(2 * living + 8192)];
            clearBytes();
            for (int row = 0; row < size(); row++) {
                set(row, old, starts[row], lengths[row]);
            }
        }
    }

    @Override
    void gatherValues(int[] rows, int count, Lane into) {
        TextLane target = (TextLane) into;
        target.share(bytes);
        for (int i = 0; i < count; i++) {
            target.starts[i] = starts[rows[i]];
            target.lengths[i] = lengths[rows[i]];
        }
        int[] targetCodes = entries == 0 ? codes : target.code(entries);
        for (int i = 0; entries > 0 && i < count; i++) {
            targetCodes[i] = codes[rows[i]];
        }
    }

    @Override
    void copyValues(int from, int to, Lane into) {
        TextLane target = (TextLane) into;
        target.share(bytes);
        System.arraycopy(starts, from, target.starts, 0, to - from);
        System.arraycopy(lengths, from, target.lengths, 0, to - from);
        if (entries > 0) {
            System.arraycopy(codes, from, target.code(entries), 0, to - from);
        }
    }
}

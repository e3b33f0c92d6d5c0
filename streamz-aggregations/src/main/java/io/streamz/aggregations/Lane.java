package io.streamz.aggregations;

import java.util.Arrays;

/**
 * A column of one batch as plain arrays: values, and one validity bit a row. Lanes are reused from batch to batch by their
 * owner; who reads one does so before the owner's next batch. Not thread-safe.
 *
 * <p>Validity: bit {@code row & 63} of word {@code row >>> 6} is set where the row holds a value. The words mean something
 * only while {@link #nullCount()} is above zero; bits behind the last row are then unspecified. The value under a null is
 * unspecified too.
 */
public abstract sealed class Lane permits DoubleLane, LongLane, WideLane, TextLane {
    private static final long[] NONE = {};

    private int size;
    private int nullCount;
    private long[] validity = NONE;

    Lane() {}

    /** The number of rows. */
    public final int size() {
        return size;
    }

    public final int nullCount() {
        return nullCount;
    }

    /** The validity words; to be read only while {@link #nullCount()} is above zero. */
    public final long[] validity() {
        return validity;
    }

    public final boolean isNull(int row) {
        return nullCount != 0 && (validity[row >>> 6] & 1L << row) == 0;
    }

    /** Makes this a lane of {@code rows} rows, none null, with unspecified values; arrays grow and are kept. */
    public final void reset(int rows) {
        ensure(rows);
        size = rows;
        nullCount = 0;
    }

    /** Changes the number of rows, keeps those that are there, and makes new ones valid with unspecified values. */
    public final void resize(int rows) {
        ensure(rows);
        if (nullCount != 0) {
            if (rows < size) {
                nullCount = rows - countValid(rows);
            } else {
                growValidity(rows);
                for (int row = size; row < rows; row++) {
                    validity[row >>> 6] |= 1L << row;
                }
            }
        }
        size = rows;
    }

    /** Marks a row null. */
    public final void setNull(int row) {
        if (nullCount == 0) {
            growValidity(size);
            Arrays.fill(validity, 0, words(size), -1L);
        }
        long bit = 1L << row;
        if ((validity[row >>> 6] & bit) != 0) {
            validity[row >>> 6] &= ~bit;
            nullCount++;
        }
    }

    /** Takes over all validity words at once; {@code nulls} must be the number of unset bits among the rows. */
    public final void setValidity(long[] words, int nulls) {
        nullCount = nulls;
        if (nulls != 0) {
            growValidity(size);
            System.arraycopy(words, 0, validity, 0, words(size));
        }
    }

    /** Makes every row null. */
    public final void setAllNull() {
        growValidity(size);
        Arrays.fill(validity, 0, words(size), 0L);
        nullCount = size;
    }

    /** A new, empty lane of the same class. */
    public abstract Lane fresh();

    /** Grows the arrays to hold {@code rows} rows; what they hold stays. */
    public abstract void ensure(int rows);

    /** Writes the chosen rows of this lane, in the given order, as the whole of {@code into}, a lane of the same class. */
    public final void gather(int[] rows, int count, Lane into) {
        into.reset(count);
        gatherValues(rows, count, into);
        if (nullCount != 0) {
            for (int i = 0; i < count; i++) {
                if (isNull(rows[i])) {
                    into.setNull(i);
                }
            }
        }
    }

    /** Writes the rows {@code from} to {@code to} (exclusive) as the whole of {@code into}, a lane of the same class. */
    public final void copy(int from, int to, Lane into) {
        into.reset(to - from);
        copyValues(from, to, into);
        if (nullCount != 0) {
            for (int row = from; row < to; row++) {
                if (isNull(row)) {
                    into.setNull(row - from);
                }
            }
        }
    }

    /**
     * Sets rows of this lane from rows of another of the same class: row {@code targets[i]} from row {@code rows[i]} of
     * {@code source}. The size stays.
     */
    public final void put(int[] targets, Lane source, int[] rows, int count) {
        putValues(targets, source, rows, count);
        if (nullCount != 0 || source.nullCount != 0) {
            for (int i = 0; i < count; i++) {
                if (source.isNull(rows[i])) {
                    setNull(targets[i]);
                } else {
                    setValid(targets[i]);
                }
            }
        }
    }

    /** Writes rows of this lane as the whole of {@code into}, and sets them as {@link #put} does; no row twice. */
    final void swap(int[] targets, Lane source, int[] rows, int count, Lane into) {
        if (nullCount == 0 && source.nullCount == 0) {
            into.reset(count);
            swapValues(targets, source, rows, count, into);
        } else {
            gather(targets, count, into);
            put(targets, source, rows, count);
        }
    }

    void swapValues(int[] targets, Lane source, int[] rows, int count, Lane into) {
        gatherValues(targets, count, into);
        putValues(targets, source, rows, count);
    }

    /** Sets the rows from {@code at} on from so many rows of another lane of the same class. The size stays. */
    final void putRange(int at, Lane source, int from, int count) {
        putRangeValues(at, source, from, count);
        if (nullCount != 0 || source.nullCount != 0) {
            for (int i = 0; i < count; i++) {
                if (source.isNull(from + i)) {
                    setNull(at + i);
                } else {
                    setValid(at + i);
                }
            }
        }
    }

    /** Lets go of bytes that replaced values left behind, in a lane whose rows are all set; for lanes that live long. */
    public void compact() {}

    private void setValid(int row) {
        if (isNull(row)) {
            validity[row >>> 6] |= 1L << row;
            nullCount--;
        }
    }

    /** The bytes of memory that this lane holds. */
    public final long memory() {
        return 8L * validity.length + valueBytes();
    }

    abstract long valueBytes();

    abstract void putValues(int[] targets, Lane source, int[] rows, int count);

    abstract void putRangeValues(int at, Lane source, int from, int count);

    abstract void gatherValues(int[] rows, int count, Lane into);

    abstract void copyValues(int from, int to, Lane into);

    /** The number of 64-bit words that hold one bit for each of {@code rows} rows. */
    public static int words(int rows) {
        return (rows + 63) >>> 6;
    }

    private void growValidity(int rows) {
        if (validity.length < words(rows)) {
            validity = Arrays.copyOf(validity, Math.max(words(rows), validity.length * 2));
        }
    }

    private int countValid(int rows) {
        int valid = 0;
        int whole = rows >>> 6;
        for (int word = 0; word < whole; word++) {
            valid += Long.bitCount(validity[word]);
        }
        int rest = rows & 63;
        return rest == 0 ? valid : valid + Long.bitCount(validity[whole] & (1L << rest) - 1);
    }

    static int grown(int capacity, int rows) {
        return Math.max(rows, Math.max(16, (int) Math.min(Integer.MAX_VALUE - 8L, capacity * 2L)));
    }
}

package io.streamz.frames.internal.text;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Where the fields of some rows lie in a byte array.
 *
 * <p>{@code bounds} holds for each row the place before its first field and then the end of each field; a field starts one
 * byte behind the bound before it. In a plain block the end of a row is the place before the next one, and rows share it:
 * the stride is then the number of columns, else one more.
 *
 * <p>Where fields lie apart, {@code bounds} holds the start and the end of each, and then those of the row.
 */
final class Block {
    final int columns;
    /** Whether fields lie apart. */
    final boolean apart;

    byte[] bytes;
    int[] bounds = new int[1024];
    private int[] inner = {};
    int stride;
    int rows;
    /** Whether fields may be quoted. */
    boolean quoted;
    /** Whether a doubled quote may stand in a quoted field. */
    boolean escaped;
    /** The bytes {@code from..consumed} are what the rows were made of. */
    int from;

    int consumed;
    /** The physical lines that {@code from..consumed} ends. */
    int lines;

    Block(int columns, boolean apart) {
        this.columns = columns;
        this.apart = apart;
    }

    int start(int row, int column) {
        return apart ? bounds[row * stride + 2 * column] : bounds[row * stride + column] + 1;
    }

    int end(int row, int column) {
        return apart ? bounds[row * stride + 2 * column + 1] : bounds[row * stride + column + 1];
    }

    /** Where the row starts. */
    int rowStart(int row) {
        return apart ? start(row, columns) : start(row, 0);
    }

    /** Where it ends, without its line end. */
    int rowEnd(int row) {
        return apart ? end(row, columns) : end(row, columns - 1);
    }

    /** Whether the field stands in quotes. */
    boolean isQuoted(int row, int column) {
        int start = start(row, column);
        return quoted && end(row, column) > start && bytes[start] == '"';
    }

    /** The fields of the column that was {@link #aim aimed} at: from one behind {@code places[i]} to {@code places[i + 1]}. */
    int[] places = {};

    int first;
    int step;

    /**
     * Looks at the fields of one column without the quotes around them.
     *
     * @return false where a field is {@code ""}, which would then look like one that is not there
     */
    boolean aim(int column) {
        if (!quoted) {
            places = bounds;
            first = column;
            step = stride;
            return true;
        }
        if (inner.length < 2 * rows) {
            inner = new int[Math.max(2 * rows, 2 * inner.length)];
        }
        places = inner;
        first = 0;
        step = 2;
        int empty = 0;
        int at = column;
        for (int row = 0; row < rows; row++, at += stride) {
            int start = bounds[at];
            int end = bounds[at + 1];
            int quote = bytes[start + 1] == '"' ? 1 : 0;
            inner[2 * row] = start + quote;
            inner[2 * row + 1] = end - quote;
            empty |= quote & end - start - 4 >>> 31;
        }
        return empty == 0;
    }

    void clear(byte[] source, int start) {
        bytes = source;
        from = start;
        consumed = start;
        lines = 0;
        rows = 0;
        quoted = false;
        escaped = false;
        stride = apart ? 2 * columns + 2 : columns + 1;
    }

    void ensure(int size) {
        if (bounds.length < size) {
            bounds = Arrays.copyOf(bounds, Math.max(size, bounds.length * 2));
        }
    }

    /** Gives each row its own bound before the first field. */
    void widen() {
        if (apart || stride != columns) {
            return;
        }
        ensure(rows * (columns + 1));
        for (int row = rows - 1; row >= 0; row--) {
            System.arraycopy(bounds, row * columns, bounds, row * (columns + 1), columns + 1);
        }
        stride = columns + 1;
    }

    /** Ends each row before the carriage return that stands at its end, if one does. */
    void trimReturns() {
        widen();
        for (int row = 0; row < rows; row++) {
            int last = row * stride + columns;
            if (bounds[last] - bounds[last - 1] > 1 && bytes[bounds[last] - 1] == '\r') {
                bounds[last]--;
            }
        }
    }

    /** Takes rows out. */
    void remove(BitSet gone) {
        widen();
        int kept = 0;
        for (int row = 0; row < rows; row++) {
            if (!gone.get(row)) {
                System.arraycopy(bounds, row * stride, bounds, kept * stride, stride);
                kept++;
            }
        }
        rows = kept;
    }
}

package io.streamz.aggregations;

import java.util.Arrays;

/** A lane of 128-bit two's complement integers, high and low halves: the unscaled values of DECIMAL columns. */
public final class WideLane extends Lane {
    private long[] high = {};
    private long[] low = {};

    /** An empty lane. */
    public WideLane() {}

    /** The signed upper 64 bits; only the first {@link #size()} mean something. */
    public long[] high() {
        return high;
    }

    /** The unsigned lower 64 bits; only the first {@link #size()} mean something. */
    public long[] low() {
        return low;
    }

    /** The integer of a row, without its type's scale, as the nearest double. */
    public double toDouble(int row) {
        return Int128.toDouble(high[row], low[row]);
    }

    @Override
    public WideLane fresh() {
        return new WideLane();
    }

    @Override
    public void ensure(int rows) {
        if (high.length < rows) {
            int capacity = grown(high.length, rows);
            high = Arrays.copyOf(high, capacity);
            low = Arrays.copyOf(low, capacity);
        }
    }

    @Override
    long valueBytes() {
        return 16L * high.length;
    }

    @Override
    void putValues(int[] targets, Lane source, int[] rows, int count) {
        WideLane from = (WideLane) source;
        for (int i = 0; i < count; i++) {
            high[targets[i]] = from.high[rows[i]];
            low[targets[i]] = from.low[rows[i]];
        }
    }

    @Override
    void putRangeValues(int at, Lane source, int from, int count) {
        WideLane wide = (WideLane) source;
        System.arraycopy(wide.high, from, high, at, count);
        System.arraycopy(wide.low, from, low, at, count);
    }

    @Override
    void gatherValues(int[] rows, int count, Lane into) {
        WideLane target = (WideLane) into;
        for (int i = 0; i < count; i++) {
            target.high[i] = high[rows[i]];
            target.low[i] = low[rows[i]];
        }
    }

    @Override
    void copyValues(int from, int to, Lane into) {
        WideLane target = (WideLane) into;
        System.arraycopy(high, from, target.high, 0, to - from);
        System.arraycopy(low, from, target.low, 0, to - from);
    }
}

package io.streamz.aggregations;

import java.util.Arrays;

/** A lane of longs: BOOL, INT, DATE, TIME, TIMESTAMP and DURATION columns. */
public final class LongLane extends Lane {
    private long[] values = {};

    /** An empty lane. */
    public LongLane() {}

    /** The values; only the first {@link #size()} mean something. */
    public long[] values() {
        return values;
    }

    @Override
    public LongLane fresh() {
        return new LongLane();
    }

    @Override
    public void ensure(int rows) {
        if (values.length < rows) {
            values = Arrays.copyOf(values, grown(values.length, rows));
        }
    }

    @Override
    long valueBytes() {
        return 8L * values.length;
    }

    @Override
    void putValues(int[] targets, Lane source, int[] rows, int count) {
        long[] from = ((LongLane) source).values;
        for (int i = 0; i < count; i++) {
            values[targets[i]] = from[rows[i]];
        }
    }

    @Override
    void putRangeValues(int at, Lane source, int from, int count) {
        System.arraycopy(((LongLane) source).values, from, values, at, count);
    }

    @Override
    void gatherValues(int[] rows, int count, Lane into) {
        long[] target = ((LongLane) into).values;
        for (int i = 0; i < count; i++) {
            target[i] = values[rows[i]];
        }
    }

    @Override
    void copyValues(int from, int to, Lane into) {
        System.arraycopy(values, from, ((LongLane) into).values, 0, to - from);
    }
}

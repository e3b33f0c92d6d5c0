package io.streamz.aggregations;

import java.util.Arrays;

/** A lane of doubles: FLOAT columns. */
public final class DoubleLane extends Lane {
    private double[] values = {};

    /** An empty lane. */
    public DoubleLane() {}

    /** The values; only the first {@link #size()} mean something. */
    public double[] values() {
        return values;
    }

    @Override
    public DoubleLane fresh() {
        return new DoubleLane();
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
        double[] from = ((DoubleLane) source).values;
        for (int i = 0; i < count; i++) {
            values[targets[i]] = from[rows[i]];
        }
    }

    @Override
    void putRangeValues(int at, Lane source, int from, int count) {
        System.arraycopy(((DoubleLane) source).values, from, values, at, count);
    }

    @Override
    void swapValues(int[] targets, Lane source, int[] rows, int count, Lane into) {
        double[] mine = values;
        double[] from = ((DoubleLane) source).values;
        double[] old = ((DoubleLane) into).values;
        for (int i = 0; i < count; i++) {
            old[i] = mine[targets[i]];
            mine[targets[i]] = from[rows[i]];
        }
    }

    @Override
    void gatherValues(int[] rows, int count, Lane into) {
        double[] target = ((DoubleLane) into).values;
        for (int i = 0; i < count; i++) {
            target[i] = values[rows[i]];
        }
    }

    @Override
    void copyValues(int from, int to, Lane into) {
        System.arraycopy(values, from, ((DoubleLane) into).values, 0, to - from);
    }
}

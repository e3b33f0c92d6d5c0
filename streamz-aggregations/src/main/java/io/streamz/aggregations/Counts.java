package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/** The number of rows of each group: all of them, those without a null, or those with one. */
final class Counts extends GroupStates {
    /** Which rows are counted. */
    enum Rows {
        ALL,
        VALID,
        NULL
    }

    private final Rows which;
    private long[] counts = {};

    Counts(Rows which) {
        this.which = which;
    }

    @Override
    public boolean skipsNulls() {
        return which == Rows.VALID;
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public void ensure(int groups) {
        if (counts.length < groups) {
            counts = Arrays.copyOf(counts, Lane.grown(counts.length, groups));
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        counts[id] += step(inputs, row);
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        counts[id] -= step(inputs, row);
    }

    private int step(Lane[] inputs, int row) {
        return which != Rows.NULL || inputs[0].isNull(row) ? 1 : 0;
    }

    @Override
    void addRange(int[] ids, int from, int to, Lane[] inputs) {
        if (which == Rows.NULL) {
            super.addRange(ids, from, to, inputs);
        } else if (ids == null) {
            counts[0] += to - from;
        } else {
            long[] state = counts;
            for (int row = from; row < to; row++) {
                if (ids[row] >= 0) {
                    state[ids[row]]++;
                }
            }
        }
    }

    @Override
    public void addAnswers(int[] ids, int rows, Lane answers) {
        for (int row = 0; row < rows; row++) {
            int id = ids == null ? 0 : ids[row];
            if (id >= 0 && !answers.isNull(row)) {
                ensure(id + 1);
                counts[id] += ((LongLane) answers).values()[row];
            }
        }
    }

    @Override
    public long count(int id) {
        return counts[id];
    }

    @Override
    boolean reads(GroupStates held) {
        return which == Rows.VALID ? held.countsValues() : held instanceof Counts counts && counts.which == which;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        ((LongLane) out).values()[row] = held.count(id);
        return true;
    }

    @Override
    boolean countsValues() {
        return which == Rows.VALID;
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        counts[id] += ((Counts) other).counts[otherId];
    }

    @Override
    public void free(int id) {
        counts[id] = 0;
    }

    @Override
    public long bytes() {
        return 8L * counts.length;
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        out.i64(counts[id]);
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        counts[id] = in.i64();
    }
}

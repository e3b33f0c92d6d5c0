package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/** The exact sum of magnitudes of ints or decimals: a negative value is forgotten instead of added, which adds -x = |x|. */
final class Magnitudes extends GroupStates {
    private final GroupStates sums;
    private long[] counts = {};

    Magnitudes(GroupStates sums) {
        this.sums = sums;
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public void ensure(int groups) {
        if (counts.length < groups) {
            counts = Arrays.copyOf(counts, Lane.grown(counts.length, groups));
            sums.ensure(counts.length);
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        counts[id]++;
        if (isNegative(inputs[0], row)) {
            sums.forget(id, inputs, row);
        } else {
            sums.add(id, inputs, row);
        }
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        counts[id]--;
        if (isNegative(inputs[0], row)) {
            sums.add(id, inputs, row);
        } else {
            sums.forget(id, inputs, row);
        }
    }

    private static boolean isNegative(Lane lane, int row) {
        return (lane instanceof WideLane wide ? wide.high()[row] : ((LongLane) lane).values()[row]) < 0;
    }

    @Override
    public long count(int id) {
        return counts[id];
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof Magnitudes;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        return ((Magnitudes) held).sums.result(id, out, row);
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        var that = (Magnitudes) other;
        counts[id] += that.counts[otherId];
        sums.merge(id, that.sums, otherId);
    }

    @Override
    public void free(int id) {
        counts[id] = 0;
        sums.free(id);
    }

    @Override
    public long bytes() {
        return 8L * counts.length + sums.bytes();
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        out.i64(counts[id]);
        sums.write(id, out);
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        counts[id] = in.i64();
        sums.read(id, in);
    }
}

package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * The least or the greatest long of each group: two longs a group, the extreme and the number of values. The greatest is the least
 * of the complements.
 */
final class LongExtremes extends GroupStates {
    private final long flip;
    private long[] cells = {};

    LongExtremes(boolean greatest) {
        flip = greatest ? -1 : 0;
    }

    @Override
    public void ensure(int groups) {
        int used = cells.length >> 1;
        if (used < groups) {
            cells = Arrays.copyOf(cells, Math.multiplyExact(Lane.grown(used, groups), 2));
            for (int at = 2 * used; at < cells.length; at += 2) {
                cells[at] = Long.MAX_VALUE;
            }
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        add(cells, id << 1, flip ^ ((LongLane) inputs[0]).values()[row]);
    }

    private static void add(long[] state, int at, long x) {
        state[at + 1]++;
        if (x < state[at]) {
            state[at] = x;
        }
    }

    @Override
    void addRange(int[] ids, int from, int to, Lane[] inputs) {
        long[] values = ((LongLane) inputs[0]).values();
        if (ids == null) {
            addRun(values, from, to);
            return;
        }
        long[] state = cells;
        long mask = flip;
        for (int row = from; row < to; row++) {
            if (ids[row] >= 0) {
                add(state, ids[row] << 1, mask ^ values[row]);
            }
        }
    }

    private void addRun(long[] values, int from, int to) {
        long least = cells[0];
        long mask = flip;
        for (int row = from; row < to; row++) {
            least = Math.min(least, mask ^ values[row]);
        }
        cells[0] = least;
        cells[1] += to - from;
    }

    @Override
    public long count(int id) {
        return cells[(id << 1) + 1];
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof HoldsExtremes || held instanceof LongExtremes that && that.flip == flip;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        if (held instanceof HoldsExtremes both) {
            return both.extreme(flip != 0, id, out, row);
        }
        var that = (LongExtremes) held;
        if (that.count(id) == 0) {
            out.setNull(row);
        } else {
            ((LongLane) out).values()[row] = flip ^ that.cells[id << 1];
        }
        return true;
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        long[] theirs = ((LongExtremes) other).cells;
        cells[id << 1] = Math.min(cells[id << 1], theirs[otherId << 1]);
        cells[(id << 1) + 1] += theirs[(otherId << 1) + 1];
    }

    @Override
    public void free(int id) {
        cells[id << 1] = Long.MAX_VALUE;
        cells[(id << 1) + 1] = 0;
    }

    @Override
    public long bytes() {
        return 8L * cells.length;
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        out.i64(count(id));
        out.i64(flip ^ cells[id << 1]);
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        cells[(id << 1) + 1] = in.i64();
        cells[id << 1] = flip ^ in.i64();
    }
}

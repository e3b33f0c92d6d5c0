package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * Up to n values of each group, kept in order: the first by arrival, nulls included, or the greatest or least that are not null, equal
 * ones by arrival. The answer is the last of n, or all of them as JSON. Nearly every row of a group that has n greatest or least is refused
 * by one comparison with the last of them.
 */
final class Chosen extends GroupStates {
    /** Which values are kept. */
    enum Choice {
        FIRST,
        LEAST,
        GREATEST
    }

    private final DataType type;
    private final Choice choice;
    private final int limit;
    private final boolean onlyLast;
    private final Cells cells;
    private final Lane scratch;
    private boolean[] nulls = {};
    private int[] sizes = {};
    private long[] counts = {};

    Chosen(DataType type, Choice choice, int limit, boolean onlyLast) {
        this.type = type;
        this.choice = choice;
        this.limit = limit;
        this.onlyLast = onlyLast;
        cells = Cells.of(type);
        scratch = type.kind().lane();
    }

    @Override
    public boolean skipsNulls() {
        return choice != Choice.FIRST;
    }

    @Override
    public void ensure(int groups) {
        if (sizes.length < groups) {
            sizes = Arrays.copyOf(sizes, Lane.grown(sizes.length, groups));
            counts = Arrays.copyOf(counts, sizes.length);
            int all = Math.multiplyExact(
                    sizes.length, limit + 1); // one to spare, where a value is put before it is sorted in
            nulls = Arrays.copyOf(nulls, all);
            cells.ensure(all);
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        boolean isNull = inputs[0].isNull(row);
        counts[id] += isNull ? 0 : 1;
        if (choice == Choice.FIRST && sizes[id] == limit) {
            return;
        }
        int at = id * (limit + 1) + sizes[id];
        nulls[at] = isNull;
        if (!isNull) {
            cells.set(at, inputs[0], row);
        }
        settle(id);
    }

    /** Moves the newest value to its place, and drops what is then one too many. */
    private void settle(int id) {
        int start = id * (limit + 1);
        int at = start + sizes[id];
        while (choice != Choice.FIRST && at > start && isBefore(at, at - 1)) {
            cells.swap(at, at - 1);
            at--;
        }
        sizes[id] = Math.min(limit, sizes[id] + 1);
    }

    private boolean isBefore(int left, int right) {
        int order = cells.compare(left, cells, right);
        return choice == Choice.LEAST ? order < 0 : order > 0;
    }

    @Override
    void addRange(int[] ids, int from, int to, Lane[] inputs) {
        if (choice != Choice.FIRST && cells instanceof Cells.Doubles doubles) {
            addDoubles(ids, from, to, inputs, doubles.values());
        } else if (choice != Choice.FIRST && cells instanceof Cells.Longs longs) {
            addLongs(ids, from, to, inputs, longs.values());
        } else {
            super.addRange(ids, from, to, inputs);
        }
    }

    private void addDoubles(int[] ids, int from, int to, Lane[] inputs, double[] kept) {
        double[] values = ((DoubleLane) inputs[0]).values();
        double sign = choice == Choice.GREATEST ? 1 : -1;
        int last = limit - 1;
        for (int row = from; row < to; row++) {
            int id = ids == null ? 0 : ids[row];
            if (id >= 0 && counts[id] >= limit && sign * values[row] <= sign * kept[id * (limit + 1) + last]) {
                counts[id]++;
            } else if (id >= 0) {
                add(id, inputs, row); // whatever is NaN is compared there
            }
        }
    }

    private void addLongs(int[] ids, int from, int to, Lane[] inputs, long[] kept) {
        long[] values = ((LongLane) inputs[0]).values();
        long flip = choice == Choice.GREATEST ? 0 : -1;
        int last = limit - 1;
        for (int row = from; row < to; row++) {
            int id = ids == null ? 0 : ids[row];
            if (id >= 0 && counts[id] >= limit && (flip ^ values[row]) <= (flip ^ kept[id * (limit + 1) + last])) {
                counts[id]++;
            } else if (id >= 0) {
                add(id, inputs, row);
            }
        }
    }

    @Override
    public long count(int id) {
        return counts[id];
    }

    /** The first of many are the first of few. */
    @Override
    boolean reads(GroupStates held) {
        return held instanceof Chosen that && that.choice == choice && that.limit >= limit;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        var that = (Chosen) held;
        int start = id * (that.limit + 1);
        int size = Math.min(limit, that.sizes[id]);
        if (!onlyLast) {
            that.list(start, size, out, row);
        } else if (size < limit || that.nulls[start + limit - 1]) {
            out.setNull(row);
        } else {
            that.cells.get(start + limit - 1, out, row);
        }
        return true;
    }

    private void list(int start, int size, Lane out, int row) {
        Json json = new Json().open();
        for (int at = start; at < start + size; at++) {
            scratch.reset(1);
            if (scratch instanceof TextLane text) {
                text.clearBytes();
            }
            if (nulls[at]) {
                scratch.setNull(0);
            } else {
                cells.get(at, scratch, 0);
            }
            json.value(type, scratch, 0);
        }
        json.close().get(out, row);
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        var that = (Chosen) other;
        int from = otherId * (limit + 1);
        for (int i = 0; i < that.sizes[otherId] && (choice != Choice.FIRST || sizes[id] < limit); i++) {
            int at = id * (limit + 1) + sizes[id];
            nulls[at] = that.nulls[from + i];
            if (!nulls[at]) {
                cells.copy(at, that.cells, from + i);
            }
            settle(id);
        }
        counts[id] += that.counts[otherId];
    }

    @Override
    public void free(int id) {
        for (int at = id * (limit + 1); at < (id + 1) * (limit + 1); at++) {
            cells.clear(at);
        }
        sizes[id] = 0;
        counts[id] = 0;
    }

    @Override
    public long bytes() {
        return 12L * sizes.length + nulls.length + cells.bytes();
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        out.i64(counts[id]);
        out.i32(sizes[id]);
        for (int at = id * (limit + 1); at < id * (limit + 1) + sizes[id]; at++) {
            out.u8(nulls[at] ? 0 : 1);
            if (!nulls[at]) {
                cells.write(at, out);
            }
        }
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        counts[id] = in.i64();
        sizes[id] = in.size();
        if (choice != Choice.FIRST && sizes[id] != Math.min(counts[id], limit)) {
            throw new IOException(
                    "state holds " + sizes[id] + " of " + counts[id] + " values where " + limit + " are kept");
        }
        if (sizes[id] > limit) {
            throw new IOException("state holds " + sizes[id] + " values of a group where " + limit + " are kept");
        }
        for (int at = id * (limit + 1); at < id * (limit + 1) + sizes[id]; at++) {
            nulls[at] = in.u8() == 0;
            if (!nulls[at]) {
                cells.read(at, in);
            }
        }
    }
}

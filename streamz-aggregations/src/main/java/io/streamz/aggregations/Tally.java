package io.streamz.aggregations;

/** The state of one measure by group, fed with whole batches or single rows of them. */
final class Tally {
    final Measure measure;
    final GroupStates states;
    final Lane[] inputs;
    LongLane where;
    private long[] mask = {};

    Tally(Measure measure, DataType[] types) {
        this.measure = measure;
        states = measure.states(types);
        inputs = new Lane[measure.width()];
    }

    /** Points at the columns of a batch, for {@link #takes} and {@link #add(int, int)}. */
    void bind(Lane[] columns) {
        measure.inputs(columns, inputs);
        where = measure.where(columns);
    }

    /** Adds all rows of a batch. */
    void add(int[] ids, int rows, Lane[] columns) {
        bind(columns);
        states.add(ids, rows, inputs, where == null ? null : mask(rows));
    }

    /** Adds one row of the bound batch to a group there is room for. */
    void add(int id, int row) {
        if (takes(row)) {
            states.add(id, inputs, row);
        }
    }

    /** Adds some rows of the bound batch, each to the group told for it, none where that is negative. */
    void add(int[] ids, int from, int to) {
        boolean all = where == null;
        for (Lane lane : inputs) {
            all &= lane.nullCount() == 0 || !states.skipsNulls();
        }
        if (all) {
            states.addRange(ids, from, to, inputs);
            return;
        }
        for (int row = from; row < to; row++) {
            if (ids[row] >= 0) {
                add(ids[row], row);
            }
        }
    }

    boolean takes(int row) {
        return (where == null || !where.isNull(row) && where.values()[row] != 0) && states.counts(inputs, row);
    }

    /** Writes a group's answer, and says whether it fits. */
    boolean result(int id, Lane out, int row) {
        if (measure.minCount() > 0 && states.count(id) < measure.minCount()) {
            out.setNull(row);
            return true;
        }
        return states.result(id, out, row);
    }

    private long[] mask(int rows) {
        int words = Lane.words(rows);
        if (mask.length < words) {
            mask = new long[Lane.grown(mask.length, words)];
        }
        long[] flags = where.values();
        for (int word = 0; word < words; word++) {
            long bits = 0;
            int end = Math.min(rows, word + 1 << 6);
            for (int row = word << 6; row < end; row++) {
                bits |= (flags[row] != 0 ? 1L : 0L) << row;
            }
            mask[word] = where.nullCount() == 0 ? bits : bits & where.validity()[word];
        }
        return mask;
    }

    long bytes() {
        return states.bytes() + 8L * mask.length;
    }
}

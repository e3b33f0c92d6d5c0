package io.streamz.aggregations;

/** The state of one measure by group, fed with whole batches or single rows of them; {@link Tallies} of several. */
final class Tally {
    final Measure measure;
    final GroupStates states;
    final Lane[] inputs;
    LongLane where;

    Tally(Measure measure, DataType[] types) {
        this(measure, measure.states(types));
    }

    Tally(Measure measure, GroupStates states) {
        this.measure = measure;
        this.states = states;
        inputs = new Lane[measure.width()];
    }

    /** Points at the columns of a batch, for {@link #takes} and {@link #add(int, int)}. */
    void bind(Lane[] columns) {
        measure.inputs(columns, inputs);
        where = measure.where(columns);
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

    /** Whether rows can be taken out again without a trace. */
    boolean forgets() {
        return states.canForget() && states.forgetsExactly();
    }

    long bytes() {
        return states.bytes();
    }
}

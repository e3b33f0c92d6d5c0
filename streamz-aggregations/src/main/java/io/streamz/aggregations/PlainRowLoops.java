package io.streamz.aggregations;

/** The template of {@link RowLoops}. */
class PlainRowLoops extends RowLoops {
    @Override
    void accumulate(
            Tally tally, int[] ids, int from, int rows, boolean nullForNull, Lane out, int measure, Overflow overflow) {
        GroupStates states = tally.states;
        Lane[] inputs = tally.inputs;
        long minCount = tally.measure.minCount();
        for (int row = from; row < rows; row++) {
            int id = ids == null ? 0 : ids[row];
            boolean takes = tally.takes(row);
            if (takes) {
                states.add(id, inputs, row);
            }
            if (nullForNull && !takes || minCount > 0 && states.count(id) < minCount) {
                out.setNull(row);
            } else if (!states.result(id, out, row)) {
                overflow.at(measure, row);
            }
        }
    }
}

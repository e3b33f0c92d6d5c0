package io.streamz.aggregations;

/** Is told of each answer that does not fit its type; the cell is null. */
@FunctionalInterface
public interface Overflow {
    /**
     * One answer does not fit.
     *
     * @param measure the place of the measure among those of its scheme
     * @param row the row of the answer in its lane
     */
    void at(int measure, int row);
}

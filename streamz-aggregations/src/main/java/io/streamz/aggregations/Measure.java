package io.streamz.aggregations;

import java.util.Arrays;

/**
 * An aggregation over certain columns of the batches that a scheme sees, with the rows that count for it. Immutable.
 *
 * <p>A scheme takes the lanes of a batch once for all its measures; a measure names its inputs by their place among them.
 */
public final class Measure {
    private final Aggregation aggregation;
    private final int[] columns;
    private final int where;
    private final long minCount;

    private Measure(Aggregation aggregation, int[] columns, int where, long minCount) {
        this.aggregation = aggregation;
        this.columns = columns;
        this.where = where;
        this.minCount = minCount;
    }

    /** The aggregation over the columns at these places. */
    public static Measure of(Aggregation aggregation, int... columns) {
        return new Measure(aggregation, columns.clone(), -1, 0);
    }

    /** Counts only rows where the bool column at this place is true. */
    public Measure where(int column) {
        return new Measure(aggregation, columns, column, minCount);
    }

    /** Answers null over fewer than {@code values} values that are not null. */
    public Measure minCount(long values) {
        if (values < 0) {
            throw new IllegalArgumentException("a minimum of " + values + " values; it is 0 or more");
        }
        return new Measure(aggregation, columns, where, values);
    }

    public Aggregation aggregation() {
        return aggregation;
    }

    /**
     * The type of the answer.
     *
     * @param types the types of all columns of the batches
     * @throws IllegalArgumentException where an input has a type that the aggregation does not take
     */
    public DataType resultType(DataType... types) {
        return aggregation.resultType(inputs(types));
    }

    long minCount() {
        return minCount;
    }

    /** The measure with at least this minimum; counts count whatever there is. */
    public Measure rolling(long minPeriods) {
        return aggregation instanceof Count ? this : minCount(Math.max(minCount, minPeriods));
    }

    GroupStates states(DataType[] types) {
        if (where >= 0 && types[where].kind() != Kind.BOOL) {
            throw new IllegalArgumentException(aggregation.name() + " counts where column " + where
                    + " is true, which needs a bool but got " + types[where]);
        }
        return aggregation.states(inputs(types));
    }

    Lane[] inputs(Lane[] lanes) {
        Lane[] inputs = new Lane[columns.length];
        inputs(lanes, inputs);
        return inputs;
    }

    void inputs(Lane[] lanes, Lane[] into) {
        for (int i = 0; i < columns.length; i++) {
            into[i] = lanes[columns[i]];
        }
    }

    /** The type of the first input. */
    DataType inputType(DataType... types) {
        return types[columns[0]];
    }

    /** Whether this takes the same rows of the same columns as the other. */
    boolean takesAs(Measure other) {
        return where == other.where && Arrays.equals(columns, other.columns);
    }

    int width() {
        return columns.length;
    }

    /** The bool lane that says which rows count, or null where all do. */
    LongLane where(Lane[] lanes) {
        return where < 0 ? null : (LongLane) lanes[where];
    }

    private DataType[] inputs(DataType[] types) {
        return Arrays.stream(columns).mapToObj(column -> types[column]).toArray(DataType[]::new);
    }

    @Override
    public String toString() {
        return aggregation + Arrays.toString(columns) + (where < 0 ? "" : " where " + where);
    }
}

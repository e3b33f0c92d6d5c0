package io.streamz.aggregations;

/** {@code count}, {@code size} and {@code nullCount}. */
final class Count extends BuiltIn {
    private final Counts.Rows rows;
    private final int least;

    Count(String name, Counts.Rows rows, int least, int inputs) {
        super(name, inputs);
        this.rows = rows;
        this.least = least;
    }

    @Override
    public int leastInputs() {
        return least;
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public boolean goesOnFromAnswers(DataType... types) {
        return true;
    }

    @Override
    public DataType resultType(DataType... types) {
        checkInputs(types);
        return DataType.INT64;
    }

    @Override
    public GroupStates states(DataType... types) {
        checkInputs(types);
        return new Counts(types.length == 0 ? Counts.Rows.ALL : rows);
    }
}

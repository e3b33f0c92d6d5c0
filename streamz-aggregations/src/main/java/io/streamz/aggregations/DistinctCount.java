package io.streamz.aggregations;

/** {@code nunique} of any type. */
final class DistinctCount extends BuiltIn {
    DistinctCount() {
        super("nunique", 1);
    }

    @Override
    public boolean canForget() {
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
        return new Distincts(types[0]);
    }
}

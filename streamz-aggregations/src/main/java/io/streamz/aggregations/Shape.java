package io.streamz.aggregations;

/** {@code skew} and {@code kurtosis} of numbers. */
final class Shape extends BuiltIn {
    private final boolean kurtosis;

    Shape(boolean kurtosis) {
        super(kurtosis ? "kurtosis" : "skew", 1);
        this.kurtosis = kurtosis;
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public DataType resultType(DataType... types) {
        checkNumbers(types);
        return DataType.FLOAT64;
    }

    @Override
    public GroupStates states(DataType... types) {
        checkNumbers(types);
        return new Shapes(kurtosis, types.clone());
    }
}

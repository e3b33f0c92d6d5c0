package io.streamz.aggregations;

/** {@code sum} and {@code mean}: the same exact state, answered as it is or divided by the number of values. */
final class Sum extends BuiltIn {
    private final boolean mean;

    Sum(boolean mean) {
        super(mean ? "mean" : "sum", 1);
        this.mean = mean;
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public boolean goesOnFromAnswers(DataType... types) {
        return !mean;
    }

    @Override
    public DataType resultType(DataType... types) {
        checkInputs(types);
        DataType type = types[0];
        return switch (type.kind()) {
            case FLOAT -> DataType.FLOAT64;
            case INT, BOOL -> mean ? DataType.FLOAT64 : DataType.INT64;
            case DECIMAL -> mean ? DataType.FLOAT64 : DataType.decimal(38, type.scale());
            case DURATION -> type;
            case TEXT, BINARY, DATE, TIME, TIMESTAMP -> throw wrongType("a number, a duration or a bool", type);
        };
    }

    @Override
    public GroupStates states(DataType... types) {
        resultType(types);
        return switch (types[0].kind()) {
            case FLOAT -> new DoubleSums(mean);
            case DECIMAL -> new DecimalSums(mean, types[0].scale());
            default -> new LongSums(mean);
        };
    }
}

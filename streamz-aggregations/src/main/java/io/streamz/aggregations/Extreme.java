package io.streamz.aggregations;

/** {@code min} and {@code max} of any type, in its order; NaN where a NaN is inside. */
final class Extreme extends BuiltIn {
    private final boolean greatest;

    Extreme(boolean greatest) {
        super(greatest ? "max" : "min", 1);
        this.greatest = greatest;
    }

    @Override
    public boolean goesOnFromAnswers(DataType... types) {
        return true;
    }

    @Override
    public DataType resultType(DataType... types) {
        checkInputs(types);
        return types[0];
    }

    @Override
    public GroupStates states(DataType... types) {
        checkInputs(types);
        return switch (types[0].kind()) {
            case FLOAT -> new DoubleExtremes(greatest);
            case DECIMAL, TEXT, BINARY -> new Extremes(types[0], greatest);
            case BOOL, INT, DATE, TIME, TIMESTAMP, DURATION -> new LongExtremes(greatest);
        };
    }
}

package io.streamz.aggregations;

/** {@code var}, {@code std} and {@code sem}: the second moment over n - ddof, its root, and that over the root of n. */
final class Variance extends BuiltIn {
    private final double ddof;
    private final Spread spread;

    Variance(Spread spread, double ddof) {
        super(spread.label, 1);
        this.spread = spread;
        this.ddof = ddof;
        if (!(ddof >= 0) || ddof != Math.rint(ddof)) {
            throw new IllegalArgumentException(name() + " needs a ddof of 0, 1, 2, ... but got " + ddof);
        }
    }

    double ddof() {
        return ddof;
    }

    Spread spread() {
        return spread;
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public DataType resultType(DataType... types) {
        checkInputs(types);
        return switch (types[0].kind()) {
            case FLOAT, INT, BOOL, DECIMAL -> DataType.FLOAT64;
            case DURATION, TEXT, BINARY, DATE, TIME, TIMESTAMP -> throw wrongType("a number or a bool", types[0]);
        };
    }

    @Override
    public GroupStates states(DataType... types) {
        resultType(types);
        return switch (types[0].kind()) {
            case FLOAT -> new Moments(ddof, spread);
            case DECIMAL -> new DecimalMoments(ddof, spread, types[0].scale());
            default -> new LongMoments(ddof, spread);
        };
    }

    @Override
    public String toString() {
        return name() + "(ddof " + (int) ddof + ")";
    }
}

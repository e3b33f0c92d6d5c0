package io.streamz.aggregations;

/** {@code var} and {@code std}: the second moment over n - ddof, and its root. */
final class Variance extends BuiltIn {
    private final double ddof;
    private final boolean root;

    Variance(boolean root, double ddof) {
        super(root ? "std" : "var", 1);
        this.root = root;
        this.ddof = ddof;
        if (!(ddof >= 0) || ddof != Math.rint(ddof)) {
            throw new IllegalArgumentException(name() + " needs a ddof of 0, 1, 2, ... but got " + ddof);
        }
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
            case FLOAT -> new Moments(ddof, root);
            case DECIMAL -> new DecimalMoments(ddof, root, types[0].scale());
            default -> new LongMoments(ddof, root);
        };
    }

    @Override
    public String toString() {
        return name() + "(ddof " + (int) ddof + ")";
    }
}

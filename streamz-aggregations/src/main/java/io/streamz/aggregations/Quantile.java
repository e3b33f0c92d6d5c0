package io.streamz.aggregations;

/** {@code quantile} and {@code median} of numbers and times. */
final class Quantile extends BuiltIn {
    private final double quantile;
    private final Interpolation interpolation;

    Quantile(String name, double quantile, Interpolation interpolation) {
        super(name, 1);
        this.quantile = quantile;
        this.interpolation = interpolation;
        if (!(quantile >= 0 && quantile <= 1)) {
            throw new IllegalArgumentException(name + " needs a number from 0 to 1 but got " + quantile);
        }
    }

    double quantile() {
        return quantile;
    }

    Interpolation interpolation() {
        return interpolation;
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public DataType resultType(DataType... types) {
        checkInputs(types);
        return switch (types[0].kind()) {
            case INT, FLOAT, DECIMAL -> interpolation.picks() ? types[0] : DataType.FLOAT64;
            case DATE, TIME, TIMESTAMP, DURATION -> types[0];
            case BOOL, TEXT, BINARY -> throw wrongType("a number or a time", types[0]);
        };
    }

    @Override
    public GroupStates states(DataType... types) {
        resultType(types);
        return new Quantiles(types[0], quantile, interpolation);
    }

    @Override
    public String toString() {
        return name() + (name().equals("median") ? "" : "(" + quantile + ", " + interpolation + ")");
    }
}

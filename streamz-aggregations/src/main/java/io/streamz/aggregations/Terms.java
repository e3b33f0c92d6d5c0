package io.streamz.aggregations;

/** {@code absSum}, {@code sumOfSquares}, {@code weightedSum}, {@code weightedMean}, {@code geometricMean} and {@code harmonicMean}. */
final class Terms extends BuiltIn {
    private final TermSums.Form form;

    Terms(String name, TermSums.Form form) {
        super(name, form == TermSums.Form.WEIGHTED_SUM || form == TermSums.Form.WEIGHTED_MEAN ? 2 : 1);
        this.form = form;
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public DataType resultType(DataType... types) {
        checkNumbers(types);
        boolean whole = form == TermSums.Form.MAGNITUDE && types[0].kind() != Kind.FLOAT;
        if (!whole) {
            return DataType.FLOAT64;
        }
        return types[0].kind() == Kind.DECIMAL ? DataType.decimal(38, types[0].scale()) : DataType.INT64;
    }

    @Override
    public GroupStates states(DataType... types) {
        return switch (resultType(types).kind()) {
            case INT -> new Magnitudes(new LongSums(false));
            case DECIMAL -> new Magnitudes(new DecimalSums(false, types[0].scale()));
            default -> new TermSums(form, types.clone());
        };
    }
}

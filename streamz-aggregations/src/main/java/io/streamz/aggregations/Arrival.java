package io.streamz.aggregations;

/** {@code first}, {@code last}, {@code firstNonNull} and {@code lastNonNull} of any type, by arrival. */
final class Arrival extends BuiltIn {
    private final boolean last;
    private final boolean skipsNulls;

    Arrival(boolean last, boolean skipsNulls) {
        super((last ? "last" : "first") + (skipsNulls ? "NonNull" : ""), 1);
        this.last = last;
        this.skipsNulls = skipsNulls;
    }

    /** But {@code first}, whose null may stand for a null or for no row at all. */
    @Override
    public boolean goesOnFromAnswers(DataType... types) {
        return last || skipsNulls;
    }

    @Override
    public DataType resultType(DataType... types) {
        checkInputs(types);
        return types[0];
    }

    @Override
    public GroupStates states(DataType... types) {
        checkInputs(types);
        return new Arrivals(types[0], last, skipsNulls);
    }

    @Override
    public boolean dependsOnOrder() {
        return true;
    }
}

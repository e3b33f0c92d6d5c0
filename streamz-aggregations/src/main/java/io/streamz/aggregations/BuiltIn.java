package io.streamz.aggregations;

/** An aggregation whose state is a {@link GroupStates} of its own; the one-number form of {@link Aggregation} is not used. */
abstract class BuiltIn extends Aggregation {
    BuiltIn(String name, int inputs) {
        super(name, inputs);
    }

    @Override
    public abstract DataType resultType(DataType... types);

    @Override
    public abstract GroupStates states(DataType... types);

    @Override
    public boolean dependsOnOrder() {
        return false;
    }

    @Override
    protected final void merge(Accumulator acc, Accumulator other) {
        throw new AssertionError(name() + " keeps its own states");
    }

    @Override
    protected final double result(Accumulator acc) {
        throw new AssertionError(name() + " keeps its own states");
    }
}

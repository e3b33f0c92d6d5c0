package io.streamz.aggregations;

/** {@code argMin}, {@code argMax}: the extreme's row in its group; {@code minBy}, {@code maxBy}: another column's value there. */
final class ExtremeBy extends BuiltIn {
    private final boolean greatest;

    ExtremeBy(boolean greatest, boolean position) {
        super((position ? "arg" + (greatest ? "Max" : "Min") : (greatest ? "max" : "min") + "By"), position ? 1 : 2);
        this.greatest = greatest;
    }

    @Override
    public DataType resultType(DataType... types) {
        checkInputs(types);
        return inputs() == 1 ? DataType.INT64 : types[0];
    }

    @Override
    public GroupStates states(DataType... types) {
        checkInputs(types);
        return inputs() == 1 ? ExtremesBy.position(greatest, types[0]) : ExtremesBy.value(greatest, types[0], types[1]);
    }

    @Override
    public boolean dependsOnOrder() {
        return true;
    }
}

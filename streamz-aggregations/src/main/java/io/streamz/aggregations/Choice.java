package io.streamz.aggregations;

/** {@code nth}, {@code collect}, {@code nLargest} and {@code nSmallest} of any type: a bounded number of a group's values. */
final class Choice extends BuiltIn {
    private static final int MOST = 10_000;

    private final Chosen.Choice choice;
    private final int limit;
    private final boolean onlyLast;

    Choice(String name, Chosen.Choice choice, double limit, boolean onlyLast) {
        super(name, 1);
        this.choice = choice;
        this.onlyLast = onlyLast;
        double least = onlyLast ? 0 : 1;
        if (!(limit >= least && limit <= MOST) || limit != Math.rint(limit)) {
            throw new IllegalArgumentException(
                    name + " needs a whole number from " + (int) least + " to " + MOST + " but got " + limit);
        }
        this.limit = (int) limit + (onlyLast ? 1 : 0);
    }

    @Override
    public DataType resultType(DataType... types) {
        checkInputs(types);
        return onlyLast ? types[0] : DataType.UTF8;
    }

    @Override
    public GroupStates states(DataType... types) {
        checkInputs(types);
        return new Chosen(types[0], choice, limit, onlyLast);
    }

    @Override
    public String toString() {
        return name() + "(" + (onlyLast ? limit - 1 : limit) + ")";
    }

    @Override
    public boolean dependsOnOrder() {
        return true;
    }
}

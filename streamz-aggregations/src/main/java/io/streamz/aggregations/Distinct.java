package io.streamz.aggregations;

/** {@code nunique}, {@code unique}, {@code mode} and {@code valueCounts} of any type. */
final class Distinct extends BuiltIn {
    private final Distincts.Answer answer;

    Distinct(String name, Distincts.Answer answer) {
        super(name, 1);
        this.answer = answer;
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public DataType resultType(DataType... types) {
        checkInputs(types);
        return switch (answer) {
            case HOW_MANY -> DataType.INT64;
            case ONLY, MOST_FREQUENT -> types[0];
            case ALL -> DataType.UTF8;
        };
    }

    @Override
    public GroupStates states(DataType... types) {
        checkInputs(types);
        return new Distincts(types[0], answer);
    }
}

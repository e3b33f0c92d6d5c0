package io.streamz.aggregations;

/** {@code cov}, {@code corr}, {@code slope}, {@code intercept} and {@code r2} of two inputs, x and y. */
final class CoMoment extends BuiltIn {
    private final CoMoments.Answer answer;
    private final double ddof;

    CoMoment(CoMoments.Answer answer, double ddof) {
        super(answer.label, 2);
        this.answer = answer;
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
        checkNumbers(types);
        return DataType.FLOAT64;
    }

    @Override
    public GroupStates states(DataType... types) {
        checkNumbers(types);
        return new CoMoments(answer, ddof, types.clone());
    }
}

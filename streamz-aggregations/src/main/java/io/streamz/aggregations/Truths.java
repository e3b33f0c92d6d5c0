package io.streamz.aggregations;

/** {@code any} and {@code all} of bools: of nothing false and true; and {@code countIf}, the number of true ones. */
final class Truths extends Aggregation {
    /** What is asked of the number of true values. */
    enum Question {
        ANY("any"),
        ALL("all"),
        HOW_MANY("countIf");

        final String label;

        Question(String label) {
            this.label = label;
        }
    }

    private final Question question;

    Truths(Question question) {
        super(question.label, 1);
        this.question = question;
    }

    @Override
    public boolean goesOnFromAnswers(DataType... types) {
        return question != Question.HOW_MANY;
    }

    @Override
    public DataType resultType(DataType... types) {
        checkInputs(types);
        if (types[0].kind() != Kind.BOOL) {
            throw wrongType("a bool", types[0]);
        }
        return question == Question.HOW_MANY ? DataType.INT64 : DataType.BOOL;
    }

    @Override
    protected boolean sharesState(Aggregation other) {
        return other instanceof Truths;
    }

    @Override
    protected void onNew(Accumulator acc, double x) {
        acc.i += (long) x;
    }

    @Override
    protected void onOld(Accumulator acc, double x) {
        acc.i -= (long) x;
    }

    @Override
    protected void merge(Accumulator acc, Accumulator other) {
        acc.i += other.i;
    }

    @Override
    protected double result(Accumulator acc) {
        return switch (question) {
            case ANY -> acc.i > 0 ? 1 : 0;
            case ALL -> acc.i == acc.count() ? 1 : 0;
            case HOW_MANY -> acc.i;
        };
    }

    @Override
    protected Double resultOfNothing() {
        return question == Question.ALL ? 1.0 : 0.0;
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public boolean dependsOnOrder() {
        return false;
    }
}

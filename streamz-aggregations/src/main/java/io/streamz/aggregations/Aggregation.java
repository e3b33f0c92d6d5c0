package io.streamz.aggregations;

/**
 * What is computed over the rows of a group: an immutable plan, from which {@link #states} makes the mutable state. The
 * built-in ones come from {@link Aggregations}. A new one extends this class and says what a row does to an
 * {@link Accumulator}; loops, nulls, masks, groups, windows and state bytes are the engine's:
 *
 * <pre>{@code
 * final class GeometricMean extends Aggregation {
 *     GeometricMean() { super("geometric_mean", 1); }
 *     @Override protected void onNew(Accumulator acc, double x) { acc.a += Math.log(x); }
 *     @Override protected void onOld(Accumulator acc, double x) { acc.a -= Math.log(x); }
 *     @Override protected void merge(Accumulator acc, Accumulator other) { acc.a += other.a; }
 *     @Override protected double result(Accumulator acc) { return Math.exp(acc.a / acc.count()); }
 *     @Override public boolean canForget() { return true; }
 * }
 * }</pre>
 *
 * <p>Override the {@code onNew} with as many numbers as there are inputs. Rows with a null among the inputs are left out. A group
 * without values answers null, or {@link #resultOfNothing}. State that is an object goes by {@link ObjectAggregation}. Called by
 * one thread at a time.
 */
public abstract class Aggregation {
    private final String name;
    private final int inputs;

    /**
     * @param name the name in text, in output columns and in messages
     * @param inputs the number of inputs, 1 to 3
     */
    protected Aggregation(String name, int inputs) {
        if (inputs < 0 || inputs > 3) {
            throw new IllegalArgumentException(name + " wants " + inputs + " inputs; an aggregation has at most 3");
        }
        this.name = name;
        this.inputs = inputs;
    }

    public final String name() {
        return name;
    }

    /** The number of inputs. */
    public final int inputs() {
        return inputs;
    }

    /** The least number of inputs: {@link #inputs()} but where the last ones may be left out, as in {@code count()}. */
    public int leastInputs() {
        return inputs;
    }

    /**
     * The type of the answer; float64 of numbers and bools unless overridden.
     *
     * @throws IllegalArgumentException where an input has a type that this aggregation does not take
     */
    public DataType resultType(DataType... types) {
        checkNumbers(types);
        return DataType.FLOAT64;
    }

    /**
     * New, empty state for inputs of these types.
     *
     * @throws IllegalArgumentException as {@link #resultType}
     */
    public GroupStates states(DataType... types) {
        resultType(types);
        return Clones.states(this, types.clone());
    }

    /** Whether {@code onOld} undoes {@code onNew}; what cannot forget slides through windows by {@code merge}. */
    public boolean canForget() {
        return false;
    }

    /**
     * Whether the answer changes with the order of the rows, beyond rounding. Where it does, panes of rows out of the order of their times keep
     * more states to put them in order of arrival.
     */
    public boolean dependsOnOrder() {
        return true;
    }

    /**
     * Whether an answer says all that its rows do to later answers, so that a group may go on from it: a sum does, a mean does not.
     * Where it does, {@link GroupStates#addAnswers} takes it, as a value of the first input: answers have the lane of that.
     */
    public boolean goesOnFromAnswers(DataType... types) {
        return false;
    }

    /**
     * Whether this and the other keep the same of every row, so that of one state both can answer, as several quantiles of one column
     * do. Both ways round alike; where they are equal unless overridden.
     */
    protected boolean sharesState(Aggregation other) {
        return equals(other);
    }

    /** Sets up a group before its first row; all fields are zero. */
    protected void initial(Accumulator acc) {}

    protected void onNew(Accumulator acc, double x) {
        throw missing("onNew", 1);
    }

    protected void onNew(Accumulator acc, double x, double y) {
        throw missing("onNew", 2);
    }

    protected void onNew(Accumulator acc, double x, double y, double z) {
        throw missing("onNew", 3);
    }

    protected void onOld(Accumulator acc, double x) {
        throw missing("onOld", 1);
    }

    protected void onOld(Accumulator acc, double x, double y) {
        throw missing("onOld", 2);
    }

    protected void onOld(Accumulator acc, double x, double y, double z) {
        throw missing("onOld", 3);
    }

    /** Adds the other's rows, which came after those of {@code acc}; counts are added already. */
    protected abstract void merge(Accumulator acc, Accumulator other);

    /** The answer of a group with at least one value. */
    protected abstract double result(Accumulator acc);

    /** The answer of a group without values; null by default. */
    protected Double resultOfNothing() {
        return null;
    }

    /**
     * Checks the number of inputs.
     *
     * @throws IllegalArgumentException where there are more or fewer
     */
    protected final void checkInputs(DataType... types) {
        if (types.length < leastInputs() || types.length > inputs) {
            String wanted = leastInputs() == inputs ? "" + inputs : leastInputs() + " to " + inputs;
            throw new IllegalArgumentException(
                    name + " takes " + wanted + (inputs == 1 ? " input" : " inputs") + " but got " + types.length);
        }
    }

    /**
     * Checks that there are as many inputs as there are to be, numbers or bools.
     *
     * @throws IllegalArgumentException where there are not
     */
    protected final void checkNumbers(DataType... types) {
        checkInputs(types);
        for (DataType type : types) {
            if (!type.kind().isNumber() && type.kind() != Kind.BOOL) {
                throw wrongType("a number or a bool", type);
            }
        }
    }

    /** What {@link #resultType} throws of a type that it does not take. */
    protected final IllegalArgumentException wrongType(String wanted, DataType got) {
        return new IllegalArgumentException(name + " needs " + wanted + " but got " + got);
    }

    private IllegalStateException missing(String method, int numbers) {
        return new IllegalStateException(
                "aggregation " + name + " has no " + method + " of " + numbers + (numbers == 1 ? " number" : " numbers")
                        + "; override it in " + getClass().getName());
    }

    @Override
    public String toString() {
        return name;
    }
}

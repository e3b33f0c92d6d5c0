package io.streamz.frames;

import io.streamz.aggregations.Kind;
import io.streamz.core.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Aggregates over all rows so far, as one row, or after groupBy as one row per key: each of the named columns, or where none
 * is named of all columns but the keys that the aggregate is for, under names such as {@code price_sum}.
 */
abstract class Reductions extends MovingSteps {
    public abstract LiveTable agg(Agg... aggregates);

    /** Whether rows with a null among their keys are left out. */
    boolean dropsNullKeys() {
        return false;
    }

    private LiveTable reduced(String word, Predicate<Kind> fits, Function<Expr, Agg> aggregate, String... names) {
        List<Agg> aggregates = new ArrayList<>();
        if (names.length > 0) {
            for (String name : names) {
                aggregates.add(aggregate.apply(Frames.col(name)));
            }
        } else {
            for (Field field : others()) {
                if (fits.test(field.type().kind())) {
                    aggregates.add(aggregate.apply(Frames.col(field.name())));
                }
            }
        }
        if (aggregates.isEmpty()) {
            throw new PlanException(
                    "no-aggregates",
                    step().path(),
                    "no column that " + word + " is for in " + step().schema(),
                    "name one");
        }
        return agg(aggregates.toArray(Agg[]::new));
    }

    abstract Pipeline pipeline();

    /** The step whose rows they are; null keys are not left out yet. */
    abstract PlanNode step();

    abstract List<String> keys();

    private List<Field> others() {
        return step().schema().fields().stream()
                .filter(field -> !keys().contains(field.name()))
                .toList();
    }

    private static boolean summable(Kind kind) {
        return kind.isNumber() || kind == Kind.BOOL || kind == Kind.DURATION;
    }

    /** The exact sums; of numbers, bools and durations where none is named. */
    public LiveTable sum(String... columns) {
        return reduced("sum", Reductions::summable, Expr::sum, columns);
    }

    /** The means; of numbers, bools and durations where none is named. */
    public LiveTable mean(String... columns) {
        return reduced("mean", Reductions::summable, Expr::mean, columns);
    }

    /** The least values; of all columns where none is named. */
    public LiveTable min(String... columns) {
        return reduced("min", kind -> kind != Kind.BINARY, Expr::min, columns);
    }

    /** The greatest values; of all columns where none is named. */
    public LiveTable max(String... columns) {
        return reduced("max", kind -> kind != Kind.BINARY, Expr::max, columns);
    }

    /** The numbers of values that are not null; of all columns where none is named. */
    public LiveTable count(String... columns) {
        return reduced("count", kind -> true, Expr::count, columns);
    }

    /** The number of rows, as {@code size}. */
    public LiveTable size() {
        return agg(Frames.size());
    }

    /** The sample variances; of numbers where none is named. */
    public LiveTable var(String... columns) {
        return reduced("var", Kind::isNumber, Expr::var, columns);
    }

    /** The sample standard deviations; of numbers where none is named. */
    public LiveTable std(String... columns) {
        return reduced("std", Kind::isNumber, Expr::std, columns);
    }

    /** The medians; of numbers where none is named. */
    public LiveTable median(String... columns) {
        return reduced("median", Kind::isNumber, Expr::median, columns);
    }

    /** The numbers of different values; of all columns where none is named. */
    public LiveTable nunique(String... columns) {
        return reduced("nunique", kind -> true, Expr::nunique, columns);
    }

    /** The values of the first row, null included; of all columns where none is named. */
    public LiveTable first(String... columns) {
        return reduced("first", kind -> true, Expr::first, columns);
    }

    /** The values of the last row, null included; of all columns where none is named. */
    public LiveTable last(String... columns) {
        return reduced("last", kind -> true, Expr::last, columns);
    }

    /** How often each value of a column occurs, the most frequent first; after groupBy in each group. */
    public LiveTable valueCounts(String column) {
        List<String> by = new ArrayList<>(keys());
        by.add(column);
        GroupedFrame counted = GroupedFrame.of(pipeline(), step(), by);
        return (dropsNullKeys() ? counted.dropNullKeys() : counted)
                .agg(Frames.count())
                .sort("count desc");
    }

    /**
     * What there is in each column, a row of the table for each: {@code column}, the {@code count} of its values and of its
     * {@code nulls}; of numbers {@code mean}, {@code std}, {@code min}, the quartiles {@code q25}, {@code median}, {@code q75} and
     * {@code max} as float64, of all others null there. Quartiles are exact: their state keeps all values.
     */
    public LiveTable describe() {
        return new LiveTable(pipeline(), DescribeNode.of(step(), keys(), dropsNullKeys(), others()));
    }

    /**
     * The rows with the largest values of a column, after groupBy in each group, with their {@code rank} from 1 on. NaN is above
     * every number, nulls come last, of equal ones the first that came. The state is that many rows, in each group.
     *
     * @throws PlanException when the number is below 1, or a column is named rank already
     */
    public LiveTable nLargest(int rows, String column) {
        return new LiveTable(pipeline(), TopNode.of(step(), keys(), dropsNullKeys(), rows, column, true));
    }

    /** {@link #nLargest} from the other end: the smallest first, nulls last here too. */
    public LiveTable nSmallest(int rows, String column) {
        return new LiveTable(pipeline(), TopNode.of(step(), keys(), dropsNullKeys(), rows, column, false));
    }
}

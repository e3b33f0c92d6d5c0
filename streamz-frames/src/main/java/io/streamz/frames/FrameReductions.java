package io.streamz.frames;

import io.streamz.aggregations.Kind;
import io.streamz.core.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Aggregates over all rows so far, as one row: each of the named columns, or where none is named of all columns that the
 * aggregate is for, under names such as {@code price_sum}.
 */
abstract class FrameReductions extends FrameSteps {
    FrameReductions(Pipeline owner, PlanNode step) {
        super(owner, step);
    }

    public abstract LiveTable agg(Agg... aggregates);

    public abstract Schema schema();

    private LiveTable reduced(String word, Predicate<Kind> fits, Function<Expr, Agg> aggregate, String... names) {
        List<Agg> aggregates = new ArrayList<>();
        if (names.length > 0) {
            for (String name : names) {
                aggregates.add(aggregate.apply(Frames.col(name)));
            }
        } else {
            for (Field field : schema().fields()) {
                if (fits.test(field.type().kind())) {
                    aggregates.add(aggregate.apply(Frames.col(field.name())));
                }
            }
        }
        if (aggregates.isEmpty()) {
            throw new PlanException(
                    "no-aggregates", toString(), "no column that " + word + " is for in " + schema(), "name one");
        }
        return agg(aggregates.toArray(Agg[]::new));
    }

    private static boolean summable(Kind kind) {
        return kind.isNumber() || kind == Kind.BOOL || kind == Kind.DURATION;
    }

    /** The exact sums; of numbers, bools and durations where none is named. */
    public LiveTable sum(String... columns) {
        return reduced("sum", FrameReductions::summable, Expr::sum, columns);
    }

    /** The means; of numbers, bools and durations where none is named. */
    public LiveTable mean(String... columns) {
        return reduced("mean", FrameReductions::summable, Expr::mean, columns);
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

    /** How often each value of a column occurs, the most frequent first. */
    public LiveTable valueCounts(String column) {
        return ((StreamFrame) this).groupBy(column).agg(Frames.count()).sort("count desc");
    }
}

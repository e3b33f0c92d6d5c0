package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a table can be drawn as. Nothing is drawn here: a {@link Plot} says what is to be drawn, with its columns checked at
 * once, and streamz-notebook makes a picture of it, in a notebook one that moves.
 */
public final class Plots {
    private final View view;
    private final Schema schema;

    Plots(View view) {
        this.view = view;
        this.schema = view.schema();
    }

    /**
     * A line through the rows in their order, one for each of {@code y}.
     *
     * @param x a column of numbers, times, dates or text
     * @param y columns of numbers
     * @throws PlanException when a column is not there or of another type; so say all these methods
     */
    public Plot line(String x, String... y) {
        return plot(Plot.Kind.LINE, x, y);
    }

    /** A line with the area below it filled. */
    public Plot area(String x, String... y) {
        return plot(Plot.Kind.AREA, x, y);
    }

    /** A point for each row. */
    public Plot scatter(String x, String... y) {
        return plot(Plot.Kind.SCATTER, x, y);
    }

    /** A bar for each row, side by side where there are several of {@code y}. */
    public Plot bar(String x, String... y) {
        return plot(Plot.Kind.BAR, x, y);
    }

    /** How often values fall into each of equally wide ranges between the smallest and the largest one. */
    public Plot histogram(String column, int ranges) {
        if (ranges < 1) {
            throw new PlanException("no-ranges", "plot", "a histogram of " + ranges + " ranges", "say 20, for one");
        }
        return plot(Plot.Kind.HISTOGRAM, null, column).points(ranges);
    }

    /** {@link #histogram(String, int)} with 20 ranges. */
    public Plot histogram(String column) {
        return histogram(column, 20);
    }

    /** A candle for each row: where a price opened, its highest, its lowest, where it closed. */
    public Plot ohlc(String x, String open, String high, String low, String close) {
        return plot(Plot.Kind.OHLC, x, open, high, low, close);
    }

    private Plot plot(Plot.Kind kind, String x, String... y) {
        if (y.length == 0) {
            throw new PlanException("no-columns", "plot", "nothing to draw over '" + x + "'", "name a number column");
        }
        if (x != null) {
            check(x, type -> type.kind().isNumber() || isPlace(type), "numbers, times, dates or text");
        }
        Arrays.stream(y).forEach(column -> check(column, type -> type.kind().isNumber(), "numbers"));
        return new Plot(view, kind, x, List.of(y));
    }

    private static boolean isPlace(DataType type) {
        return switch (type.kind()) {
            case TIMESTAMP, DATE, TIME, TEXT, BOOL -> true;
            case INT, FLOAT, DECIMAL, DURATION, BINARY -> false;
        };
    }

    private void check(String column, Predicate<DataType> fits, String wanted) {
        DataType type = schema.type(schema.column(column, "plot"));
        if (!fits.test(type)) {
            throw new PlanException(
                    "type-mismatch", "plot", "column '" + column + "' is " + type + ", and a plot needs " + wanted, "");
        }
    }
}

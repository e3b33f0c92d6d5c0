package io.streamz.frames;

import io.streamz.core.PlanException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What is to be drawn: which columns of a table, and how. Immutable; its view gives the rows as they stand, so that one
 * plot may be drawn again and again while they change.
 */
public final class Plot {
    private static final int POINTS = 1_000;
    private static final int WIDTH = 760;
    private static final int HEIGHT = 340;

    /** The kinds of pictures. */
    public enum Kind {
        LINE,
        AREA,
        SCATTER,
        BAR,
        HISTOGRAM,
        OHLC
    }

    private final View view;
    private final Kind kind;
    private final String x;
    private final List<String> y;
    private String by;
    private String title = "";
    private int width = WIDTH;
    private int height = HEIGHT;
    private int points = POINTS;

    Plot(View view, Kind kind, String x, List<String> y) {
        this.view = view;
        this.kind = kind;
        this.x = x;
        this.y = y;
    }

    private Plot(Plot other) {
        this(other.view, other.kind, other.x, other.y);
        by = other.by;
        title = other.title;
        width = other.width;
        height = other.height;
        points = other.points;
    }

    /** With a title above. */
    public Plot title(String text) {
        Plot plot = new Plot(this);
        plot.title = Objects.requireNonNull(text, "text");
        return plot;
    }

    /**
     * With a line, or points of a colour, for each value of a column.
     *
     * @throws PlanException when the column is not there, or the kind draws one thing only
     */
    public Plot by(String column) {
        view.schema().column(column, "plot");
        if (kind == Kind.OHLC || kind == Kind.HISTOGRAM) {
            throw new PlanException("by", "plot", "a plot of kind " + kind + " shows one group", "filter first");
        }
        Plot plot = new Plot(this);
        plot.by = column;
        return plot;
    }

    /** Of this size, in pixels. */
    public Plot size(int widthInPixels, int heightInPixels) {
        Plot plot = new Plot(this);
        plot.width = positive(widthInPixels, "a width");
        plot.height = positive(heightInPixels, "a height");
        return plot;
    }

    /**
     * With at most about so many points a line: of more rows the smallest and the largest of each stretch are drawn, so that no
     * peak is lost.
     */
    public Plot points(int most) {
        Plot plot = new Plot(this);
        plot.points = positive(most, "a number of points");
        return plot;
    }

    public Kind kind() {
        return kind;
    }

    /** The column along the bottom; null for a histogram. */
    public String x() {
        return x;
    }

    /** The columns that are drawn. */
    public List<String> y() {
        return y;
    }

    /** The column whose values are drawn apart, or null. */
    public String by() {
        return by;
    }

    /** The title, or the empty string. */
    public String title() {
        return title;
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /** How many points a line has at most, or ranges a histogram. */
    public int points() {
        return points;
    }

    /** The rows, as they stand and as they change. */
    public View view() {
        return view;
    }

    /** Such as {@code line plot of price over time}. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " plot of " + String.join(", ", y)
                + (x == null ? "" : " over " + x) + (by == null ? "" : " by " + by);
    }

    private static int positive(int value, String what) {
        if (value < 1) {
            throw new PlanException("plot-size", "plot", what + " of " + value, "it is to be 1 or more");
        }
        return value;
    }
}

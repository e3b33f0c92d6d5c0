package io.streamz.notebook;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.frames.Plot;
import io.streamz.frames.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a plot shows at a moment, as plain arrays, thinned.
 *
 * @param axis what lies along the bottom
 * @param labels the places along the bottom in their order, where they are words
 * @param series what is drawn
 * @param note what is not drawn, or the empty string
 */
record PlotData(Axis axis, List<String> labels, List<Series> series, String note) {
    private static final int MOST_SERIES = 20;

    /** Numbers, milliseconds since 1970, or words. */
    enum Axis {
        NUMBER,
        TIME,
        LABEL
    }

    /**
     * A line, or the bars or points of one colour.
     *
     * @param x places along the bottom; the place of the label where those are words
     * @param y values, NaN for none; for candles one array each of open, high, low and close
     */
    record Series(String name, double[] x, double[]... y) {
        double[] values() {
            return y[0];
        }
    }

    /** Reads the rows of a table that has the columns of the plot. */
    static PlotData of(Plot plot, Table table) {
        if (plot.kind() == Plot.Kind.HISTOGRAM) {
            return Histogram.of(plot.y().get(0), numbers(table, plot.y().get(0)), plot.points());
        }
        if (plot.kind() == Plot.Kind.OHLC) {
            return Candles.of(plot, table);
        }
        int column = table.schema().indexOf(plot.x());
        Axis axis = axis(plot, table.schema().type(column));
        Map<String, Integer> places = new LinkedHashMap<>();
        double[] x = axis == Axis.LABEL ? labelled(table, column, places) : numbers(table, plot.x());
        List<Series> series = new ArrayList<>();
        String note = "";
        for (String y : plot.y()) {
            double[] values = numbers(table, y);
            if (plot.by() == null) {
                series.add(thinned(new Series(y, x, values), plot.points()));
            } else {
                Map<String, int[]> groups = groups(table, plot.by());
                String prefix = plot.y().size() > 1 ? y + " " : "";
                groups.entrySet().stream()
                        .limit(MOST_SERIES)
                        .map(group -> new Series(
                                prefix + group.getKey(), chosen(x, group.getValue()), chosen(values, group.getValue())))
                        .forEach(part -> series.add(thinned(part, plot.points())));
                note = groups.size() > MOST_SERIES ? MOST_SERIES + " of " + groups.size() + " are drawn" : "";
            }
        }
        return new PlotData(axis, List.copyOf(places.keySet()), series, note);
    }

    private static Axis axis(Plot plot, DataType type) {
        boolean labels = plot.kind() == Plot.Kind.BAR;
        return switch (type.kind()) {
            case TIMESTAMP, DATE -> labels ? Axis.LABEL : Axis.TIME;
            case INT, FLOAT, DECIMAL -> labels ? Axis.LABEL : Axis.NUMBER;
            default -> Axis.LABEL;
        };
    }

    private static double[] labelled(Table table, int column, Map<String, Integer> places) {
        double[] x = new double[table.rows()];
        for (int row = 0; row < x.length; row++) {
            String label = table.shown(row, column);
            places.putIfAbsent(label, places.size());
            x[row] = places.get(label);
        }
        return x;
    }

    /** The rows of each value of a column, in order of first appearance. */
    private static Map<String, int[]> groups(Table table, String by) {
        int column = table.schema().indexOf(by);
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        for (int row = 0; row < table.rows(); row++) {
            rows.computeIfAbsent(table.shown(row, column), key -> new ArrayList<>())
                    .add(row);
        }
        Map<String, int[]> groups = new LinkedHashMap<>();
        rows.forEach((key, list) ->
                groups.put(key, list.stream().mapToInt(row -> row).toArray()));
        return groups;
    }

    private static Series thinned(Series series, int most) {
        int[] places = Thinning.places(series.values(), most);
        return places.length == series.x().length
                ? series
                : new Series(series.name(), chosen(series.x(), places), chosen(series.values(), places));
    }

    private static double[] chosen(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
    }

    /** A column as doubles: times as milliseconds since 1970, nulls as NaN. */
    static double[] numbers(Table table, String name) {
        int column = table.schema().indexOf(name);
        DataType type = table.schema().type(column);
        Lane lane = table.lane(column);
        double[] numbers = new double[table.rows()];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = lane.isNull(row) ? Double.NaN : number(table, type, lane, row, name);
        }
        return numbers;
    }

    private static double number(Table table, DataType type, Lane lane, int row, String name) {
        if (lane instanceof DoubleLane doubles) {
            return doubles.values()[row];
        }
        if (lane instanceof LongLane longs) {
            long value = longs.values()[row];
            return switch (type.kind()) {
                case DATE -> value * 86_400_000.0;
                case TIMESTAMP -> millis(value, type.unit().getDuration().toNanos());
                default -> value;
            };
        }
        return type.kind() == Kind.DECIMAL ? table.float64(row, name) : Double.NaN;
    }

    /** Units as milliseconds; a division, which is exact where they are whole. */
    private static double millis(long value, long nanosOfUnit) {
        return nanosOfUnit >= 1_000_000 ? value * (nanosOfUnit / 1e6) : value / (1e6 / nanosOfUnit);
    }
}

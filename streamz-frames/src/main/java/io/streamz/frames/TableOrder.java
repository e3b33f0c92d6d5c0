package io.streamz.frames;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/** Orders of a table's rows. Text goes by code point, false before true, NaN above every number, nulls last either way. */
final class TableOrder {
    private static final String DESCENDING = " desc";

    private TableOrder() {}

    static int[] firstRows(int count) {
        return rows(0, count);
    }

    static int[] rows(int from, int to) {
        int[] rows = new int[to - from];
        Arrays.setAll(rows, row -> from + row);
        return rows;
    }

    static int[] of(Table table, String... by) {
        return Arrays.stream(firstRows(table.rows()))
                .boxed()
                .sorted(comparator(table.schema(), table::lane, by))
                .mapToInt(row -> row)
                .toArray();
    }

    /** The named columns and then all others, so that rows that are not the same in all of them have one order. */
    static String[] total(Schema schema, String... by) {
        List<String> all = new ArrayList<>(List.of(by));
        schema.names().forEach(name -> all.add("`" + name + "`"));
        return all.toArray(String[]::new);
    }

    /**
     * Compares rows of lanes by columns as {@link Table#sort} names them.
     *
     * @param lanes the lane of a column, asked once for each that is named
     */
    static Comparator<Integer> comparator(Schema schema, IntFunction<Lane> lanes, String... by) {
        Comparator<Integer> order = Comparator.comparingInt(row -> 0);
        for (String key : by) {
            boolean descending = key.endsWith(DESCENDING);
            String name = descending
                    ? key.substring(0, key.length() - DESCENDING.length()).strip()
                    : key;
            if (name.length() >= 2 && name.startsWith("`") && name.endsWith("`")) {
                name = name.substring(1, name.length() - 1);
            }
            order = order.thenComparing(rows(lanes.apply(schema.column(name, "table")), descending));
        }
        return order;
    }

    private static Comparator<Integer> rows(Lane lane, boolean descending) {
        Comparator<Integer> values = values(lane);
        Comparator<Integer> ordered = descending ? values.reversed() : values;
        return (a, b) -> {
            boolean left = lane.isNull(a);
            boolean right = lane.isNull(b);
            return left || right ? Boolean.compare(left, right) : ordered.compare(a, b);
        };
    }

    private static Comparator<Integer> values(Lane lane) {
        if (lane instanceof LongLane longs) {
            return Comparator.comparingLong(row -> longs.values()[row]);
        }
        if (lane instanceof DoubleLane doubles) {
            // + 0.0 makes the two zeros equal.
            return (a, b) -> Double.compare(doubles.values()[a] + 0.0, doubles.values()[b] + 0.0);
        }
        if (lane instanceof WideLane wide) {
            return Comparator.<Integer>comparingLong(row -> wide.high()[row])
                    .thenComparing((a, b) -> Long.compareUnsigned(wide.low()[a], wide.low()[b]));
        }
        TextLane text = (TextLane) lane;
        return (a, b) -> Arrays.compareUnsigned(
                text.bytes(),
                text.starts()[a],
                text.starts()[a] + text.lengths()[a],
                text.bytes(),
                text.starts()[b],
                text.starts()[b] + text.lengths()[b]);
    }
}

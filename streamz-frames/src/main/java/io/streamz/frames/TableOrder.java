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
        Comparator<Integer> values = (a, b) -> compare(lane, a, lane, b);
        Comparator<Integer> ordered = descending ? values.reversed() : values;
        return (a, b) -> {
            boolean left = lane.isNull(a);
            boolean right = lane.isNull(b);
            return left || right ? Boolean.compare(left, right) : ordered.compare(a, b);
        };
    }

    /** Compares two cells that are not null, of lanes of one kind. */
    static int compare(Lane left, int a, Lane right, int b) {
        if (left instanceof LongLane longs) {
            return Long.compare(longs.values()[a], ((LongLane) right).values()[b]);
        }
        if (left instanceof DoubleLane doubles) {
            // + 0.0 makes the two zeros equal.
            return Double.compare(doubles.values()[a] + 0.0, ((DoubleLane) right).values()[b] + 0.0);
        }
        if (left instanceof WideLane wide) {
            WideLane other = (WideLane) right;
            int high = Long.compare(wide.high()[a], other.high()[b]);
            return high == 0 ? Long.compareUnsigned(wide.low()[a], other.low()[b]) : high;
        }
        TextLane text = (TextLane) left;
        TextLane other = (TextLane) right;
        return Arrays.compareUnsigned(
                text.bytes(),
                text.starts()[a],
                text.starts()[a] + text.lengths()[a],
                other.bytes(),
                other.starts()[b],
                other.starts()[b] + other.lengths()[b]);
    }
}

package io.streamz.cli;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The order of rows by some of their columns: text by code point, NaN above every number, -0.0 equal to 0.0, nulls last
 * whichever way a column runs; equal rows keep their order.
 */
final class RowOrder {
    private RowOrder() {}

    /** One column to sort by. */
    record Key(Lane lane, boolean descending) {}

    /** The numbers of the first {@code count} rows as they come when sorted by the keys, the first key first. */
    static int[] sorted(int rows, List<Key> keys, int count) {
        Integer[] order = new Integer[rows];
        Arrays.setAll(order, row -> row);
        keys.stream()
                .map(RowOrder::comparator)
                .reduce(Comparator::thenComparing)
                .ifPresent(c -> Arrays.sort(order, c));
        return Arrays.stream(order).limit(count).mapToInt(row -> row).toArray();
    }

    private static Comparator<Integer> comparator(Key key) {
        Comparator<Integer> values = values(key.lane());
        Comparator<Integer> directed = key.descending() ? values.reversed() : values;
        Lane lane = key.lane();
        return (a, b) -> lane.isNull(a) || lane.isNull(b)
                ? Boolean.compare(lane.isNull(a), lane.isNull(b))
                : directed.compare(a, b);
    }

    private static Comparator<Integer> values(Lane lane) {
        if (lane instanceof DoubleLane doubles) {
            double[] values = doubles.values();
            return (a, b) -> compare(values[a], values[b]);
        }
        if (lane instanceof LongLane longs) {
            long[] values = longs.values();
            return (a, b) -> Long.compare(values[a], values[b]);
        }
        if (lane instanceof WideLane wide) {
            return (a, b) -> wide.high()[a] == wide.high()[b]
                    ? Long.compareUnsigned(wide.low()[a], wide.low()[b])
                    : Long.compare(wide.high()[a], wide.high()[b]);
        }
        TextLane text = (TextLane) lane;
        return (a, b) -> compare(text, a, b);
    }

    private static int compare(double a, double b) {
        return a == b ? 0 : Double.compare(a, b);
    }

    private static int compare(TextLane text, int a, int b) {
        int[] starts = text.starts();
        int[] lengths = text.lengths();
        return Arrays.compareUnsigned(
                text.bytes(), starts[a], starts[a] + lengths[a], text.bytes(), starts[b], starts[b] + lengths[b]);
    }
}

package io.streamz.aggregations;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The order of the values of a lane: numbers by size with NaN above all, text by unsigned bytes, nulls last. */
final class Order {
    private Order() {}

    /** The rows of a lane by ascending value; equal ones stay in their order. */
    static int[] ascending(DataType type, Lane lane) {
        Cells cells = Cells.of(type);
        cells.ensure(lane.size());
        for (int row = 0; row < lane.size(); row++) {
            if (!lane.isNull(row)) {
                cells.set(row, lane, row);
            }
        }
        Comparator<Integer> order = (left, right) -> lane.isNull(left) || lane.isNull(right)
                ? Boolean.compare(lane.isNull(left), lane.isNull(right))
                : cells.compare(left, cells, right);
        return IntStream.range(0, lane.size())
                .boxed()
                .sorted(order)
                .mapToInt(row -> row)
                .toArray();
    }
}

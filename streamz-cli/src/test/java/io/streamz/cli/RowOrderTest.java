package io.streamz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.cli.RowOrder.Key;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowOrderTest {
    @Test
    void nanStandsAboveNumbersAndNullsLastEitherWay() {
        Lane lane = doubles(Double.NaN, 1, null, Double.POSITIVE_INFINITY, -1);
        assertThat(sorted(lane, false)).containsExactly(4, 1, 3, 0, 2);
        assertThat(sorted(lane, true)).containsExactly(0, 3, 1, 4, 2);
    }

    @Test
    void zerosAreEqualAndEqualRowsKeepTheirOrder() {
        Lane lane = doubles(0.0, -0.0, 0.0, -0.0);
        assertThat(sorted(lane, false)).containsExactly(0, 1, 2, 3);
        assertThat(sorted(lane, true)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void textIsOrderedByCodePoint() {
        // U+FF5E is one char, U+1F600 two that start with a surrogate below U+FF5E.
        assertThat(sorted(text("\uFF5E", "\uD83D\uDE00", "a", "", null, "ab"), false))
                .containsExactly(3, 2, 5, 0, 1, 4);
    }

    @Test
    void wideIntegersAreSigned() {
        WideLane lane = new WideLane();
        lane.reset(4);
        long[] high = {0, -1, 0, 1};
        long[] low = {5, -1, -1, 0};
        System.arraycopy(high, 0, lane.high(), 0, 4);
        System.arraycopy(low, 0, lane.low(), 0, 4);
        assertThat(sorted(lane, false)).containsExactly(1, 0, 2, 3);
    }

    @Test
    void theSecondKeyDecidesAmongEquals() {
        LongLane second = new LongLane();
        second.reset(4);
        System.arraycopy(new long[] {3, 9, 7, 8}, 0, second.values(), 0, 4);
        Lane first = text("b", "a", "b", "a");
        assertThat(RowOrder.sorted(4, List.of(new Key(first, false), new Key(second, true)), 3))
                .containsExactly(1, 3, 2);
    }

    @Test
    void withoutKeysRowsStay() {
        assertThat(RowOrder.sorted(3, List.of(), 2)).containsExactly(0, 1);
    }

    private static int[] sorted(Lane lane, boolean descending) {
        return RowOrder.sorted(lane.size(), List.of(new Key(lane, descending)), lane.size());
    }

    private static Lane doubles(Object... values) {
        DoubleLane lane = new DoubleLane();
        lane.reset(values.length);
        for (int row = 0; row < values.length; row++) {
            if (values[row] == null) {
                lane.setNull(row);
            } else {
                lane.values()[row] = ((Number) values[row]).doubleValue();
            }
        }
        return lane;
    }

    private static Lane text(String... values) {
        TextLane lane = new TextLane();
        lane.reset(values.length);
        lane.clearBytes();
        for (int row = 0; row < values.length; row++) {
            byte[] bytes = values[row] == null ? new byte[0] : values[row].getBytes(StandardCharsets.UTF_8);
            lane.set(row, bytes, 0, bytes.length);
            if (values[row] == null) {
                lane.setNull(row);
            }
        }
        return lane;
    }
}

package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SumsTest {
    private static Object answer(Aggregation aggregation, DataType type, Object... values) {
        GroupStates states = aggregation.states(type);
        states.add(null, values.length, new Lane[] {Lanes.of(type, values)}, null);
        Lane out = aggregation.resultType(type).kind().lane();
        states.result(new int[] {0}, 1, out, row -> {});
        return Lanes.values(out).get(0);
    }

    @Test
    void sumsAreExact() {
        assertThat(answer(Aggregations.sum(), DataType.FLOAT64, 1e16, 1.0, -1e16))
                .isEqualTo(1.0);
        assertThat(answer(Aggregations.sum(), DataType.FLOAT64, 1e308, 1e308, -1e308))
                .isEqualTo(1e308);
        assertThat(answer(Aggregations.mean(), DataType.FLOAT64, 1e308, 1e308)).isEqualTo(1e308);
        assertThat(answer(Aggregations.sum(), DataType.FLOAT64, 1e308, 1e308)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(answer(Aggregations.sum(), DataType.FLOAT64, 1e100, 1e50, 1.0, -1e50, -1e100))
                .isEqualTo(1.0);
        assertThat(answer(Aggregations.sum(), DataType.FLOAT64, 1.0, null, Double.NaN))
                .isEqualTo(Double.NaN);
        assertThat(answer(Aggregations.sum(), DataType.INT64, Long.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE))
                .isEqualTo(Long.MAX_VALUE - 1);
        assertThat(answer(Aggregations.sum(), DataType.INT64, Long.MAX_VALUE, 1L))
                .isNull();
        assertThat(answer(Aggregations.mean(), DataType.INT64, Long.MAX_VALUE, Long.MAX_VALUE - 2))
                .isEqualTo(0x1p63);
        assertThat(answer(Aggregations.mean(), DataType.INT64, -1L, -2L, null, -6L))
                .isEqualTo(-3.0);
        assertThat(answer(Aggregations.max(), DataType.UTF8, "b", "é", null, "a"))
                .isEqualTo("é");
        assertThat(answer(Aggregations.count(), DataType.UTF8, "b", "é", null, "a"))
                .isEqualTo(3L);
    }

    @Test
    void thereAreNames() {
        assertThat(Aggregations.names()).isEqualTo(List.copyOf(new java.util.TreeSet<>(Aggregations.names())));
    }
}

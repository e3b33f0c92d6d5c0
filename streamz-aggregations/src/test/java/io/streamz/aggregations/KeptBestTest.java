package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The n greatest and least of many values, NaN and both zeros among them: those of a stable sort. */
class KeptBestTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void areThoseOfAStableSort(int limit) {
        for (int seed = 0; seed < Integer.getInteger("streamz.tries", 40); seed++) {
            var random = new Random(seed);
            boolean greatest = random.nextBoolean();
            boolean longs = random.nextBoolean();
            DataType type = longs ? DataType.INT64 : DataType.FLOAT64;
            var aggregation = greatest ? Aggregations.nLargest(limit) : Aggregations.nSmallest(limit);
            GroupStates states = aggregation.states(type);
            List<List<Object>> inside = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int batch = 0; batch < 6; batch++) {
                List<Object> rows = new ArrayList<>();
                int[] ids = random.ints(random.nextInt(200), -1, 3).toArray();
                for (int id : ids) {
                    Object value = longs ? (Object) longValue(random) : (Object) doubleValue(random);
                    rows.add(value);
                    if (id >= 0) {
                        inside.get(id).add(value);
                    }
                }
                states.add(ids, ids.length, new Lane[] {Lanes.of(type, rows)}, null);
            }
            Lane out = DataType.UTF8.kind().lane();
            states.result(null, 3, out, i -> {});
            for (int group = 0; group < 3; group++) {
                Comparator<Object> order = KeptBestTest::compare;
                inside.get(group).sort(greatest ? order.reversed() : order);
                List<Object> best = inside.get(group)
                        .subList(0, Math.min(limit, inside.get(group).size()));
                Lane expected = Lanes.of(type, best);
                GroupStates plain = Aggregations.collect(limit).states(type);
                plain.add(null, best.size(), new Lane[] {expected}, null);
                Lane text = DataType.UTF8.kind().lane();
                plain.result(null, 1, text, i -> {});
                assertThat(Lanes.values(out).get(group))
                        .as("seed %d", seed)
                        .isEqualTo(Lanes.values(text).get(0));
            }
        }
    }

    private static long longValue(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            default -> random.nextInt(100) - 50;
        };
    }

    private static double doubleValue(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3, 4 -> 0.0;
            case 5, 6 -> -0.0;
            default -> random.nextInt(40) - 20;
        };
    }

    private static int compare(Object left, Object right) {
        return left instanceof Long whole
                ? Long.compare(whole, (Long) right)
                : Double.compare((Double) left + 0.0, (Double) right + 0.0);
    }
}

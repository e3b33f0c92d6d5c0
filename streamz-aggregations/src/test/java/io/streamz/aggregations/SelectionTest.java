package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static long[] values(Random random, int count) {
        long[] values = new long[count];
        long spread = 1L << random.nextInt(63);
        int kind = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            values[i] = switch (kind) {
                case 0 -> random.nextLong();
                case 1 -> random.nextLong() % spread;
                case 2 -> i;
                case 3 -> -Math.abs(i - count / 2);
                case 4 -> random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
                default -> 7;
            };
        }
        return values;
    }

    @Test
    void theValueOfARankIsWhereSortingWouldPutIt() {
        for (int seed = 0; seed < Integer.getInteger("streamz.tries", 400); seed++) {
            var random = new Random(seed);
            int count = 1 + random.nextInt(random.nextBoolean() ? 60 : 3000);
            long[] values = values(random, count + 5);
            long[] rest = Arrays.copyOfRange(values, count, count + 5);
            long[] sorted = Arrays.copyOf(values, count);
            Arrays.sort(sorted);
            int rank = random.nextInt(count);
            Selection.select(values, count, rank);
            assertThat(values[rank]).as("seed %d", seed).isEqualTo(sorted[rank]);
            assertThat(LongStream.of(values).limit(rank).allMatch(value -> value <= sorted[rank]))
                    .isTrue();
            if (rank + 1 < count) {
                assertThat(Selection.least(values, rank + 1, count)).isEqualTo(sorted[rank + 1]);
            }
            assertThat(Arrays.copyOfRange(values, count, count + 5)).isEqualTo(rest);
            Arrays.sort(values, 0, count);
            assertThat(Arrays.copyOf(values, count)).isEqualTo(sorted);
        }
    }

    @Test
    void listsKeepWhatWasAddedAndGiveTheirRoomBack() {
        var random = new Random(5);
        var lists = new ValueLists();
        List<List<Long>> expected = new ArrayList<>();
        long bytes = 0;
        for (int round = 0; round < 60; round++) {
            int ids = 1 + random.nextInt(40);
            lists.ensure(ids);
            while (expected.size() < ids) {
                expected.add(new ArrayList<>());
            }
            for (int i = 0; i < 2000; i++) {
                int id = random.nextInt(ids);
                lists.add(id, i);
                expected.get(id).add((long) i);
            }
            for (int id = 0; id < expected.size(); id++) {
                assertThat(lists.size(id)).isEqualTo(expected.get(id).size());
                long[] copy = new long[lists.size(id)];
                lists.copy(id, copy);
                assertThat(copy)
                        .containsExactlyInAnyOrder(expected.get(id).stream()
                                .mapToLong(Long::longValue)
                                .toArray());
                if (random.nextInt(3) > 0) {
                    lists.clear(id);
                    expected.get(id).clear();
                }
            }
            bytes = round == 20 ? lists.bytes() : bytes;
        }
        assertThat(lists.bytes()).isLessThan(2 * bytes);
    }
}

package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupIndexTest {
    private static final DataType DECIMAL = DataType.decimal(30, 2);

    private static final Map<DataType, Function<Random, Object>> VALUES = Map.of(
            DataType.INT64,
            random -> random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(2000) - 1000L,
            DataType.BOOL,
            random -> random.nextInt(2) == 0 ? 0L : 1L,
            DataType.FLOAT64,
            random -> List.of(Double.NaN, 0.0, 1.5, random.nextGaussian()).get(random.nextInt(4)),
            DataType.UTF8,
            random -> "é".repeat(random.nextInt(12)) + random.nextInt(30),
            DECIMAL,
            random -> java.math.BigInteger.valueOf(random.nextInt(40) - 20).shiftLeft(random.nextInt(2) * 70));

    static List<List<DataType>> keyTypes() {
        return List.of(
                List.of(DataType.INT64),
                List.of(DataType.BOOL),
                List.of(DataType.FLOAT64),
                List.of(DataType.UTF8),
                List.of(DECIMAL),
                List.of(DataType.UTF8, DataType.INT64),
                List.of(DataType.FLOAT64, DECIMAL, DataType.UTF8, DataType.BOOL));
    }

    /** Random batches of keys come, random keys are freed: after each, the index agrees with a map in insertion order. */
    @ParameterizedTest
    @MethodSource("keyTypes")
    void agreesWithAMap(List<DataType> types) {
        for (int seed = 0; seed < Integer.getInteger("streamz.tries", 40); seed++) {
            var random = new Random(seed);
            var index = new GroupIndex(types.toArray(new DataType[0]));
            var expected = new LinkedHashMap<List<Object>, Integer>();
            for (int batch = 0; batch < 30; batch++) {
                add(index, expected, rows(random, types, random.nextInt(100)), types);
                free(index, expected, random);
                assertThat(listed(index, types)).as("seed %d", seed).isEqualTo(new ArrayList<>(expected.keySet()));
            }
        }
    }

    /** So many that the table lies beyond the nearer caches, of lengths that stand in a slot or not, with keys that come and go. */
    @Test
    void agreesWithAMapOfManyTexts() {
        var random = new Random(11);
        var index = new GroupIndex(DataType.UTF8);
        var expected = new LinkedHashMap<List<Object>, Integer>();
        List<DataType> types = List.of(DataType.UTF8);
        for (int batch = 0; batch < 8; batch++) {
            List<List<Object>> rows = new ArrayList<>();
            for (int row = 0; row < 10_000; row++) {
                int length = random.nextInt(24);
                rows.add(List.of("0123456789abcdefghijklmn".substring(length) + random.nextInt(20_000)));
            }
            add(index, expected, rows, types);
            if (batch % 3 == 2) {
                free(index, expected, random);
            }
        }
        assertThat(listed(index, types)).isEqualTo(new ArrayList<>(expected.keySet()));
    }

    /** So many that the tables grow while they lie beyond the nearer caches, with keys that come and go. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void agreesWithAMapOfManyLongs(int columns) {
        var random = new Random(12);
        List<DataType> types = Collections.nCopies(columns, DataType.INT64);
        var index = new GroupIndex(types.toArray(new DataType[0]));
        var expected = new LinkedHashMap<List<Object>, Integer>();
        for (int batch = 0; batch < 12; batch++) {
            List<List<Object>> rows = new ArrayList<>();
            for (int row = 0; row < 10_000; row++) {
                long key = random.nextInt(60_000);
                rows.add(columns == 1 ? List.of(key * 0x9e3779b97f4a7c15L) : List.of(key % 300, key * 7919));
            }
            add(index, expected, rows, types);
            if (batch % 4 == 3) {
                free(index, expected, random);
            }
        }
        assertThat(listed(index, types)).isEqualTo(new ArrayList<>(expected.keySet()));
    }

    /** A lane that shares the bytes of the keys stands, whatever becomes of them. */
    @Test
    void listedTextStaysWhatItWas() {
        var random = new Random(13);
        var index = new GroupIndex(DataType.UTF8);
        var expected = new LinkedHashMap<List<Object>, Integer>();
        List<DataType> types = List.of(DataType.UTF8);
        List<Lane> lanes = new ArrayList<>();
        List<List<Object>> contents = new ArrayList<>();
        for (int batch = 0; batch < 40; batch++) {
            List<List<Object>> rows = new ArrayList<>();
            for (int row = 0; row < 300; row++) {
                rows.add(
                        row == 7
                                ? Collections.singletonList(null)
                                : List.of("k".repeat(row % 30) + random.nextInt(900)));
            }
            add(index, expected, rows, types);
            free(index, expected, random);
            int count = random.nextInt(index.size() + 1);
            Lane lane = new TextLane();
            index.keys(index.liveIds(new int[0]), count, new Lane[] {lane});
            List<Object> values = Lanes.values(lane);
            assertThat(values)
                    .isEqualTo(expected.keySet().stream()
                            .limit(count)
                            .map(key -> key.get(0))
                            .collect(java.util.stream.Collectors.toCollection(ArrayList::new)));
            lanes.add(lane);
            contents.add(values);
        }
        for (int i = 0; i < lanes.size(); i++) {
            assertThat(Lanes.values(lanes.get(i))).isEqualTo(contents.get(i));
        }
    }

    /** Ids that are dead may be listed with the others, also after the columns of a composite key have grown. */
    @Test
    void deadIdsMayBeListed() {
        var types = List.of(DataType.UTF8, DataType.INT64);
        var index = new GroupIndex(types.toArray(new DataType[0]));
        for (int size = 1; size < 3000; size *= 3) {
            List<List<Object>> rows = new ArrayList<>();
            for (int row = 0; row < size; row++) {
                rows.add(List.of("name" + row, (long) row));
            }
            int[] ids = ids(index, rows, types);
            for (int row = 0; row < size; row += 2) {
                index.free(ids[row]);
            }
            int[] all = java.util.stream.IntStream.range(0, index.top()).toArray();
            Lane[] lanes = lanes(List.of(), types);
            index.keys(all, all.length, lanes);
            for (int row = 1; row < size; row += 2) {
                assertThat(((TextLane) lanes[0]).text(ids[row])).isEqualTo("name" + row);
                assertThat(((LongLane) lanes[1]).values()[ids[row]]).isEqualTo(row);
            }
        }
    }

    /**
     * The codes of six columns come to need more bits than a word has, while keys come and go: the columns grow one after the
     * other, so that words are written anew many times before.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void agreesWithAMapWhereCodesOutgrowAWord(boolean dropNulls) {
        List<DataType> types = Collections.nCopies(6, DataType.INT64);
        DataType[] keys = types.toArray(new DataType[0]);
        for (int seed = 0; seed < Integer.getInteger("streamz.tries", 4); seed++) {
            var random = new Random(seed);
            var index = dropNulls ? GroupIndex.droppingNullKeys(keys) : new GroupIndex(keys);
            var expected = new LinkedHashMap<List<Object>, Integer>();
            for (int batch = 0; batch < 20; batch++) {
                List<List<Object>> rows = new ArrayList<>();
                for (int row = 0; row < 1000; row++) {
                    List<Object> key = new ArrayList<>();
                    for (int column = 0; column < keys.length; column++) {
                        int values = batch < 3 * column ? 2 : 5000;
                        key.add(random.nextInt(40) == 0 ? null : (long) random.nextInt(values));
                    }
                    rows.add(key);
                }
                int[] ids = ids(index, rows, types);
                for (int row = 0; row < ids.length; row++) {
                    boolean dropped = dropNulls && rows.get(row).contains(null);
                    Integer known = dropped ? Integer.valueOf(-1) : expected.putIfAbsent(rows.get(row), ids[row]);
                    assertThat(ids[row]).isEqualTo(known == null ? ids[row] : known);
                }
                assertThat(expected.values()).doesNotHaveDuplicates();
                free(index, expected, random);
                assertThat(listed(index, types)).as("seed %d", seed).isEqualTo(new ArrayList<>(expected.keySet()));
            }
            expected.values().forEach(index::free);
            assertThat(index.size()).isZero();
        }
    }

    private static void add(
            GroupIndex index, Map<List<Object>, Integer> expected, List<List<Object>> rows, List<DataType> types) {
        int[] ids = ids(index, rows, types);
        for (int row = 0; row < ids.length; row++) {
            Integer known = expected.putIfAbsent(rows.get(row), ids[row]);
            assertThat(ids[row]).isEqualTo(known == null ? ids[row] : known);
        }
        assertThat(expected.values()).doesNotHaveDuplicates();
        assertThat(index.size()).isEqualTo(expected.size());
    }

    private static void free(GroupIndex index, Map<List<Object>, Integer> expected, Random random) {
        var keys = expected.entrySet().iterator();
        while (keys.hasNext()) {
            int id = keys.next().getValue();
            if (random.nextInt(3) == 0) {
                index.free(id);
                keys.remove();
            }
        }
    }

    private static List<List<Object>> rows(Random random, List<DataType> types, int count) {
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            List<Object> key = new ArrayList<>();
            for (DataType type : types) {
                key.add(random.nextInt(8) == 0 ? null : VALUES.get(type).apply(random));
            }
            rows.add(key);
        }
        return rows;
    }

    private static int[] ids(GroupIndex index, List<List<Object>> rows, List<DataType> types) {
        int[] ids = new int[rows.size()];
        index.ids(lanes(rows, types), ids.length, ids);
        return ids;
    }

    private static Lane[] lanes(List<List<Object>> rows, List<DataType> types) {
        Lane[] lanes = new Lane[types.size()];
        for (int key = 0; key < lanes.length; key++) {
            int column = key;
            lanes[key] = Lanes.of(
                    types.get(key),
                    Arrays.asList(rows.stream().map(row -> row.get(column)).toArray()));
        }
        return lanes;
    }

    private static List<List<Object>> listed(GroupIndex index, List<DataType> types) {
        Lane[] lanes = lanes(List.of(), types);
        index.keys(index.liveIds(new int[0]), index.size(), lanes);
        List<List<Object>> keys = new ArrayList<>();
        for (int i = 0; i < index.size(); i++) {
            keys.add(new ArrayList<>());
        }
        for (Lane lane : lanes) {
            List<Object> values = Lanes.values(lane);
            for (int i = 0; i < index.size(); i++) {
                keys.get(i).add(values.get(i));
            }
        }
        return keys;
    }

    @ParameterizedTest
    @MethodSource("keyTypes")
    void stateBytesDoNotShowHowRowsWereCutOrKeysWereFreed(List<DataType> types) throws IOException {
        DataType[] keys = types.toArray(new DataType[0]);
        for (int seed = 0; seed < Integer.getInteger("streamz.tries", 20); seed++) {
            var random = new Random(seed);
            List<List<Object>> rows = rows(random, types, 300);
            var whole = new GroupIndex(keys);
            ids(whole, rows, types);
            var cut = new GroupIndex(keys);
            int[] passing = ids(cut, rows(random, types, 50), types);
            Arrays.stream(passing).distinct().forEach(cut::free);
            for (int from = 0; from < rows.size(); ) {
                int to = Math.min(rows.size(), from + 1 + random.nextInt(40));
                ids(cut, rows.subList(from, to), types);
                from = to;
            }
            assertThat(bytes(cut)).isEqualTo(bytes(whole));
            var read = new GroupIndex(keys);
            read.read(new ByteArrayInputStream(bytes(whole)));
            assertThat(bytes(read)).isEqualTo(bytes(whole));
        }
    }

    private static byte[] bytes(GroupIndex index) throws IOException {
        var out = new ByteArrayOutputStream();
        index.write(out);
        return out.toByteArray();
    }

    @Test
    void allNaNAreOneKeyAndMinusZeroIsZero() {
        var index = new GroupIndex(DataType.FLOAT64);
        double otherNaN = Double.longBitsToDouble(0x7ff8000000000123L);
        int[] ids = ids(
                index,
                List.of(List.of(0.0), List.of(-0.0), List.of(Double.NaN), List.of(otherNaN)),
                List.of(DataType.FLOAT64));
        assertThat(ids).containsExactly(0, 0, 1, 1);
    }

    @Test
    void droppedNullKeysLeaveNothingBehind() {
        var types = List.of(DataType.UTF8, DataType.INT64, DataType.UTF8);
        var index = GroupIndex.droppingNullKeys(types.toArray(new DataType[0]));
        int[] ids = ids(
                index,
                List.of(
                        Arrays.asList("a", 1, null),
                        Arrays.asList(null, 2, "b"),
                        List.of("a", 3, "c"),
                        List.of("a", 1, "c")),
                types);
        assertThat(ids).containsExactly(-1, -1, 0, 1);
        long bytes = index.bytes();
        for (int i = 0; i < 100_000; i++) {
            ids(index, List.of(Arrays.asList("name" + i, i, null)), types);
        }
        assertThat(index.bytes()).isLessThan(bytes + 1_000_000);
        assertThat(index.size()).isEqualTo(2);
    }

    @Test
    void longKeysAtTheEndsOfTheirRange() {
        long[] ends = {Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE + 1, 0, -1};
        for (int first = 0; first < ends.length; first++) {
            var index = new GroupIndex(DataType.INT64);
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < ends.length; i++) {
                rows.add(List.of(ends[(first + i) % ends.length]));
            }
            assertThat(ids(index, rows, List.of(DataType.INT64))).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(ids(index, rows, List.of(DataType.INT64))).containsExactly(0, 1, 2, 3, 4, 5);
        }
    }
}

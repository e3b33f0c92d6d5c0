package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Text lanes whose rows are entries of a dictionary. */
final class DictionaryKeysTest {
    /** A dictionary: its bytes, and where the entries start; some are equal. */
    private record Entries(byte[] bytes, int[] starts) {
        static Entries of(Random random) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int count = 1 + random.nextInt(40);
            int[] starts = new int[count + 1];
            for (int entry = 0; entry < count; entry++) {
                byte[] text = ("é".repeat(random.nextInt(12)) + random.nextInt(20)).getBytes(StandardCharsets.UTF_8);
                bytes.write(text, 0, random.nextInt(20) == 0 ? 0 : text.length);
                starts[entry + 1] = bytes.size();
            }
            return new Entries(bytes.toByteArray(), starts);
        }

        TextLane lane(Random random, int rows) {
            TextLane lane = new TextLane();
            lane.reset(rows);
            lane.share(bytes);
            int[] codes = lane.code(starts.length - 1);
            for (int row = 0; row < rows; row++) {
                int entry = random.nextInt(starts.length - 1);
                codes[row] = entry;
                lane.starts()[row] = starts[entry];
                lane.lengths()[row] = starts[entry + 1] - starts[entry];
                if (random.nextInt(9) == 0) {
                    lane.setNull(row);
                    codes[row] = -1;
                }
            }
            return lane;
        }
    }

    /** The same rows without their dictionary. */
    private static TextLane plain(TextLane lane) {
        TextLane copy = new TextLane();
        copy.reset(lane.size());
        for (int row = 0; row < lane.size(); row++) {
            if (lane.isNull(row)) {
                copy.setNull(row);
            } else {
                copy.set(row, lane.bytes(), lane.starts()[row], lane.lengths()[row]);
            }
        }
        return copy;
    }

    private static LongLane numbers(Random random, int rows) {
        LongLane lane = new LongLane();
        lane.reset(rows);
        for (int row = 0; row < rows; row++) {
            lane.values()[row] = random.nextInt(3);
        }
        return lane;
    }

    /** As the batch comes, or some rows of it, which keep their codes, or all as rows of their own. */
    private static TextLane derived(TextLane lane, Random random) {
        if (random.nextInt(3) == 0) {
            int[] rows =
                    random.ints(random.nextInt(80), 0, lane.size()).sorted().toArray();
            TextLane some = new TextLane();
            lane.gather(rows, rows.length, some);
            assertThat(some.entries()).isEqualTo(lane.entries());
            return some;
        }
        if (random.nextInt(3) == 0) {
            int from = random.nextInt(lane.size());
            TextLane part = new TextLane();
            lane.copy(from, lane.size(), part);
            assertThat(part.entries()).isEqualTo(lane.entries());
            return part;
        }
        return random.nextInt(4) == 0 ? plain(lane) : lane;
    }

    /** Ids, new ones and those of keys that came back, are those of rows without a dictionary. */
    @Test
    void idsAreThoseOfPlainRows() {
        for (int seed = 0; seed < Integer.getInteger("streamz.tries", 60); seed++) {
            var random = new Random(seed);
            boolean composite = random.nextBoolean();
            DataType[] types =
                    composite ? new DataType[] {DataType.UTF8, DataType.INT64} : new DataType[] {DataType.UTF8};
            boolean drops = random.nextBoolean();
            var coded = drops ? GroupIndex.droppingNullKeys(types) : new GroupIndex(types);
            var plain = drops ? GroupIndex.droppingNullKeys(types) : new GroupIndex(types);
            Entries entries = Entries.of(random);
            for (int batch = 0; batch < 40; batch++) {
                entries = random.nextInt(4) == 0 ? Entries.of(random) : entries;
                TextLane lane = derived(entries.lane(random, 1 + random.nextInt(100)), random);
                LongLane other = numbers(random, lane.size());
                int[] ids = ids(coded, lane, other, composite);
                assertThat(ids).as("seed %d", seed).isEqualTo(ids(plain, plain(lane), other, composite));
                for (int id : new ArrayList<>(living(ids))) {
                    if (random.nextInt(4) == 0) {
                        coded.free(id);
                        plain.free(id);
                    }
                }
            }
        }
    }

    private static List<Integer> living(int[] ids) {
        return Arrays.stream(ids).filter(id -> id >= 0).distinct().boxed().toList();
    }

    private static int[] ids(GroupIndex index, TextLane lane, LongLane other, boolean composite) {
        int[] ids = new int[lane.size()];
        index.ids(composite ? new Lane[] {lane, other} : new Lane[] {lane}, ids.length, ids);
        return ids;
    }

    /** A row that is set is of no dictionary, nor is one of a lane that is used again. */
    @Test
    void aLaneThatIsWrittenHasNoCodes() {
        var random = new Random(1);
        TextLane lane = Entries.of(random).lane(random, 10);
        assertThat(lane.entries()).isPositive();
        lane.set(3, new byte[] {'x'}, 0, 1);
        assertThat(lane.entries()).isZero();
        assertThat(lane.text(3)).isEqualTo("x");
        lane = Entries.of(random).lane(random, 10);
        lane.clearBytes();
        assertThat(lane.entries()).isZero();
        lane = Entries.of(random).lane(random, 10);
        lane.share(new byte[] {'y'});
        assertThat(lane.entries()).isZero();
        TextLane before = Entries.of(random).lane(random, 10);
        int code = before.codes()[0];
        before.resize(5000);
        assertThat(before.codes()).hasSizeGreaterThanOrEqualTo(5000).startsWith(code);
    }
}

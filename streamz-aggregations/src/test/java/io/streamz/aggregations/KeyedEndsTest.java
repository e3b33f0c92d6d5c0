package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@link CountGroups} and {@link ExpiringGroups}. */
class KeyedEndsTest {
    private static final int TRIES = Integer.getInteger("streamz.tries", 250);

    private record Given(int key, long start, long end, List<Object> values) {}

    private static void collect(Answers answers, Numbering numbering, List<Given> into) {
        for (int i = 0; i < answers.count(); i++) {
            List<Object> values = new ArrayList<>();
            for (int measure = 0; measure < Oracle.MEASURES.size(); measure++) {
                values.add(Lanes.values(answers.column(measure)).get(i));
            }
            into.add(new Given(numbering.key(answers.ids()[i]), answers.starts()[i], answers.ends()[i], values));
        }
    }

    private static Given given(int key, long start, long end, List<Rows.Row> rows) {
        List<Object> values = new ArrayList<>();
        for (int measure = 0; measure < Oracle.MEASURES.size(); measure++) {
            values.add(Oracle.answer(measure, rows));
        }
        return new Given(key, start, end, values);
    }

    @Test
    void panesOfRowsAgreeHoweverTheyAreCut() throws IOException {
        long seed = System.nanoTime();
        System.out.println("KeyedEndsTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            int slide = 1 + random.nextInt(8);
            int size = random.nextBoolean() ? slide : slide + random.nextInt(10);
            Rows rows = Rows.random(random, random.nextInt(100), 1 + random.nextInt(4), 0);
            var numbering = new Numbering();
            var groups = new CountGroups(size, slide, Rows.TYPES, Oracle.measures());
            List<Given> got = new ArrayList<>();
            for (Rows batch : rows.cut(random)) {
                groups.add(numbering.ids(batch.ids()), batch.size(), batch.lanes(), (measure, row) -> {});
                collect(groups.answers(), numbering, got);
                if (random.nextInt(3) == 0) {
                    var bytes = new ByteArrayOutputStream();
                    groups.write(bytes);
                    numbering.renumber(groups.liveIds(new int[0]), groups.size());
                    groups = new CountGroups(size, slide, Rows.TYPES, Oracle.measures());
                    groups.read(new ByteArrayInputStream(bytes.toByteArray()));
                    var again = new ByteArrayOutputStream();
                    groups.write(again);
                    assertThat(again.toByteArray()).isEqualTo(bytes.toByteArray());
                }
            }
            groups.end((measure, row) -> {});
            collect(groups.answers(), numbering, got);
            assertThat(got).as("%d by %d seed %d try %d", size, slide, seed, i).isEqualTo(counted(rows, size, slide));
        }
    }

    private static List<Given> counted(Rows rows, int size, int slide) {
        Map<Integer, List<Rows.Row>> keys = new LinkedHashMap<>();
        List<Given> expected = new ArrayList<>();
        for (Rows.Row row : rows.rows()) {
            List<Rows.Row> mine = keys.computeIfAbsent(row.id(), key -> new ArrayList<>());
            mine.add(row);
            int start = mine.size() - size;
            if (start >= 0 && start % slide == 0) {
                expected.add(given(row.id(), start, mine.size(), mine.subList(start, mine.size())));
            }
        }
        keys.forEach((key, mine) -> {
            for (int start = 0; start < mine.size(); start += slide) {
                if (start + size > mine.size()) {
                    expected.add(given(key, start, mine.size(), mine.subList(start, mine.size())));
                }
            }
        });
        return expected;
    }

    @Test
    void keysLeaveWithTheirLastAnswerHoweverRowsAreCut() throws IOException {
        long seed = System.nanoTime();
        System.out.println("KeyedEndsTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            long most = random.nextBoolean() ? Long.MAX_VALUE : 1 + random.nextInt(5);
            long patience = random.nextBoolean() ? Long.MAX_VALUE : 1 + random.nextInt(15);
            Rows rows = Rows.random(random, random.nextInt(100), 1 + random.nextInt(10), random.nextInt(10));
            var numbering = new Numbering();
            var groups = new ExpiringGroups(most, patience, Rows.TYPES, Oracle.measures());
            List<Given> got = new ArrayList<>();
            for (Rows batch : rows.cut(random)) {
                int[] ids = numbering.ids(batch.ids());
                groups.add(ids, batch.size(), batch.times(), batch.lanes(), (measure, row) -> {});
                collect(groups.evicted(), numbering, got);
                for (int gone = 0; gone < groups.goneCount(); gone++) {
                    numbering.free(groups.gone()[gone]);
                }
                if (random.nextInt(3) == 0) {
                    var bytes = new ByteArrayOutputStream();
                    groups.write(bytes);
                    numbering.renumber(groups.liveIds(new int[0]), groups.size());
                    groups = new ExpiringGroups(most, patience, Rows.TYPES, Oracle.measures());
                    groups.read(new ByteArrayInputStream(bytes.toByteArray()));
                    var again = new ByteArrayOutputStream();
                    groups.write(again);
                    assertThat(again.toByteArray()).isEqualTo(bytes.toByteArray());
                }
            }
            groups.advance(1_000_000, (measure, row) -> {});
            collect(groups.evicted(), numbering, got);
            assertThat(got)
                    .as("most %d patience %d seed %d try %d", most, patience, seed, i)
                    .isEqualTo(expired(rows, most, patience));
        }
    }

    /** Keys in a map by last row, looked through in full at each row. */
    private static List<Given> expired(Rows rows, long most, long patience) {
        Map<Integer, List<Rows.Row>> keys = new LinkedHashMap<>();
        Map<Integer, long[]> seen = new LinkedHashMap<>();
        List<Given> expected = new ArrayList<>();
        long now = Long.MIN_VALUE / 2;
        List<Rows.Row> all = new ArrayList<>(rows.rows());
        all.add(new Rows.Row(-1, 1_000_000, null, null, null, null));
        for (Rows.Row row : all) {
            now = Math.max(now, row.time());
            for (int key : List.copyOf(keys.keySet())) {
                boolean crowded = row.id() >= 0 && !keys.containsKey(row.id()) && keys.size() >= most;
                boolean old = patience != Long.MAX_VALUE && seen.get(key)[1] <= now - patience;
                if (old || crowded && patience == Long.MAX_VALUE) {
                    expected.add(given(key, seen.get(key)[0], seen.get(key)[1], keys.remove(key)));
                }
            }
            if (row.id() >= 0) {
                if (!keys.containsKey(row.id()) && keys.size() >= most) {
                    int key = keys.keySet().iterator().next();
                    expected.add(given(key, seen.get(key)[0], seen.get(key)[1], keys.remove(key)));
                }
                List<Rows.Row> mine = keys.remove(row.id());
                seen.put(row.id(), new long[] {mine == null ? now : seen.get(row.id())[0], now});
                mine = mine == null ? new ArrayList<>() : mine;
                mine.add(row);
                keys.put(row.id(), mine);
            }
        }
        return expected;
    }

    @Test
    void wrongLimitsAreRefused() {
        assertThatThrownBy(() -> new CountGroups(2, 3, Rows.TYPES)).hasMessageContaining("leave out rows");
        assertThatThrownBy(() -> new ExpiringGroups(0, 5, Rows.TYPES)).hasMessageContaining("at least 1");
    }
}

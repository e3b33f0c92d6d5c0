package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MovingGroupsTest {
    private static final int TRIES = Integer.getInteger("streamz.tries", 250);

    /** Rows of this key are of no group. */
    private static final int NOBODY = 4;

    @Test
    void agreesWithTheRowsInsideHoweverTheyAreCut() throws IOException {
        long seed = System.nanoTime();
        System.out.println("MovingGroupsTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            Window window = window(random);
            int disorder = window.byTime() ? new int[] {0, 3, 40}[random.nextInt(3)] : 0;
            Rows rows = Rows.random(random, random.nextInt(120), 1 + random.nextInt(5), disorder);
            assertThat(run(window, List.of(rows), false))
                    .as("%s, seed %d, try %d", window, seed, i)
                    .isEqualTo(run(window, rows.cut(random), random.nextBoolean()));
        }
    }

    /** More rows than a page holds, by rows: in batches that end anywhere, and after restarts. */
    @Test
    void agreesWithTheRowsInsideOfLongWindows() throws IOException {
        long seed = System.nanoTime();
        System.out.println("MovingGroupsTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < TRIES / 50; i++) {
            Window window = Window.rows(1 + random.nextInt(900));
            Rows rows = Rows.random(random, 600 + random.nextInt(1200), 1 + random.nextInt(5), 0);
            assertThat(run(window, List.of(rows), false))
                    .as("%s, seed %d, try %d", window, seed, i)
                    .isEqualTo(run(window, rows.cut(random), random.nextBoolean()));
        }
    }

    private static Window window(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Window.expanding();
            case 1, 2 -> Window.rows(1 + random.nextInt(20));
            default -> Window.time(1 + random.nextInt(30));
        };
    }

    /** Checks every answer on the way and gives the state at the end. */
    private static List<Byte> run(Window window, List<Rows> batches, boolean restart) throws IOException {
        var groups = new MovingGroups(window, Rows.TYPES, Oracle.measures());
        var model = new Model(window);
        var numbering = new Numbering();
        for (Rows batch : batches) {
            List<Integer> late = new ArrayList<>();
            groups.add(ids(numbering, batch), batch.size(), batch.times(), batch.lanes(), late::add);
            assertThat(late).isEqualTo(model.add(batch.rows()));
            check(groups, model, numbering);
            for (int i = 0; i < groups.goneCount(); i++) {
                numbering.free(groups.gone()[i]);
            }
            if (restart) {
                numbering.renumber(groups.liveIds(new int[0]), groups.size());
                groups = restart(groups, window);
                check(groups, model, numbering);
            }
        }
        return bytes(groups);
    }

    private static int[] ids(Numbering numbering, Rows batch) {
        int[] keys = batch.ids();
        int[] some = Arrays.stream(keys).filter(key -> key != NOBODY).toArray();
        int[] ids = numbering.ids(some);
        int next = 0;
        for (int row = 0; row < keys.length; row++) {
            keys[row] = keys[row] == NOBODY ? -1 : ids[next++];
        }
        return keys;
    }

    private static void check(MovingGroups groups, Model model, Numbering numbering) {
        int[] live = groups.liveIds(new int[0]);
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            ids.add(numbering.key(live[i]));
        }
        Map<Integer, List<Rows.Row>> expected = model.groups();
        assertThat(ids).isEqualTo(List.copyOf(expected.keySet()));
        var answers = Oracle.ask(
                live,
                groups.size(),
                (measure, list, count, out) -> groups.result(measure, list, count, out, row -> {}));
        for (int measure = 0; measure < answers.size(); measure++) {
            int at = measure;
            assertThat(answers.get(measure))
                    .as(Oracle.MEASURES.get(measure).toString())
                    .isEqualTo(expected.values().stream()
                            .map(rows -> Oracle.answer(at, rows))
                            .toList());
        }
    }

    private static MovingGroups restart(MovingGroups groups, Window window) throws IOException {
        byte[] bytes = toArray(bytes(groups));
        var read = new MovingGroups(window, Rows.TYPES, Oracle.measures());
        read.read(new ByteArrayInputStream(bytes));
        assertThat(toArray(bytes(read))).isEqualTo(bytes);
        return read;
    }

    static List<Byte> bytes(MovingGroups groups) throws IOException {
        var out = new ByteArrayOutputStream();
        groups.write(out);
        List<Byte> bytes = new ArrayList<>();
        for (byte b : out.toByteArray()) {
            bytes.add(b);
        }
        return bytes;
    }

    private static byte[] toArray(List<Byte> bytes) {
        byte[] array = new byte[bytes.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = bytes.get(i);
        }
        return array;
    }

    /** The rows inside, in order of arrival, and the groups in the order in which they came to life. */
    private static final class Model {
        private final Window window;
        private final List<Rows.Row> inside = new ArrayList<>();
        private final List<Long> places = new ArrayList<>();
        private final Set<Integer> order = new LinkedHashSet<>();
        private long newest = Long.MIN_VALUE;
        private long number;

        Model(Window window) {
            this.window = window;
        }

        List<Integer> add(List<Rows.Row> rows) {
            List<Integer> late = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                long place = window.byTime() ? rows.get(i).time() : number++;
                newest = Math.max(newest, place);
                if (!window.holds(place, newest)) {
                    late.add(i);
                    continue;
                }
                if (rows.get(i).id() != NOBODY) {
                    inside.add(rows.get(i));
                    places.add(place);
                    order.add(rows.get(i).id());
                }
                for (int j = inside.size() - 1; j >= 0; j--) {
                    if (!window.holds(places.get(j), newest)) {
                        inside.remove(j);
                        places.remove(j);
                    }
                }
                order.removeIf(id -> inside.stream().noneMatch(row -> row.id() == id));
            }
            return late;
        }

        Map<Integer, List<Rows.Row>> groups() {
            Map<Integer, List<Rows.Row>> groups = new LinkedHashMap<>();
            order.forEach(id ->
                    groups.put(id, inside.stream().filter(row -> row.id() == id).toList()));
            return groups;
        }
    }

    @Test
    void tellsWhatIsTouchedAndGone() {
        var groups = new MovingGroups(Window.rows(2), Rows.TYPES, Measure.of(Aggregations.sum(), 1));
        add(groups, 0, 1);
        add(groups, 2, 2, 3);
        assertThat(Arrays.copyOf(groups.touched(), groups.touchedCount())).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(Arrays.copyOf(groups.gone(), groups.goneCount())).containsExactlyInAnyOrder(0, 1);
        add(groups);
        assertThat(groups.touchedCount()).isZero();
        assertThat(Arrays.copyOf(groups.liveIds(new int[0]), groups.size())).containsExactly(2, 3);
        Lane content = new LongLane();
        groups.content(new Lane[] {new DoubleLane(), content});
        assertThat(Lanes.values(content)).containsExactly(7L, 7L);
    }

    private static void add(MovingGroups groups, int... ids) {
        List<Rows.Row> rows = new ArrayList<>();
        for (int id : ids) {
            rows.add(new Rows.Row(id, 0, 1.0, 7L, "a", true));
        }
        Rows batch = new Rows(rows);
        groups.add(ids, ids.length, null, batch.lanes(), row -> {});
    }

    @Test
    void holdsNoMoreThanTheWindow() {
        var groups = new MovingGroups(Window.time(100), Rows.TYPES, Oracle.measures());
        var random = new Random(5);
        Rows rows = Rows.random(random, 20_000, 3, 50);
        long settled = 0;
        for (int from = 0; from < rows.size(); from += 500) {
            Rows batch = rows.part(from, from + 500);
            groups.add(batch.ids(), 500, batch.times(), batch.lanes(), row -> {});
            if (from == 5_000) {
                settled = groups.bytes();
            }
        }
        assertThat(groups.bytes()).isLessThan(settled * 3 / 2);
        assertThat(groups.rows()).isLessThan(200);
    }

    @Test
    void wrongWindowsAreRefused() {
        assertThatThrownBy(() -> Window.rows(0)).hasMessage("a window of 0 rows; it takes at least 1");
        assertThatThrownBy(() -> Window.time(-1)).hasMessage("a window of -1 time units; it takes at least 1");
        assertThatThrownBy(() -> new MovingGroups(
                        Window.rows(1),
                        Rows.TYPES,
                        Measure.of(Aggregations.sum(), 1).where(0)))
                .hasMessage("sum counts where column 0 is true, which needs a bool but got float64");
    }
}

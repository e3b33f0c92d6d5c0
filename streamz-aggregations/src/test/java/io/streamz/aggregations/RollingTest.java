package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RollingTest {
    private static final List<Span.Closed> CLOSED = List.of(Span.Closed.values());
    private static final int TRIES = Integer.getInteger("streamz.tries", 250);

    @Test
    void agreesWithTheRowsInsideHoweverTheyAreCut() throws IOException {
        long seed = System.nanoTime();
        System.out.println("RollingTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            Rows rows = Rows.random(random, random.nextInt(120), 1 + random.nextInt(5), 0);
            agrees(span(random), rows, random, "seed " + seed + " try " + i);
        }
    }

    /** By time, more rows than a page of them holds. */
    @Test
    void agreesWithTheRowsInsideOfLongSpans() throws IOException {
        long seed = System.nanoTime();
        System.out.println("RollingTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < TRIES / 50; i++) {
            Rows rows = Rows.random(random, 500 + random.nextInt(700), 1 + random.nextInt(5), 0);
            Span span = Span.time(1 + random.nextInt(900)).closed(CLOSED.get(random.nextInt(CLOSED.size())));
            agrees(span, rows, random, "seed " + seed + " try " + i);
        }
    }

    private static void agrees(Span span, Rows rows, Random random, String what) throws IOException {
        boolean keyed = random.nextBoolean();
        var whole = new Run(span, keyed);
        whole.add(rows);
        var cut = new Run(span, keyed);
        boolean restart = random.nextBoolean();
        for (Rows batch : rows.cut(random)) {
            cut.add(batch);
            if (restart) {
                cut.restart();
            }
        }
        assertThat(cut.answers).as("%s keyed %s %s", span, keyed, what).isEqualTo(whole.answers);
        assertThat(cut.bytes()).as("bytes").isEqualTo(whole.bytes());
        assertThat(whole.answers).as("%s keyed %s %s", span, keyed, what).isEqualTo(expected(span, keyed, rows));
    }

    private static Span span(Random random) {
        if (random.nextBoolean()) {
            int n = 1 + random.nextInt(20);
            return Span.rows(n).minPeriods(1 + random.nextInt(n));
        }
        return Span.time(1 + random.nextInt(20))
                .closed(CLOSED.get(random.nextInt(CLOSED.size())))
                .minPeriods(1 + random.nextInt(3));
    }

    private static List<List<Object>> expected(Span span, boolean keyed, Rows rows) {
        List<List<Object>> answers = new ArrayList<>();
        for (int measure = 0; measure < Oracle.MEASURES.size(); measure++) {
            long least =
                    Math.max(span.minPeriods(), Oracle.MEASURES.get(measure).minCount());
            List<Object> column = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
                column.add(Oracle.answer(measure, inside(span, keyed, rows.rows(), row), least));
            }
            answers.add(column);
        }
        return answers;
    }

    private static List<Rows.Row> inside(Span span, boolean keyed, List<Rows.Row> rows, int row) {
        List<Rows.Row> inside = new ArrayList<>();
        Rows.Row self = rows.get(row);
        for (int i = row; i >= 0; i--) {
            Rows.Row other = rows.get(i);
            if (keyed && other.id() != self.id()) {
                continue;
            }
            boolean in = span.byTime()
                    ? (span.closed() == Span.Closed.LEFT || span.closed() == Span.Closed.BOTH
                                    ? other.time() >= self.time() - span.length()
                                    : other.time() > self.time() - span.length())
                            && (span.closed() == Span.Closed.RIGHT
                                    || span.closed() == Span.Closed.BOTH
                                    || other.time() < self.time())
                    : inside.size() < span.length();
            if (in) {
                inside.add(0, other);
            }
        }
        return inside;
    }

    /** A rolling calculation with all its answers so far. */
    private static final class Run {
        private final Span span;
        private final boolean keyed;
        private final List<List<Object>> answers = new ArrayList<>();
        private final Numbering numbering = new Numbering();
        private Rolling rolling;

        Run(Span span, boolean keyed) {
            this.span = span;
            this.keyed = keyed;
            rolling = new Rolling(span, keyed, Rows.TYPES, Oracle.measures());
            Oracle.MEASURES.forEach(measure -> answers.add(new ArrayList<>()));
        }

        void add(Rows batch) {
            Lane[] out = new Lane[answers.size()];
            for (int i = 0; i < out.length; i++) {
                out[i] = Oracle.lane(i);
            }
            int[] ids = numbering.ids(batch.ids());
            rolling.add(ids, batch.size(), batch.times(), batch.lanes(), out, (measure, row) -> {});
            for (int i = 0; i < out.length; i++) {
                answers.get(i).addAll(Lanes.values(out[i]));
            }
            for (int i = 0; i < rolling.goneCount(); i++) {
                numbering.free(rolling.gone()[i]);
            }
        }

        void restart() throws IOException {
            byte[] bytes = bytes();
            int[] order = keyed ? rolling.liveIds(new int[0]) : new int[0];
            numbering.renumber(order, keyed ? rolling.size() : 0);
            rolling = new Rolling(span, keyed, Rows.TYPES, Oracle.measures());
            rolling.read(new ByteArrayInputStream(bytes));
            assertThat(bytes()).isEqualTo(bytes);
        }

        byte[] bytes() throws IOException {
            var out = new ByteArrayOutputStream();
            rolling.write(out);
            return out.toByteArray();
        }
    }

    @Test
    void forgetsKeys() {
        var rolling = new Rolling(Span.rows(3).minPeriods(1), true, Rows.TYPES, Measure.of(Aggregations.max(), 1));
        Rows rows = Rows.random(new Random(4), 30, 2, 0);
        Lane out = new LongLane();
        rolling.add(rows.ids(), 30, null, rows.lanes(), new Lane[] {out}, (measure, row) -> {});
        assertThat(rolling.rows()).isEqualTo(6);
        rolling.free(0);
        rolling.free(0);
        assertThat(rolling.rows()).isEqualTo(3);
        rolling.add(new int[] {0}, 1, null, rows.lanes(), new Lane[] {out}, (measure, row) -> {});
        assertThat(Lanes.values(out)).containsExactly(rows.rows().get(0).n());
    }

    @Test
    void forgetsKeysByTime() {
        var rolling = new Rolling(Span.time(1000), true, Rows.TYPES, Oracle.measures());
        Rows rows = Rows.random(new Random(4), 30, 3, 0);
        Lane[] out = new Lane[Oracle.MEASURES.size()];
        java.util.Arrays.setAll(out, Oracle::lane);
        rolling.add(rows.ids(), 30, rows.times(), rows.lanes(), out, (measure, row) -> {});
        rolling.free(1);
        long others = rows.rows().stream().filter(row -> row.id() != 1).count();
        assertThat(rolling.rows()).isEqualTo(others);
        Rows last = rows.part(29, 30);
        rolling.add(new int[] {1}, 1, last.times(), last.lanes(), out, (measure, row) -> {});
        assertThat(Lanes.values(out[7])).containsExactly(Oracle.answer(7, last.rows()));
        assertThat(rolling.rows()).isEqualTo(others + 1);
    }

    @Test
    void wrongSpansAreRefused() {
        assertThatThrownBy(() -> Span.rows(0)).hasMessageContaining("it takes at least 1");
        assertThatThrownBy(() -> Span.rows(3).minPeriods(4)).hasMessageContaining("it is 1 to 3");
        assertThatThrownBy(() -> Span.time(3).minPeriods(0)).hasMessageContaining("minPeriods 0");
        assertThatThrownBy(() -> Span.rows(3).closed(Span.Closed.LEFT)).hasMessageContaining("by rows");
        var rolling = new Rolling(Span.time(3), false, Rows.TYPES);
        assertThatThrownBy(() -> rolling.add(
                        null, 2, longs(5L, 4L), new Rows(List.of()).lanes(), new Lane[0], (measure, row) -> {}))
                .hasMessageContaining("row 1 has the time 4, after a row at 5");
    }

    private static LongLane longs(Object... values) {
        return (LongLane) Lanes.of(DataType.INT64, values);
    }
}

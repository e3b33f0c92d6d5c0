package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaneGroupsTest {
    private static final int TRIES = Integer.getInteger("streamz.tries", 200);

    /** One answer: the pane, the key, whether it is the last, and one value for each measure. */
    private record Answer(long start, long end, int key, boolean last, List<Object> values) {}

    @Test
    void agreesWithTheRowsOfEachPaneHoweverTheyAreCut() throws IOException {
        long seed = System.nanoTime();
        System.out.println("PaneGroupsTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            Panes panes = panes(random);
            long lateness = random.nextInt(3) * random.nextLong(10);
            long early = random.nextInt(2) * (1 + random.nextLong(12));
            long bound = random.nextInt(10);
            Rows rows = Rows.random(random, random.nextInt(120), 1 + random.nextInt(4), random.nextInt(25));
            int[] measures = measures(random.nextBoolean());
            var model = new Model(panes, lateness, early, bound, measures);
            model.add(rows.rows());
            boolean restart = random.nextBoolean();
            var whole = new Run(panes, lateness, early, bound, measures);
            whole.add(rows);
            var cut = new Run(panes, lateness, early, bound, measures);
            for (Rows batch : rows.cut(random)) {
                cut.add(batch);
                if (restart) {
                    cut.restart();
                }
            }
            String what =
                    panes + " late " + lateness + " early " + early + " bound " + bound + " seed " + seed + " try " + i;
            assertThat(cut.bytes()).as(what).isEqualTo(whole.bytes());
            cut.end();
            whole.end();
            model.end();
            assertThat(whole.late).as(what).isEqualTo(model.late);
            assertThat(whole.answers).as(what).isEqualTo(model.answers);
            assertThat(cut.late).as(what).isEqualTo(model.late);
            assertThat(cut.answers).as(what).isEqualTo(model.answers);
            assertThat(cut.groups.size()).isZero();
        }
    }

    private static Panes panes(Random random) {
        if (random.nextInt(3) == 0) {
            return random.nextBoolean()
                    ? Panes.session(1 + random.nextInt(8))
                    : Panes.session(1 + random.nextInt(8), 1 + random.nextInt(30));
        }
        int slide = 1 + random.nextInt(12);
        int size = random.nextBoolean() ? slide : slide + random.nextInt(25);
        return Panes.hopping(size, slide, random.nextInt(40) - 20);
    }

    /** A pane calculation with everything it gave. */
    private static final class Run {
        private final Panes panes;
        private final long lateness;
        private final long early;
        private final Measure[] measures;
        private final Watermark watermark;
        private final Numbering numbering = new Numbering();
        private final List<Answer> answers = new ArrayList<>();
        private final List<Long> late = new ArrayList<>();
        private PaneGroups groups;

        Run(Panes panes, long lateness, long early, long bound, int[] measures) {
            this.measures =
                    IntStream.of(measures).mapToObj(Oracle.MEASURES::get).toArray(Measure[]::new);
            this.panes = panes;
            this.lateness = lateness;
            this.early = early;
            watermark = new Watermark(bound);
            groups = fresh();
        }

        private PaneGroups fresh() {
            return new PaneGroups(panes, lateness, early, Rows.TYPES, measures);
        }

        void add(Rows batch) {
            long[] watermarks = new long[batch.size() + 1];
            watermark.follow(batch.times(), batch.size(), watermarks);
            groups.add(
                    numbering.ids(batch.ids()),
                    batch.size(),
                    batch.times(),
                    watermarks,
                    batch.lanes(),
                    row -> late.add(batch.rows().get(row).time()),
                    (measure, row) -> {});
            collect();
        }

        void end() {
            groups.advance(Watermark.END, (measure, row) -> {});
            collect();
        }

        private void collect() {
            Answers given = groups.answers();
            for (int i = 0; i < given.count(); i++) {
                List<Object> values = new ArrayList<>();
                for (int measure = 0; measure < measures.length; measure++) {
                    values.add(Lanes.values(given.column(measure)).get(i));
                }
                int key = numbering.key(given.ids()[i]);
                answers.add(new Answer(given.starts()[i], given.ends()[i], key, given.last()[i], values));
            }
            for (int i = 0; i < groups.goneCount(); i++) {
                numbering.free(groups.gone()[i]);
            }
        }

        void restart() throws IOException {
            byte[] bytes = bytes();
            numbering.renumber(groups.liveIds(new int[0]), groups.size());
            groups = fresh();
            groups.read(new ByteArrayInputStream(bytes));
            assertThat(bytes()).isEqualTo(bytes);
        }

        byte[] bytes() throws IOException {
            var out = new ByteArrayOutputStream();
            groups.write(out);
            return out.toByteArray();
        }
    }

    /** The measures to try with; those whose answer depends on the order of rows at will, for they are calculated in another way. */
    private static int[] measures(boolean ordered) {
        return IntStream.range(0, Oracle.MEASURES.size())
                .filter(measure ->
                        ordered || !Oracle.MEASURES.get(measure).aggregation().dependsOnOrder())
                .toArray();
    }

    /** Open panes as lists of rows, looked through in full at each row. */
    private static final class Model {
        private static final class Pane {
            private long start;
            private long end;
            private int key;
            private int first;
            private int newest;
            private final List<Rows.Row> rows = new ArrayList<>();
        }

        private final Panes panes;
        private final long lateness;
        private final long early;
        private final long bound;
        private final int[] measures;
        private final IdentityHashMap<Rows.Row, Integer> arrivals = new IdentityHashMap<>();
        private final List<Pane> open = new ArrayList<>();
        private final List<Answer> answers = new ArrayList<>();
        private final List<Long> late = new ArrayList<>();
        private long watermark = Long.MIN_VALUE / 2;
        private Long tick;
        private int row;
        private int updated;

        Model(Panes panes, long lateness, long early, long bound, int[] measures) {
            this.measures = measures;
            this.panes = panes;
            this.lateness = lateness;
            this.early = early;
            this.bound = bound;
        }

        void add(List<Rows.Row> rows) {
            for (Rows.Row next : rows) {
                arrivals.put(next, row);
                if (panes instanceof Panes.Session session
                        ? !session(session, next)
                        : !hop((Panes.Hopping) panes, next)) {
                    late.add(next.time());
                }
                row++;
                if (next.time() - bound > watermark) {
                    watermark = next.time() - bound;
                    close(watermark - lateness);
                    update();
                }
            }
        }

        void end() {
            close(Long.MAX_VALUE);
        }

        private boolean hop(Panes.Hopping hopping, Rows.Row next) {
            boolean taken = false;
            for (long start = next.time() - hopping.size() + 1; start <= next.time(); start++) {
                long end = start + hopping.size();
                if ((start - hopping.offset()) % hopping.slide() == 0 && end + lateness > watermark) {
                    pane(start, end, next.id()).rows.add(next);
                    pane(start, end, next.id()).newest = row;
                    taken = true;
                }
            }
            return taken;
        }

        private Pane pane(long start, long end, int key) {
            for (Pane pane : open) {
                if (pane.start == start && pane.key == key) {
                    return pane;
                }
            }
            var pane = new Pane();
            pane.start = start;
            pane.end = end;
            pane.key = key;
            pane.first = row;
            open.add(pane);
            return pane;
        }

        private boolean session(Panes.Session session, Rows.Row next) {
            long t = next.time();
            var pane = new Pane();
            pane.start = t;
            pane.key = next.id();
            pane.first = row;
            pane.newest = row;
            pane.rows.add(next);
            long last = t;
            List<Pane> mine = new ArrayList<>(open.stream()
                    .filter(other -> other.key == next.id())
                    .sorted(Comparator.comparing((Pane other) -> other.start > t)
                            .thenComparing(other -> Math.abs(other.start - t)))
                    .toList());
            boolean joined = false;
            for (Pane other : mine) {
                long otherLast =
                        other.rows.stream().mapToLong(Rows.Row::time).max().getAsLong();
                boolean near = other.start <= last + session.gap() && pane.start <= otherLast + session.gap();
                boolean short0 = session.most() == Long.MAX_VALUE
                        || Math.max(last, otherLast) - Math.min(pane.start, other.start) < session.most();
                if (near && short0) {
                    pane.start = Math.min(pane.start, other.start);
                    last = Math.max(last, otherLast);
                    pane.first = Math.min(pane.first, other.first);
                    pane.rows.addAll(other.rows);
                    open.remove(other);
                    joined = true;
                }
            }
            pane.end = last + session.gap();
            if (session.most() != Long.MAX_VALUE) {
                pane.end = Math.min(pane.end, pane.start + session.most());
            }
            if (!joined && pane.end + lateness <= watermark) {
                return false;
            }
            pane.rows.sort(Comparator.comparing(arrivals::get));
            open.add(pane);
            return true;
        }

        private void close(long closed) {
            List<Pane> done = sorted(pane -> pane.end <= closed);
            done.forEach(pane -> give(pane, true));
            open.removeAll(done);
        }

        private void update() {
            if (early == 0) {
                return;
            }
            long now = Math.floorDiv(watermark, early);
            if (tick == null) {
                tick = now;
                updated = row;
            } else if (now > tick) {
                tick = now;
                sorted(pane -> pane.newest >= updated).forEach(pane -> give(pane, false));
                updated = row;
            }
        }

        private List<Pane> sorted(java.util.function.Predicate<Pane> which) {
            return open.stream()
                    .filter(which)
                    .sorted(Comparator.comparing((Pane pane) -> pane.end).thenComparing(pane -> pane.first))
                    .toList();
        }

        private void give(Pane pane, boolean last) {
            List<Object> values = new ArrayList<>();
            for (int measure : measures) {
                values.add(Oracle.answer(measure, pane.rows));
            }
            answers.add(new Answer(pane.start, pane.end, pane.key, last, values));
        }
    }

    /** Counts what is merged; sums otherwise. */
    private static final class Merges extends Aggregation {
        private long count;

        Merges() {
            super("merges", 1);
        }

        @Override
        protected void onNew(Accumulator acc, double x) {
            acc.a += x;
        }

        @Override
        protected void merge(Accumulator acc, Accumulator other) {
            count++;
            acc.a += other.a;
        }

        @Override
        protected double result(Accumulator acc) {
            return acc.a;
        }
    }

    @Test
    void aPaneCostsTheSameHoweverManySlicesItHas() {
        for (int size : new int[] {8, 64, 512}) {
            var merges = new Merges();
            int rows = 4096;
            var groups = new PaneGroups(
                    Panes.hopping(size, 1), 0, 0, new DataType[] {DataType.INT64}, Measure.of(merges, 0));
            var times = new LongLane();
            times.reset(rows);
            for (int row = 0; row < rows; row++) {
                times.values()[row] = row;
            }
            long[] watermarks = new long[rows + 1];
            new Watermark(0).follow(times, rows, watermarks);
            groups.add(null, rows, times, watermarks, new Lane[] {times}, row -> {}, (measure, row) -> {});
            assertThat(groups.answers().count()).isEqualTo(rows - 1);
            double last = ((DoubleLane) groups.answers().column(0)).values()[rows - 2];
            assertThat(last).isEqualTo((rows - 2.0 + rows - 1 - size) / 2 * size);
            assertThat(merges.count).as("panes of %s slices", size).isLessThan(4L * rows);
        }
    }

    @Test
    void wrongPanesAreRefused() {
        assertThatThrownBy(() -> Panes.tumbling(0)).hasMessageContaining("both take at least 1");
        assertThatThrownBy(() -> Panes.hopping(2, 3)).hasMessageContaining("leave out rows between them");
        assertThatThrownBy(() -> Panes.session(0)).hasMessageContaining("both take at least 1");
        assertThatThrownBy(() -> new PaneGroups(Panes.tumbling(5), -1, 0, Rows.TYPES))
                .hasMessageContaining("a lateness of -1");
        assertThatThrownBy(() -> new Watermark(-1)).hasMessageContaining("0 or more");
    }
}

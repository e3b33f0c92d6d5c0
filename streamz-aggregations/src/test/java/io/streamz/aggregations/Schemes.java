package io.streamz.aggregations;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Every scheme behind one face: two measures, the second of which is {@link Inside}. */
final class Schemes {
    /** How many there are. */
    static final int COUNT = 10;

    private static final DataType[] TYPES = Samples.TYPES;

    private Schemes() {}

    /** Rows that come at once. */
    record Batch(int[] keys, LongLane times, long[] watermarks, Lane[] lanes) {
        int rows() {
            return keys.length;
        }
    }

    /** What a scheme gives of a function and of the rows inside, one after the other. */
    static final class Told {
        final List<Object> answers = new ArrayList<>();
        final List<Object> inside = new ArrayList<>();

        void add(Lane answer, Lane rows) {
            answers.addAll(Lanes.values(answer));
            inside.addAll(Lanes.values(rows));
        }

        void add(Answers given) {
            add(given.column(0), given.column(1));
        }
    }

    /** A scheme that is running. */
    interface Scheme {
        void add(int[] ids, Batch batch, Told told);

        default void end(Told told) {}

        Scheme restarted() throws IOException;

        int[] live();

        int size();

        /** The ids that may be another key's. */
        default int[] gone() {
            return new int[0];
        }
    }

    private static <S extends KeyedState> S restart(S old, S fresh) throws IOException {
        var bytes = new ByteArrayOutputStream();
        old.write(bytes);
        fresh.read(new ByteArrayInputStream(bytes.toByteArray()));
        return fresh;
    }

    record Moving(Window window, Measure[] measures, MovingGroups groups) implements Scheme {
        Moving(Window window, Measure[] measures) {
            this(window, measures, new MovingGroups(window, TYPES, measures));
        }

        @Override
        public void add(int[] ids, Batch batch, Told told) {
            groups.add(ids, batch.rows(), batch.times, batch.lanes, row -> {});
            Lane[] out = lanes(measures);
            int[] live = live();
            for (int i = 0; i < measures.length; i++) {
                groups.result(i, live, size(), out[i], row -> {});
            }
            told.add(out[0], out[1]);
        }

        @Override
        public Scheme restarted() throws IOException {
            return new Moving(window, measures, restart(groups, new MovingGroups(window, TYPES, measures)));
        }

        @Override
        public int[] live() {
            return groups.liveIds(new int[0]);
        }

        @Override
        public int size() {
            return groups.size();
        }

        @Override
        public int[] gone() {
            return Arrays.copyOf(groups.gone(), groups.goneCount());
        }
    }

    record InPanes(Panes panes, long early, Measure[] measures, PaneGroups groups) implements Scheme {
        InPanes(Panes panes, long early, Measure[] measures) {
            this(panes, early, measures, new PaneGroups(panes, 0, early, TYPES, measures));
        }

        @Override
        public void add(int[] ids, Batch batch, Told told) {
            groups.add(ids, batch.rows(), batch.times, batch.watermarks, batch.lanes, row -> {}, (measure, row) -> {});
            told.add(groups.answers());
        }

        @Override
        public void end(Told told) {
            groups.advance(Watermark.END, (measure, row) -> {});
            told.add(groups.answers());
        }

        @Override
        public Scheme restarted() throws IOException {
            PaneGroups fresh = new PaneGroups(panes, 0, early, TYPES, measures);
            return new InPanes(panes, early, measures, restart(groups, fresh));
        }

        @Override
        public int[] live() {
            return groups.liveIds(new int[0]);
        }

        @Override
        public int size() {
            return groups.size();
        }

        @Override
        public int[] gone() {
            return Arrays.copyOf(groups.gone(), groups.goneCount());
        }
    }

    record OfRows(int size, int slide, Measure[] measures, CountGroups groups) implements Scheme {
        OfRows(int size, int slide, Measure[] measures) {
            this(size, slide, measures, new CountGroups(size, slide, TYPES, measures));
        }

        @Override
        public void add(int[] ids, Batch batch, Told told) {
            groups.add(ids, batch.rows(), batch.lanes, (measure, row) -> {});
            told.add(groups.answers());
        }

        @Override
        public void end(Told told) {
            groups.end((measure, row) -> {});
            told.add(groups.answers());
        }

        @Override
        public Scheme restarted() throws IOException {
            return new OfRows(size, slide, measures, restart(groups, new CountGroups(size, slide, TYPES, measures)));
        }

        @Override
        public int[] live() {
            return groups.liveIds(new int[0]);
        }

        @Override
        public int size() {
            return groups.size();
        }
    }

    record Expiring(long most, long patience, Measure[] measures, ExpiringGroups groups) implements Scheme {
        Expiring(long most, long patience, Measure[] measures) {
            this(most, patience, measures, new ExpiringGroups(most, patience, TYPES, measures));
        }

        @Override
        public void add(int[] ids, Batch batch, Told told) {
            groups.add(ids, batch.rows(), batch.times, batch.lanes, (measure, row) -> {});
            told.add(groups.evicted());
            Lane[] out = lanes(measures);
            for (int i = 0; i < measures.length; i++) {
                groups.result(i, live(), size(), out[i], row -> {});
            }
            told.add(out[0], out[1]);
        }

        @Override
        public Scheme restarted() throws IOException {
            ExpiringGroups fresh = new ExpiringGroups(most, patience, TYPES, measures);
            return new Expiring(most, patience, measures, restart(groups, fresh));
        }

        @Override
        public int[] live() {
            return groups.liveIds(new int[0]);
        }

        @Override
        public int size() {
            return groups.size();
        }

        @Override
        public int[] gone() {
            return Arrays.copyOf(groups.gone(), groups.goneCount());
        }
    }

    record RollingBy(Span span, boolean keyed, Measure[] measures, Rolling rolling) implements Scheme {
        RollingBy(Span span, boolean keyed, Measure[] measures) {
            this(span, keyed, measures, new Rolling(span, keyed, TYPES, measures));
        }

        @Override
        public void add(int[] ids, Batch batch, Told told) {
            Lane[] out = lanes(measures);
            rolling.add(ids, batch.rows(), batch.times, batch.lanes, out, (measure, row) -> {});
            told.add(out[0], out[1]);
        }

        @Override
        public Scheme restarted() throws IOException {
            var bytes = new ByteArrayOutputStream();
            rolling.write(bytes);
            Rolling fresh = new Rolling(span, keyed, TYPES, measures);
            fresh.read(new ByteArrayInputStream(bytes.toByteArray()));
            return new RollingBy(span, keyed, measures, fresh);
        }

        @Override
        public int[] live() {
            return rolling.liveIds(new int[0]);
        }

        @Override
        public int size() {
            return rolling.size();
        }

        @Override
        public int[] gone() {
            return Arrays.copyOf(rolling.gone(), rolling.goneCount());
        }
    }

    record UpTo(Measure[] measures, Cumulative cumulative) implements Scheme {
        UpTo(Measure[] measures) {
            this(measures, Cumulative.running(TYPES, measures));
        }

        @Override
        public void add(int[] ids, Batch batch, Told told) {
            Lane[] out = lanes(measures);
            cumulative.add(ids, batch.rows(), batch.lanes, out, (measure, row) -> {});
            told.add(out[0], out[1]);
        }

        @Override
        public Scheme restarted() throws IOException {
            var bytes = new ByteArrayOutputStream();
            cumulative.write(bytes);
            Cumulative fresh = Cumulative.running(TYPES, measures);
            fresh.read(new ByteArrayInputStream(bytes.toByteArray()));
            return new UpTo(measures, fresh);
        }

        @Override
        public int[] live() {
            return cumulative.liveIds(new int[0]);
        }

        @Override
        public int size() {
            return cumulative.size();
        }
    }

    private static Lane[] lanes(Measure... measures) {
        return Arrays.stream(measures)
                .map(measure -> measure.resultType(TYPES).kind().lane())
                .toArray(Lane[]::new);
    }

    static Scheme scheme(int which, Random random, boolean keyed, Measure... measures) {
        int length = 1 + random.nextInt(9);
        int part = 1 + random.nextInt(length);
        return switch (which) {
            case 0 -> new Moving(Window.rows(length), measures);
            case 1 -> new Moving(Window.time(length), measures);
            case 2 -> new Moving(Window.expanding(), measures);
            case 3 -> new InPanes(Panes.hopping(length, part), random.nextBoolean() ? part : 0, measures);
            case 4 ->
                random.nextInt(8) == 0
                        ? new InPanes(Panes.calendar(Panes.Period.WEEK, ZoneOffset.UTC, ChronoUnit.DAYS), 0, measures)
                        : new InPanes(Panes.session(part, 20), 0, measures);
            case 5 -> new OfRows(length, part, measures);
            case 6 -> new Expiring(1 + random.nextInt(3), length, measures);
            case 7 -> new RollingBy(Span.rows(length).minPeriods(1), keyed, measures);
            case 8 ->
                new RollingBy(
                        Span.time(length).closed(List.of(Span.Closed.values()).get(random.nextInt(4))),
                        keyed,
                        measures);
            default -> new UpTo(measures);
        };
    }
}

package io.streamz.blackbox.frames;

import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.PlanException;
import io.streamz.frames.AsOfJoin;
import io.streamz.frames.IntervalJoin;
import io.streamz.frames.Pipeline;
import io.streamz.frames.StreamFrame;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Joins by time give what the definition says, wherever both sides are cut and however their batches come between each other. */
@ExtendWith(EmptyAllocator.class)
class TimeJoinsTest {
    private static final int ROWS = 60;
    private static final int SEEDS = Integer.getInteger("streamz.test.cuts", 60) / 4;
    private static final Instant T0 = Instant.parse("2024-01-01T00:00:00Z");

    private record Event(long second, String k, Integer part, BigDecimal price, int n) {
        boolean matches(Event other, List<String> by) {
            return (!by.contains("k") || k != null && k.equals(other.k))
                    && (!by.contains("part") || part != null && part.equals(other.part))
                    && (!by.contains("price")
                            || price != null && other.price != null && price.compareTo(other.price) == 0);
        }
    }

    private static List<Event> events(Random random) {
        List<Event> events = new ArrayList<>();
        long time = 0;
        for (int n = 0; n < ROWS; n++) {
            time += random.nextInt(3);
            events.add(new Event(
                    time - random.nextInt(6),
                    random.nextInt(8) == 0 ? null : "key-" + random.nextInt(3),
                    random.nextInt(8) == 0 ? null : random.nextInt(2),
                    random.nextInt(8) == 0 ? null : BigDecimal.valueOf(random.nextInt(3), 2),
                    n));
        }
        return events;
    }

    private static TableBuilder table(List<Event> events, String n) {
        TableBuilder rows = frame("time", "k", "part", "price", n);
        events.forEach(e -> rows.row(T0.plusSeconds(e.second), e.k, e.part, e.price, e.n));
        return rows;
    }

    /** Those that are not late, by time, equal times as they came. */
    private static List<Event> inOrder(List<Event> events, long bound) {
        List<Event> kept = new ArrayList<>();
        long newest = Long.MIN_VALUE / 2;
        for (Event event : events) {
            if (event.second >= newest - bound) {
                kept.add(event);
            }
            newest = Math.max(newest, event.second);
        }
        kept.sort(Comparator.comparingLong(Event::second));
        return kept;
    }

    private enum Direction {
        BACKWARD,
        FORWARD,
        NEAREST;

        AsOfJoin of(AsOfJoin join) {
            return switch (this) {
                case BACKWARD -> join.backward();
                case FORWARD -> join.forward();
                case NEAREST -> join.nearest();
            };
        }

        Event find(Event left, List<Event> right, long tolerance, boolean exact) {
            Event before = null;
            Event after = null;
            for (Event event : right) {
                boolean isEqual = event.second == left.second;
                if (Math.abs(event.second - left.second) > tolerance || isEqual && !exact) {
                    continue;
                }
                if (event.second <= left.second) {
                    before = event;
                }
                boolean counts = this == FORWARD ? event.second >= left.second : event.second > left.second;
                if (counts && after == null) {
                    after = event;
                }
            }
            if (this == NEAREST && before != null && after != null) {
                return left.second - before.second <= after.second - left.second ? before : after;
            }
            return this == BACKWARD ? before : this == FORWARD ? after : before == null ? after : before;
        }
    }

    private static final List<List<String>> KEYS =
            List.of(List.of(), List.of("k"), List.of("k", "part"), List.of("price"));

    @Test
    void asOfIsTheDefinitionWhereverBothSidesAreCut() {
        int seed = 0;
        for (Direction direction : Direction.values()) {
            for (int i = 0; i < SEEDS; i++) {
                asOf(direction, seed + i);
            }
            seed += 1_000_000;
        }
    }

    private static void asOf(Direction direction, long seed) {
        Random random = new Random(seed);
        List<String> by = KEYS.get(random.nextInt(KEYS.size()));
        long leftBound = random.nextInt(2) * 4L;
        long rightBound = random.nextInt(2) * 3L;
        boolean exact = random.nextBoolean();
        Long tolerance = random.nextBoolean() ? (long) random.nextInt(5) : null;
        boolean inner = random.nextBoolean();
        List<Event> left = events(random);
        List<Event> right = events(random);
        List<String> expected = new ArrayList<>();
        for (Event row : inOrder(left, leftBound)) {
            List<Event> candidates = inOrder(right, rightBound).stream()
                    .filter(other -> row.matches(other, by))
                    .toList();
            Event found = direction.find(row, candidates, tolerance == null ? Long.MAX_VALUE : tolerance, exact);
            if (found != null || !inner) {
                expected.add(row.n + " " + (found == null ? null : found.n));
            }
        }
        check("as of, seed " + seed, left, right, random, expected, (first, second) -> {
            AsOfJoin join = direction
                    .of(first.eventTime("time")
                            .outOfOrder(leftBound + "s")
                            .joinAsOf(second.eventTime("time")
                                    .outOfOrder(rightBound + "s")
                                    .select(columns(by))))
                    .by(by.toArray(String[]::new));
            join = exact ? join : join.noExactMatches();
            join = tolerance == null ? join : join.tolerance(tolerance + "s");
            return inner ? join.inner() : join.left();
        });
    }

    private static String[] columns(List<String> by) {
        List<String> columns = new ArrayList<>(by);
        columns.add("time");
        columns.add("m");
        return columns.toArray(String[]::new);
    }

    @Test
    void intervalsAreTheDefinitionWhereverBothSidesAreCut() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<String> by = KEYS.get(random.nextInt(KEYS.size()));
            long from = random.nextInt(7) - 4L;
            long to = from + random.nextInt(5);
            boolean inner = random.nextBoolean();
            List<Event> left = events(random);
            List<Event> right = events(random);
            List<String> expected = new ArrayList<>();
            for (Event row : inOrder(left, 2)) {
                List<Event> found = inOrder(right, 3).stream()
                        .filter(other -> row.matches(other, by))
                        .filter(other -> other.second >= row.second + from && other.second <= row.second + to)
                        .toList();
                found.forEach(other -> expected.add(row.n + " " + other.n));
                if (found.isEmpty() && !inner) {
                    expected.add(row.n + " null");
                }
            }
            check("interval, seed " + seed, left, right, random, expected, (first, second) -> {
                IntervalJoin join = first.eventTime("time")
                        .outOfOrder("2s")
                        .joinInterval(second.rename("time", "when")
                                .eventTime("when")
                                .outOfOrder("3s")
                                .select(columns(by, "when")))
                        .by(by.toArray(String[]::new))
                        .between(from + "s", to + "s");
                return inner ? join.inner() : join.left();
            });
        }
    }

    private static String[] columns(List<String> by, String time) {
        String[] columns = columns(by);
        columns[by.size()] = time;
        return columns;
    }

    private static void check(
            String name,
            List<Event> left,
            List<Event> right,
            Random random,
            List<String> expected,
            BinaryOperator<StreamFrame> join) {
        TwoSides sides = new TwoSides(table(left, "n"), table(right, "m"));
        BinaryOperator<StreamFrame> plan = (a, b) -> join.apply(a, b).select("n", "m");
        assertThat(pairs(sides.whole(plan))).as(name).isEqualTo(expected);
        for (int i = 0; i < 3; i++) {
            assertThat(pairs(sides.cut(random, ROWS, ROWS, plan)))
                    .as("%s, cut %d", name, i)
                    .isEqualTo(expected);
        }
    }

    private static List<String> pairs(List<String> rows) {
        return rows.stream()
                .map(row -> row.replaceAll("[^0-9a-z ]", " ")
                        .replaceAll("\\b[nm]\\b", " ")
                        .strip()
                        .replaceAll(" +", " "))
                .toList();
    }

    private static final TableBuilder TRADES = frame("time", "symbol", "qty")
            .row(T0.plusSeconds(2), "A", 10)
            .row(T0.plusSeconds(5), "B", 20)
            .row(T0.plusSeconds(9), "A", 30);
    private static final TableBuilder QUOTES = frame("time", "symbol", "bid")
            .row(T0.plusSeconds(1), "A", 1.5)
            .row(T0.plusSeconds(5), "B", 2.5)
            .row(T0.plusSeconds(6), "A", null);

    @Test
    void aMatchedNullStaysNullAndTheRightTimeDoesNotComeOut() {
        List<String> rows = new TwoSides(TRADES, QUOTES)
                .whole((trades, quotes) ->
                        trades.joinAsOf(quotes).on("time").by("symbol").inner());
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0)).contains("1.5").contains("10");
        assertThat(rows.get(2)).contains("null").contains("30");
    }

    @Test
    void eventTimeGoesOnBehindTheJoin() {
        List<String> rows = new TwoSides(TRADES, QUOTES)
                .whole((trades, quotes) -> trades.joinAsOf(quotes)
                        .on("time")
                        .by("symbol")
                        .left()
                        .joinAsOf(quotes.rename("bid", "other"))
                        .on("time")
                        .by("symbol")
                        .noExactMatches()
                        .left()
                        .select("qty", "bid", "other"));
        assertThat(rows).hasSize(3);
        assertThat(rows.get(1)).contains("20").contains("2.5").contains("null");
    }

    @Test
    void stateIsBoundedByTheToleranceAndTheWatermark() {
        int rows = 50_000;
        TableBuilder left = frame("time", "k", "n");
        TableBuilder right = frame("time", "k", "m");
        for (int i = 0; i < rows; i++) {
            left.row(T0.plusSeconds(i), "k" + i % 1000, i);
            right.row(T0.plusSeconds(i), "q" + i, i); // keys that no row of the left side has
        }
        int[] cuts = new Random(3).ints(200, 0, rows).sorted().toArray();
        try (Pipeline pipeline = Pipeline.create("test")) {
            StreamFrame first = pipeline.read(left.source("left", cuts)).eventTime("time");
            StreamFrame second = pipeline.read(right.source("right", cuts)).eventTime("time");
            StreamFrame joined = first.joinAsOf(second).by("k").tolerance("10s").left();
            long[] seen = new long[1];
            joined.sinkBatches(batch -> seen[0] += batch.rows());
            pipeline.run();
            assertThat(seen[0]).isEqualTo(rows);
            assertThat(joined.explain()).contains("tolerance", "rows in " + rows + ", out " + rows);
        }
    }

    @Test
    void whatCannotBeRightIsRefusedWithTheFix() {
        try (Pipeline pipeline = Pipeline.create("test");
                Pipeline other = Pipeline.create("other")) {
            StreamFrame trades = pipeline.read(TRADES.source("trades"));
            StreamFrame quotes = pipeline.read(QUOTES.source("quotes"));
            refuses(() -> trades.joinAsOf(quotes).left(), "joinAsOf needs event time", "eventTime(\"time\")");
            refuses(() -> trades.joinAsOf(quotes).on("time").by("symbl").left(), "no column 'symbl'", "'symbol'");
            refuses(
                    () -> trades.joinAsOf(quotes.rename("bid", "qty"))
                            .on("time")
                            .by("symbol")
                            .left(),
                    "both trades and quotes",
                    "column 'qty'",
                    "rename(\"qty\", \"qty_right\")");
            refuses(
                    () -> trades.joinAsOf(quotes.assign("symbol", "1"))
                            .on("time")
                            .by("symbol")
                            .left(),
                    "symbol is utf8 in trades and int64 in quotes",
                    "cast");
            refuses(
                    () -> trades.eventTime("time")
                            .joinInterval(quotes.eventTime("time"))
                            .by("symbol")
                            .inner(),
                    "a column 'time'",
                    "rename(\"time\", \"time_right\")");
            refuses(
                    () -> trades.joinInterval(quotes).between("5s", "-5s"),
                    "from 5s to -5s is empty",
                    "earlier end first");
            refuses(() -> trades.joinAsOf(quotes).tolerance("soon"), "tolerance is 'soon'", "5s");
            refuses(
                    () -> trades.joinAsOf(other.read(QUOTES.source("quotes"))),
                    "belongs to the pipeline 'other'",
                    "read both in one pipeline");
        }
    }

    private static void refuses(ThrowingCallable plan, String... parts) {
        var thrown = assertThatThrownBy(plan).isInstanceOf(PlanException.class);
        for (String part : parts) {
            thrown.hasMessageContaining(part);
        }
    }
}

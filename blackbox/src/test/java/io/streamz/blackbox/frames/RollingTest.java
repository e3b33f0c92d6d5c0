package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.alpha;
import static io.streamz.frames.Frames.col;
import static io.streamz.frames.Frames.com;
import static io.streamz.frames.Frames.halfLife;
import static io.streamz.frames.Frames.mean;
import static io.streamz.frames.Frames.span;
import static io.streamz.test.Tables.assertTable;
import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.streamz.aggregations.Span.Closed;
import io.streamz.blackbox.frames.Events.Event;
import io.streamz.core.PlanException;
import io.streamz.frames.BadRows;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Reject;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Answers of one row each over the rows before it, against plain recomputation, and however rows were cut. */
@ExtendWith(EmptyAllocator.class)
class RollingTest {
    private static final int ROWS = 150;
    private static final List<Function<StreamFrame, StreamFrame>> PLANS = List.of(
            f -> f.rolling(7)
                    .agg("count(), count(v), sum(v), mean(v), min(v), max(v), var(v), median(v), first(v), nunique(i)"),
            f -> f.groupBy("k").rolling(4).minPeriods(2).agg("sum(v), max(i), std(v), last(k), product(i)"),
            f -> f.groupBy("k", "i").expanding().agg("count(), sum(v), min(v), skew(v), mode(i)"),
            f -> f.eventTime("time")
                    .outOfOrder("4s")
                    .rolling("6s")
                    .agg("count(), mean(v), max(v), var(v), firstNonNull(i)"),
            f -> f.groupBy("k").rolling("9s").closed(Closed.BOTH).on("time").agg("sum(v), min(i) where v > 0 as m"),
            f -> f.cumSum("v")
                    .cumProd("i")
                    .cumMin("v")
                    .cumMax("v")
                    .cumCount("v")
                    .cumMean("i"),
            f -> f.groupBy("k")
                    .cumSum("v", "i")
                    .groupBy("k")
                    .diff("v")
                    .groupBy("k")
                    .pctChange("i"),
            f -> f.shift(3).groupBy("k").shift(2, "k", "v").diff("time"),
            f -> f.ffill("i", "time").groupBy("k").ffill("v"),
            f -> f.ewm(com(2)).mean("v").groupBy("k").ewm(span(5).minPeriods(3)).std("v"),
            f -> f.eventTime("time")
                    .outOfOrder("4s")
                    .ewm(halfLife("5s"))
                    .mean("i")
                    .ewm(alpha(0.3))
                    .sum("i"),
            f -> f.assign(
                            col("v").mean().rolling(5).over("k").as("ma"),
                            col("v").cumSum().over("k").as("total"),
                            col("v").sub(col("v").lag(1)).as("step"),
                            col("v").sub(col("v").mean().rolling(5))
                                    .div(col("v").std().rolling(5))
                                    .as("z"))
                    .filter("v > mean(v) expanding over k"),
            f -> f.assign("twice", "mean(mean(v) rolling 3 over k) rolling 4 over k"));

    private static Events events(long seed) {
        return Events.random(new Random(seed), ROWS, 7);
    }

    @Test
    void cutsNeverShow() {
        for (int plan = 0; plan < PLANS.size(); plan++) {
            Cuts.never("plan " + plan, events(plan).table(), ROWS, 20 + plan, PLANS.get(plan));
        }
    }

    @Test
    void rollingByRowsIsWhatARowSees() {
        Events events = events(31);
        for (int n : new int[] {1, 2, 5, 200}) {
            Table all = rows(events.table(), f -> f.rolling(n).minPeriods(1).agg("sum(v), count(), count(v), max(i)"));
            Table keyed = rows(events.table(), f -> f.groupBy("k").rolling(n).agg("sum(v), mean(i)"));
            for (Event event : events.list()) {
                List<Event> seen = last(events.list(), n, event, other -> true);
                assertThat(all.value(event.row(), "v_sum_" + n)).isEqualTo(sum(seen, 1));
                assertThat(all.value(event.row(), "count_" + n)).isEqualTo((long) seen.size());
                assertThat(all.value(event.row(), "v_count_" + n))
                        .isEqualTo(seen.stream().filter(e -> e.v() != null).count());
                assertThat(all.value(event.row(), "i_max_" + n))
                        .isEqualTo(seen.stream()
                                .map(Event::i)
                                .filter(Objects::nonNull)
                                .max(Long::compare)
                                .orElse(null));
                List<Event> own = last(events.list(), n, event, other -> Objects.equals(other.k(), event.k()));
                assertThat(keyed.value(event.row(), "v_sum_" + n)).isEqualTo(sum(own, n));
                List<Long> ints =
                        own.stream().map(Event::i).filter(Objects::nonNull).toList();
                assertThat(keyed.value(event.row(), "i_mean_" + n))
                        .isEqualTo(
                                ints.size() < n
                                        ? null
                                        : ints.stream().mapToLong(x -> x).sum() / (double) n);
            }
        }
    }

    @Test
    void rollingByTimeIsWhatARowSees() {
        Events events = events(32);
        for (long bound : new long[] {0, 4}) {
            for (Closed closed : Closed.values()) {
                Table keyed = rows(
                        events.table(),
                        f -> f.eventTime("time")
                                .outOfOrder(bound + "s")
                                .groupBy("k")
                                .rolling("5s")
                                .closed(closed)
                                .agg("sum(v) as s, count() as c"));
                List<Event> ordered = events.inOrder(bound);
                assertThat(keyed.rows()).isEqualTo(ordered.size());
                for (int row = 0; row < ordered.size(); row++) {
                    Event event = ordered.get(row);
                    List<Event> seen = new ArrayList<>();
                    for (int other = 0; other < ordered.size(); other++) {
                        Event one = ordered.get(other);
                        long age = event.time() - one.time();
                        boolean left = closed == Closed.LEFT || closed == Closed.BOTH;
                        boolean right = closed == Closed.RIGHT || closed == Closed.BOTH;
                        boolean inside = (left ? age <= 5 : age < 5) && (right ? other <= row : age > 0);
                        if (inside && age >= 0 && Objects.equals(one.k(), event.k())) {
                            seen.add(one);
                        }
                    }
                    assertThat(keyed.value(row, "n")).isEqualTo((long) event.row());
                    assertThat(keyed.value(row, "s"))
                            .as("%s at %s", closed, event)
                            .isEqualTo(sum(seen, 1));
                    assertThat(keyed.value(row, "c")).isEqualTo((long) seen.size());
                }
            }
        }
    }

    private static List<Event> last(List<Event> events, int n, Event upTo, Predicate<Event> own) {
        List<Event> before =
                events.stream().filter(e -> e.row() <= upTo.row()).filter(own).toList();
        return before.subList(Math.max(0, before.size() - n), before.size());
    }

    /** The exact sum, or null of fewer values than that. */
    private static Double sum(List<Event> events, int least) {
        List<Double> values =
                events.stream().map(Event::v).filter(Objects::nonNull).toList();
        if (values.size() < least) {
            return null;
        }
        double plain = values.stream().mapToDouble(x -> x).sum();
        if (!values.stream().allMatch(Double::isFinite)) {
            return plain;
        }
        return values.stream()
                .map(BigDecimal::new)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .doubleValue();
    }

    @Test
    void cumulativeAnswersSkipNullsAndTellThem() {
        TableBuilder in = frame("k", "v")
                .row("a", 1.5)
                .row("b", 2.0)
                .row("a", null)
                .row("a", 3.0)
                .row("b", -1.0);
        assertTable(
                rows(
                        in,
                        f -> f.groupBy("k")
                                .cumSum("v")
                                .groupBy("k")
                                .cumCount("v")
                                .groupBy("k")
                                .cumMax("v")),
                frame("k", "v", "v_cumSum", "v_cumCount", "v_cumMax")
                        .row("a", 1.5, 1.5, 1, 1.5)
                        .row("b", 2.0, 2.0, 1, 2.0)
                        .row("a", null, null, 1, null)
                        .row("a", 3.0, 4.5, 2, 3.0)
                        .row("b", -1.0, 1.0, 2, 2.0));
        assertTable(
                rows(
                        in,
                        f -> f.assign("d", "diff(v) over k")
                                .assign("l", "lag(v, 1)")
                                .assign("p", "pct_change(v) over k")
                                .assign("f", "ffill(v) over k")
                                .assign("m", "mean(v) over k")),
                frame("k", "v", "d", "l", "p", "f", "m")
                        .row("a", 1.5, null, null, null, 1.5, 1.5)
                        .row("b", 2.0, null, 1.5, null, 2.0, 2.0)
                        .row("a", null, null, 2.0, null, 1.5, 1.5)
                        .row("a", 3.0, null, null, null, 3.0, 2.25)
                        .row("b", -1.0, -3.0, 3.0, -1.5, -1.0, 0.5));
    }

    @Test
    void ewmIsWhatItsFormulaSays() {
        Random random = new Random(33);
        TableBuilder in = frame("v");
        List<Double> values = new ArrayList<>();
        for (int row = 0; row < 60; row++) {
            Double value = random.nextInt(5) == 0 ? null : Double.valueOf(random.nextGaussian());
            values.add(value);
            in.row(value);
        }
        Table table = rows(
                in,
                f -> f.assign("a", "ewmMean(v) com 1.5")
                        .assign("b", "ewmMean(v) span 4 unadjusted ignoreNulls")
                        .assign("c", "ewmVar(v) halfLife 3"));
        for (int row = 0; row < values.size(); row++) {
            close(table.value(row, "a"), weighted(values.subList(0, row + 1), 1 / 2.5));
        }
        assertTable(
                rows(frame("v").row(1.0).row(2.0).row(3.0), f -> f.ewm(com(1)).mean("v")),
                frame("v", "v_ewmMean").row(1.0, 1.0).row(2.0, 5.0 / 3).row(3.0, 17.0 / 7),
                1e-15);
        Double state = null;
        for (int row = 0; row < values.size(); row++) {
            Double v = values.get(row);
            state = v == null ? state : state == null ? v : Double.valueOf(0.6 * state + 0.4 * v);
            close(table.value(row, "b"), state);
        }
    }

    private static Double weighted(List<Double> values, double alpha) {
        double sum = 0;
        double weights = 0;
        int lastValue = values.size() - 1;
        while (lastValue >= 0 && values.get(lastValue) == null) {
            lastValue--;
        }
        for (int row = 0; row <= lastValue; row++) {
            if (values.get(row) != null) {
                double weight = Math.pow(1 - alpha, lastValue - row);
                sum += weight * values.get(row);
                weights += weight;
            }
        }
        return weights == 0 ? null : Double.valueOf(sum / weights);
    }

    private static void close(Object actual, Double expected) {
        if (expected == null) {
            assertThat(actual).isNull();
        } else {
            assertThat((Double) actual).isCloseTo(expected, within(1e-10 * Math.max(1, Math.abs(expected))));
        }
    }

    @Test
    void expressionsOfManyRowsStandInExpressions() {
        TableBuilder in =
                frame("k", "v").row("a", 1.0).row("a", 3.0).row("b", 10.0).row("a", 5.0);
        assertTable(
                rows(
                        in,
                        f -> f.select(
                                col("k"),
                                mean("v").rolling(2).minPeriods(1).over("k").as("m"),
                                col("v").sub(mean("v").over("k")).as("off"))),
                frame("k", "m", "off")
                        .row("a", 1.0, 0.0)
                        .row("a", 2.0, 1.0)
                        .row("b", 10.0, 0.0)
                        .row("a", 4.0, 2.0));
        assertTable(
                rows(in, f -> f.filter("v > lag(v, 1) over k")),
                frame("k", "v").row("a", 3.0).row("a", 5.0));
    }

    @Test
    void textReadsBackAsItIsWritten() {
        for (String text : List.of(
                "mean(price) rolling 20 over symbol",
                "price - mean(price) rolling '5m' minPeriods 3 closed both over (symbol, side)",
                "sum(qty) where side = 'B' minCount 2 rolling 7",
                "max(x) over k",
                "max(x) expanding minPeriods 2",
                "shift(x, 3) over k",
                "cumSum(x) / cumCount(x)",
                "ewmMean(x) span 20 unadjusted ignoreNulls minPeriods 3 over k",
                "ewmStd(x) halfLife '1m30s'",
                "mean(diff(x) over k) rolling 3 over k")) {
            var read = io.streamz.frames.Expr.parse(text);
            assertThat(read).hasToString(text);
            assertThat(io.streamz.frames.Expr.parse(read.toString())).isEqualTo(read);
        }
        assertThat(col("x").mean().rolling(20).over("k").as("m"))
                .isEqualTo(io.streamz.frames.Expr.parse("mean(x) rolling 20 over k as m"));
        assertThat(col("x").ewmVar(span(3).adjust(false)).over("k"))
                .isEqualTo(io.streamz.frames.Expr.parse("ewmVar(x) span 3 unadjusted over k"));
    }

    @Test
    void overflowsNameTheKey() {
        TableBuilder in = frame("k", "i").row("a", Long.MAX_VALUE).row("a", 1).row("a", -1);
        assertThatThrownBy(() -> rows(in, f -> f.groupBy("k").cumSum("i")))
                .hasMessageContaining("overflow: i_cumSum of k=a does not fit int64");
        List<Reject> rejects = new ArrayList<>();
        List<Object> sums = new ArrayList<>();
        try (var pipeline = Pipeline.create("test").badRows(BadRows.SKIP).onReject(rejects::add)) {
            pipeline.read(in.source("rows")).groupBy("k").cumSum("i").sink(row -> sums.add(row.value("i_cumSum")));
            pipeline.run();
        }
        assertThat(sums).containsExactly(Long.MAX_VALUE, null, Long.MAX_VALUE);
        assertThat(rejects).hasSize(1);
    }

    @Test
    void explainTellsWhatBoundsTheState() {
        rows(frame("k", "v").row("a", 1.0), f -> {
            StreamFrame rolling = f.groupBy("k").rolling(20).mean("v");
            assertThat(rolling.explain())
                    .contains("assign(v_mean_20 = mean(v) rolling 20 over k)")
                    .contains("the last 20 rows for each key: grows with the number of different k");
            return rolling;
        });
    }

    @Test
    void mistakesAreToldWhereTheyAreWritten() {
        rows(frame("k", "v", "s").row("a", 1.0, "x"), f -> {
            wrong(() -> f.rolling(0), "a rolling window of 0 rows");
            wrong(() -> f.rolling("0s"), "a time above zero");
            wrong(() -> f.rolling(3).minPeriods(4), "minPeriods is 4; it is 1 to 3");
            wrong(() -> f.rolling(3).minPeriods(0), "minPeriods is 0");
            wrong(() -> f.rolling(3).closed(Closed.LEFT), "closed is for rolling by time");
            wrong(() -> f.rolling(3).mean("w"), "no column 'w'");
            wrong(() -> f.rolling(3).mean("s"), "mean", "utf8");
            wrong(() -> f.rolling("3s").mean("v"), "needs event time, but none is declared");
            wrong(() -> f.rolling(3).agg("mean(v), mean(v)"), "two answers are named 'v_mean_3'");
            wrong(() -> f.groupBy("k").cumSum("s"), "sum", "utf8");
            wrong(() -> f.assign("x", "mean(v)"), "is made of many rows; say which: rolling 20");
            wrong(() -> f.assign("x", "mean(v) rolling 0"), "a rolling window of 0 rows");
            wrong(() -> f.assign("x", "ewmMean(v)"), "needs com, span, halfLife or alpha");
            wrong(() -> f.ewm(alpha(2)), "alpha 2.0; it is above 0 and at most 1");
            wrong(() -> f.agg("sum(lag(v, 1)) as s"), "is made of many rows and cannot be used here");
            wrong(() -> col("v").over("k"), "over stands behind what is made of many rows");
            wrong(() -> f.shift(0, "v"), "it is 1 or more");
            return f;
        });
    }

    private static void wrong(Runnable plan, String... parts) {
        assertThatThrownBy(plan::run)
                .isInstanceOf(PlanException.class)
                .satisfies(error -> assertThat(error + " " + ((PlanException) error).remedy())
                        .contains(parts));
    }
}

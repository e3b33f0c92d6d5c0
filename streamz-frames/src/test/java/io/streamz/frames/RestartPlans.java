package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Span.Closed;
import io.streamz.core.Codec;
import io.streamz.core.DataStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A plan for each step that users can call, over the columns of {@link SteadyRows}: what {@link RestartTest} kills. */
final class RestartPlans {
    private RestartPlans() {}

    private static final Table EARLIER = Table.of(
            Schema.of(
                    new Field("last", DataType.INT64),
                    new Field("k", DataType.UTF8),
                    new Field("count", DataType.INT64),
                    new Field("v_sum", DataType.FLOAT64),
                    new Field("i_last", DataType.INT64)),
            List.of(new Object[] {1L, "gone", 7L, 0.5, 3L}, new Object[] {2L, null, 2L, 1e17, null}));

    /** What an equal table had kept. */
    private static final byte[] STATE = state();

    private static LiveTable statesOf(StreamFrame f) {
        return f.groupBy("k").agg("count(), mean(v), var(v), median(i), first(v), min(v)");
    }

    private static byte[] state() {
        try (Pipeline pipeline = Pipeline.create("earlier")) {
            View view =
                    statesOf(pipeline.read(new SteadyRows("rows", 50, true, 1))).view();
            pipeline.run();
            return view.state();
        }
    }

    record Plan(String name, Function<StreamFrame, Object> steps) {
        boolean asItStands() {
            return name.startsWith("as it stands");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Rows out: all of them are compared. */
    private static Plan rows(String name, Function<StreamFrame, StreamFrame> steps) {
        return new Plan(name, steps::apply);
    }

    /** A table: what it is at the end is compared, and what its changes leave. */
    private static Plan table(String name, Function<StreamFrame, LiveTable> steps) {
        return new Plan(name, steps::apply);
    }

    /** Objects out, one for each batch: batches are of one size then. */
    private static Plan objects(String name, Function<StreamFrame, DataStream<?>> steps) {
        return new Plan("as it stands: " + name, steps::apply);
    }

    /** The changes of a table: what they leave when they are applied by key is compared. */
    record Told(LiveTable table) {}

    private static Plan changes(String name, Function<StreamFrame, LiveTable> steps) {
        return new Plan("changes of " + name, frame -> new Told(steps.apply(frame)));
    }

    private static LiveTable byKey(StreamFrame f) {
        return f.groupBy("k").agg("count() as n, sum(i) as s");
    }

    private static LiveTable newest(StreamFrame f) {
        return f.window(Frames.rows(9)).groupBy("k").agg("count() as n, sum(i) as s");
    }

    /** Live tables of live tables, and what their changes leave. */
    private static Stream<Plan> liveTables() {
        return Stream.of(
                table("filter of a table", f -> byKey(f).filter("n > 20").assign("m", "s * 2")),
                table("sorted table", f -> byKey(f).sort("s desc").head(3)),
                table("regroup", f -> byKey(f).assign("g", "n % 2").groupBy("g").agg("count(), sum(s), max(k)")),
                table("beside", f -> byKey(f).beside(newest(f), "_new")),
                rows("as of each row: a table", f -> f.join(byKey(f)).on("k").left()),
                rows("as of each row: a window", f -> f.join(newest(f)).on("k").inner()),
                rows("as of each row: before", f -> f.join(newest(f)).before().left()),
                rows("as of each row: a filter of a trigger", f -> {
                    LiveTable right = newest(f).trigger(Trigger.rows(11)).filter("s > 40");
                    return f.filter("i > 10").join(right).on("k").left();
                }),
                rows("as of each row: twice", f -> {
                    StreamFrame once = f.join(byKey(f)).left();
                    return once.join(once.filter("i > 10").groupBy("k").agg("sum(s) as z"))
                            .left();
                }),
                changes("a table", RestartPlans::byKey),
                changes("a window", RestartPlans::newest),
                changes("a filter", f -> newest(f).filter("s > 40")),
                changes("a head", f -> newest(f).sort("s desc").head(2)),
                changes("beside", f -> byKey(f).filter("n % 2 = 0").beside(newest(f), "_new")),
                changes("beside a trigger", f -> byKey(f).beside(newest(f).trigger(Trigger.rows(11)), "_new")),
                changes("a trigger", f -> newest(f).trigger(Trigger.rows(11))),
                changes("a trigger at the end", f -> newest(f).trigger(Trigger.once())),
                changes(
                        "a filter of a trigger",
                        f -> newest(f).trigger(Trigger.rows(11)).filter("s > 40")),
                changes("a regroup", f -> newest(f).groupBy("n").agg("count() as c, sum(s) as total")));
    }

    /** All of them. */
    static Stream<Plan> all() {
        return Stream.of(steps(), ofEachRow(), shorthands(), kinds(), liveTables())
                .flatMap(plans -> plans);
    }

    private static Stream<Plan> ofEachRow() {
        return Stream.of(
                rows(
                        "explode",
                        f -> f.assign("l", "concat('[', i, ',7]')")
                                .explode("l")
                                .explode("k", "1")
                                .groupBy("l")
                                .cumCount("v")),
                rows(
                        "columns",
                        f -> f.query("i >= 0")
                                .rename("v", "w")
                                .cast("i", "float64")
                                .nanAsNull("w")
                                .fillNull("w", 0.5)
                                .dropNulls("k")
                                .replace("k", Map.of("k1", "one"))
                                .drop("t")),
                rows(
                        "batches mapped",
                        f -> f.mapBatches("ints", Schema.of(new Field("i", DataType.INT64)), (in, out) -> {
                            LongLane copy = (LongLane) out.fill(0);
                            copy.reset(in.rows());
                            in.lane(2).copy(0, in.rows(), copy);
                            out.filled(in.rows());
                        })),
                rows("as it stands: head", f -> f.filter("i > 10").concat(f.head(50))),
                objects(
                        "fold",
                        f -> f.fold(0L, (sum, table) -> sum * 31 + table.rows()).saved("rows", 1, Codec.LONG)),
                objects(
                        "the rows of a window",
                        f -> f.window(Frames.rows(9)).full().map(Table::toRows)),
                objects(
                        "a function of a window",
                        f -> f.window(Frames.time("9s").on("t")).apply(table -> table.rows())),
                rows(
                        "expanding",
                        f -> f.expanding()
                                .agg("sum(v), max(i)")
                                .groupBy("k")
                                .expanding()
                                .agg("median(i), std(v) as s")),
                rows(
                        "calendar",
                        f -> f.eventTime("t")
                                .outOfOrder("6s")
                                .window(Frames.calendar("day").zone("Europe/Berlin"))
                                .groupBy("k")
                                .dropNullKeys()
                                .agg("count(), sum(i)")),
                rows(
                        "an offset",
                        f -> f.window(Frames.tumbling("10s").on("t").offset("3s"))
                                .agg("count(), sum(i)")),
                rows(
                        "panes of as many rows",
                        f -> f.window(Frames.tumblingRows(7)).groupBy("k").agg("sum(i)")),
                rows(
                        "panes of each key",
                        f -> f.eventTime("t")
                                .outOfOrder("6s")
                                .groupBy("k")
                                .window(Frames.tumbling("20s"))
                                .agg("count(), max(v)")),
                rows(
                        "a watermark of its own",
                        f -> f.eventTime("t")
                                .watermark("t - duration '6s'")
                                .idleAfter("1h")
                                .inOrder()));
    }

    /** What others are short for keeps state too. */
    private static Stream<Plan> shorthands() {
        return Stream.concat(
                Stream.of(
                        rows(
                                "moving of each kind",
                                f -> f.rolling(5)
                                        .mean("v")
                                        .rolling(5)
                                        .sum("v")
                                        .rolling(5)
                                        .min("v")
                                        .rolling(5)
                                        .max("v")
                                        .rolling(5)
                                        .median("v")
                                        .rolling(5)
                                        .var("i")
                                        .rolling(5)
                                        .product("i")
                                        .rolling(5)
                                        .count("v")
                                        .rolling(5)
                                        .quantile("i", 0.3)
                                        .rolling("9s")
                                        .on("t")
                                        .closed(Closed.BOTH)
                                        .std("i")),
                        rows(
                                "running of each kind",
                                f -> f.cumCount("v")
                                        .cumMax("v")
                                        .cumMean("v")
                                        .cumMin("v")
                                        .cumProd("v")
                                        .diff("i")
                                        .pctChange("i")
                                        .shift(2, "i")
                                        .ffill("v")),
                        rows(
                                "running of each key",
                                f -> f.groupBy("k")
                                        .dropNullKeys()
                                        .cumSum("i")
                                        .groupBy("k")
                                        .cumMax("v")
                                        .groupBy("k")
                                        .cumMin("v")
                                        .groupBy("k")
                                        .cumProd("v")
                                        .groupBy("k")
                                        .pctChange("i")
                                        .groupBy("k")
                                        .cumCount("i")
                                        .groupBy("k")
                                        .shift(2, "i")
                                        .groupBy("k")
                                        .ffill("v")),
                        rows(
                                "weighted of each kind",
                                f -> f.ewm(Frames.span(4))
                                        .mean("v")
                                        .ewm(Frames.span(4))
                                        .sum("v")
                                        .ewm(Frames.span(4))
                                        .std("i")
                                        .ewm(Frames.halfLife("5s"))
                                        .on("t")
                                        .mean("i"))),
                reductions());
    }

    /** Answers of answers, and the kinds of joins. */
    private static Stream<Plan> kinds() {
        return Stream.of(
                table("answers added", f -> byKey(f).add(newest(f))),
                table("answers subtracted", f -> byKey(f).sub(newest(f))),
                table("answers multiplied", f -> byKey(f).mul(newest(f))),
                table("answers divided", f -> byKey(f).div(newest(f))),
                table("an aggregate of answers", f -> newest(f).agg("sum(s), max(n)")),
                table(
                        "columns of answers",
                        f -> newest(f).rename("s", "z").drop("n").select("k", "z")),
                table("largest answers", f -> newest(f).nLargest(2, "s")),
                table("smallest answers", f -> newest(f).nSmallest(2, "s")),
                table("smallest rows", f -> f.nSmallest(9, "v")),
                rows(
                        "late for a window",
                        f -> f.window(Frames.time("2s").on("t"))
                                .groupBy("k")
                                .dropNullKeys()
                                .agg("count()")
                                .late()),
                changes(
                        "a trigger on the watermark",
                        f -> f.eventTime("t")
                                .outOfOrder("6s")
                                .groupBy("k")
                                .agg("count() as n, max(i) as s")
                                .trigger(Trigger.onWatermark())),
                table(
                        "most keys",
                        f -> f.eventTime("t")
                                .groupBy("k", "i")
                                .maxKeys(9)
                                .expireAfter("20s")
                                .agg("count(), sum(v)")),
                rows(
                        "as of, backward",
                        f -> f.eventTime("t")
                                .joinAsOf(f.eventTime("t").select("t", "k", "i as j"))
                                .on("t")
                                .by("k")
                                .backward()
                                .left()),
                rows(
                        "interval, matched",
                        f -> f.eventTime("t")
                                .outOfOrder("3s")
                                .joinInterval(f.select("t as u", "k", "i as j")
                                        .eventTime("u")
                                        .outOfOrder("6s"))
                                .by("k")
                                .between("-8s", "4s")
                                .inner()),
                rows(
                        "with a match in a table",
                        f -> f.join(f.filter("i > 30").select("k", "i as j"))
                                .on("k")
                                .semi()),
                rows(
                        "without a match in a table",
                        f -> f.join(f.filter("i > 90").select("i")).on("i").anti()));
    }

    private static Stream<Plan> reductions() {
        return Stream.of(
                table("sum", f -> f.sum("v")),
                table("mean", f -> f.mean("v")),
                table("min", f -> f.min("v")),
                table("max", f -> f.max("v")),
                table("count", f -> f.count("v")),
                table("size", f -> f.size()),
                table("var", f -> f.var("v")),
                table("std", f -> f.std("v")),
                table("median", f -> f.median("v")),
                table("nunique", f -> f.nunique("k")),
                table("first", f -> f.first("v")),
                table("last", f -> f.last("v")),
                table("valueCounts", f -> f.valueCounts("k")),
                table("sum of each key", f -> f.groupBy("k").sum("v")),
                table("mean of each key", f -> f.groupBy("k").mean("v")),
                table("min of each key", f -> f.groupBy("k").min("v")),
                table("max of each key", f -> f.groupBy("k").max("v")),
                table("count of each key", f -> f.groupBy("k").count("v")),
                table("size of each key", f -> f.groupBy("k").size()),
                table("var of each key", f -> f.groupBy("k").var("v")),
                table("std of each key", f -> f.groupBy("k").std("v")),
                table("median of each key", f -> f.groupBy("k").median("v")),
                table("nunique of each key", f -> f.groupBy("k").nunique("i")),
                table("first of each key", f -> f.groupBy("k").first("v")),
                table("last of each key", f -> f.groupBy("k").last("v")),
                table("valueCounts of each key", f -> f.groupBy("k").valueCounts("i")),
                table("described keys", f -> f.groupBy("k").describe()),
                table("largest of each key", f -> f.groupBy("k").nLargest(2, "i")));
    }

    private static Stream<Plan> steps() {
        return Stream.of(
                rows("stateless", f -> f.filter("i > 5").assign("d", "i * 2")),
                rows("distinct", f -> f.select("k", "i").distinct("k", "i")),
                rows("distinct of the last", f -> f.distinctLast(3, "k")),
                rows("sample", f -> f.sample(0.3, 7)),
                rows("repartition", f -> f.repartition(16)),
                rows("as it stands: concat", f -> f.filter("i > 10").concat(f.filter("i <= 10"))),
                rows("in order", f -> f.eventTime("t").outOfOrder("6s").inOrder()),
                rows(
                        "in order, with late rows",
                        f -> f.eventTime("t").outOfOrder("2s").inOrder()),
                rows("late", f -> f.eventTime("t").outOfOrder("2s").inOrder().late()),
                rows("not late", f -> f.eventTime("t").inOrder()),
                table("agg", f -> f.agg("count(), sum(v), mean(v), var(v), min(i), max(i)")),
                table("groupBy", f -> f.groupBy("k").agg("count(), sum(v), mean(v), var(v), first(v), last(i)")),
                table("groupBy two keys", f -> f.groupBy("k", "i").agg("count(), nunique(v), median(i)")),
                rows(
                        "rolling",
                        f -> f.rolling(7)
                                .agg("sum(v), mean(v), var(v), min(v), median(i), first(k)")
                                .groupBy("k")
                                .rolling(3)
                                .minPeriods(1)
                                .std("v")),
                rows(
                        "rolling by time",
                        f -> f.eventTime("t")
                                .outOfOrder("6s")
                                .groupBy("k")
                                .rolling("9s")
                                .agg("count(), sum(v), max(i)")),
                rows(
                        "cumulative",
                        f -> f.cumSum("i")
                                .groupBy("k")
                                .cumMean("v")
                                .groupBy("k")
                                .diff("v")
                                .shift(3, "k")
                                .ffill("v")),
                rows(
                        "weighted",
                        f -> f.groupBy("k")
                                .ewm(Frames.span(4))
                                .var("v")
                                .eventTime("t")
                                .outOfOrder("6s")
                                .ewm(Frames.halfLife("5s"))
                                .mean("i")),
                rows(
                        "expressions over rows",
                        f -> f.assign("z", "v - mean(v) rolling 5 over k").filter("i > lag(i, 1) over k")),
                table(
                        "window of rows",
                        f -> f.window(Frames.rows(13)).groupBy("k").agg("count(), sum(v), max(i)")),
                table(
                        "window of each key",
                        f -> f.groupBy("k").window(Frames.rows(3)).agg("sum(v), var(v), last(i)")),
                table(
                        "window of time",
                        f -> f.window(Frames.time("9s").on("t")).groupBy("k").agg("count(), mean(v), median(i)")),
                rows(
                        "tumbling",
                        f -> f.eventTime("t")
                                .outOfOrder("2s")
                                .window(Frames.tumbling("10s").allowedLateness("1s"))
                                .groupBy("k")
                                .agg("count(), sum(v), first(i)")),
                rows(
                        "hopping with updates",
                        f -> f.eventTime("t")
                                .outOfOrder("6s")
                                .window(Frames.hopping("20s", "5s").early("7s"))
                                .groupBy("k")
                                .agg("count(), max(v)")),
                rows(
                        "sessions",
                        f -> f.eventTime("t")
                                .outOfOrder("6s")
                                .groupBy("k")
                                .window(Frames.session("6s").atMost("60s"))
                                .agg("count(), sum(i)")),
                rows(
                        "panes of rows",
                        f -> f.window(Frames.hoppingRows(6, 2)).groupBy("k").agg("count(), sum(v)")),
                rows("as of", f -> {
                    StreamFrame right = f.eventTime("t").outOfOrder("6s").select("t", "k", "i as j");
                    return f.eventTime("t")
                            .outOfOrder("3s")
                            .joinAsOf(right)
                            .by("k")
                            .nearest()
                            .tolerance("9s")
                            .noExactMatches()
                            .left();
                }),
                rows("as of, forward", f -> {
                    StreamFrame right = f.filter("i > 30").eventTime("t").select("t", "k", "i as j");
                    return f.eventTime("t").joinAsOf(right).by("k").forward().inner();
                }),
                rows("interval", f -> {
                    StreamFrame right =
                            f.select("t as u", "k", "i as j").eventTime("u").outOfOrder("6s");
                    return f.eventTime("t")
                            .outOfOrder("3s")
                            .joinInterval(right)
                            .by("k")
                            .between("-8s", "4s")
                            .left();
                }),
                rows(
                        "with a table",
                        f -> f.eventTime("t")
                                .outOfOrder("3s")
                                .join(f.filter("i > 30").select("k", "i as j"))
                                .on("k")
                                .left()),
                table("largest rows", f -> f.nLargest(20, "v")),
                table("smallest rows of each key", f -> f.groupBy("k").nSmallest(2, "i")),
                table("described", f -> f.describe()),
                table(
                        "keys that leave",
                        f -> f.eventTime("t")
                                .groupBy("k", "i")
                                .expireAfter("20s")
                                .maxKeys(9)
                                .agg("count(), sum(v), mean(v), median(i)")),
                rows(
                        "keys that have left",
                        f -> f.eventTime("t")
                                .groupBy("k", "i")
                                .expireAfter("20s")
                                .maxKeys(9)
                                .agg("count(), sum(v), last(v)")
                                .evicted()),
                table(
                        "started from answers",
                        f -> f.groupBy("k").agg("count(), sum(v), last(i)").startFrom(EARLIER)),
                table("started from a state", f -> statesOf(f).startFrom(STATE)),
                rows("with a table that is read again", f -> {
                    FrameSource table = Reload.onDemand().of(new SteadyRows("table", 30, true, 3));
                    return f.join(f.pipeline().read(table).filter("v > 0").select("k", "i as j", "v as w"))
                            .on("k")
                            .left();
                }),
                table("behind a filter", f -> f.filter("i > 20").groupBy("k").agg("sum(i), std(v)")));
    }
}

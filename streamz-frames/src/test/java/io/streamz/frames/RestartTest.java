package io.streamz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.aggregations.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every step that keeps state, killed in the middle and started again, gives what the unbroken run gives, bit for bit. A new
 * step gets a line in {@link #plans}.
 */
@Timeout(120)
final class RestartTest {
    private static final int ROWS = 240;
    private static final int KILLS = Integer.getInteger("streamz.tries", 1) > 1 ? 40 : 5;

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

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    /** Rows of each batch where an answer depends on that, as one of a live table as it stands does. */
    private static final int BATCH = 8;

    private record Plan(String name, Function<StreamFrame, Object> steps) {
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

    /** The changes of a table: what they leave when they are applied by key is compared. */
    private record Told(LiveTable table) {}

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
                changes("a table", RestartTest::byKey),
                changes("a window", RestartTest::newest),
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

    static Stream<Plan> plans() {
        return Stream.concat(steps(), liveTables());
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
                table("described", StreamFrame::describe),
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

    private List<Object> run(Plan plan, Path dir, int rows, boolean ends, long seed) throws IOException {
        List<Object> out = Collections.synchronizedList(new ArrayList<>());
        int kept = Integer.MAX_VALUE;
        try (Pipeline pipeline = Pipeline.create("test")) {
            if (dir != null) {
                pipeline.checkpoints(dir);
            }
            Object built = plan.steps.apply(
                    pipeline.read(new SteadyRows("rows", rows, ends, seed).evenly(plan.asItStands() ? BATCH : 0)));
            View view = null;
            if (built instanceof LiveTable table) {
                view = table.view();
            } else if (built instanceof Told told) {
                List<String> keys = told.table.node().keys();
                told.table.changes(ChangeColumn.OP).sink(row -> out.add(new Changed(row, keys)));
            } else {
                ((StreamFrame) built).sink(row -> out.add(row.toString()));
            }
            if (ends) {
                pipeline.run();
            } else {
                pipeline.start();
                kept = lastCheckpoint(pipeline, "{row=" + rows + "}", out);
            }
            if (view != null) {
                out.add(view.now().toRows());
                kept = out.size();
            }
            if (!ends) {
                // Whoever is killed saves nothing more, as closing does.
                copy(dir, dir.resolveSibling(dir.getFileName() + "-killed"));
            }
        }
        // What a sink is told after the last checkpoint it is told again; a join that waits for its table may do so
        // late.
        return out.subList(0, Math.min(kept, out.size()));
    }

    /** Makes checkpoints until one is at this position; gives how many rows had been told at its cut. */
    private static int lastCheckpoint(Pipeline pipeline, String position, List<Object> out) {
        while (true) {
            int told = out.size();
            String reached = pipeline.checkpoint().sources().get(0).position();
            if (reached.equals(position) && out.size() == told) {
                return told;
            }
            Thread.onSpinWait();
        }
    }

    /** A change of a row of a table. */
    private record Changed(List<Object> key, String op, String row) {
        Changed(Row row, List<String> keys) {
            this(
                    Collections.unmodifiableList(
                            new ArrayList<>(keys.stream().map(row::value).toList())),
                    row.text("op"),
                    row.toMap().entrySet().stream()
                            .filter(cell -> !cell.getKey().equals("op"))
                            .toList()
                            .toString());
        }
    }

    /** Changes as what they leave; other things as they are. */
    private static List<Object> left(List<Object> out) {
        Map<Object, Object> standing = new LinkedHashMap<>();
        List<Object> left = new ArrayList<>();
        for (Object each : out) {
            if (!(each instanceof Changed change)) {
                left.add(each);
            } else if (change.op.equals("delete")) {
                assertThat(standing).containsKey(change.key);
                standing.remove(change.key);
            } else {
                assertThat(standing.containsKey(change.key))
                        .as(change.toString())
                        .isEqualTo(change.op.equals("update"));
                standing.put(change.key, change.row);
            }
        }
        left.addAll(standing.values().stream().map(Object::toString).sorted().toList());
        return left;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("plans")
    void goesOnAsIfNothingHadBeen(Plan plan) throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Object> whole = run(plan, null, ROWS, true, random.nextLong());
        for (int kill = 0; kill < KILLS; kill++) {
            int cut = kill == 0 ? 0 : kill == 1 ? ROWS : random.nextInt(ROWS);
            cut -= plan.asItStands() ? cut % BATCH : 0;
            Path dir = folder.resolve("checkpoints-" + kill);
            List<Object> before = run(plan, dir, cut, false, random.nextLong());
            List<Object> after =
                    run(plan, folder.resolve("checkpoints-" + kill + "-killed"), ROWS, true, random.nextLong());
            List<Object> out =
                    new ArrayList<>(before.isEmpty() || !(before.get(0) instanceof List<?>) ? before : List.of());
            out.addAll(after);
            assertThat(left(out)).as("killed after %s rows, seed %s", cut, seed).isEqualTo(left(whole));
        }
    }
}

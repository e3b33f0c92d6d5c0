package io.streamz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.core.Output;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two sources that end and that meet, one of which has ended when the process is killed: after the restart the other one ends them
 * both, and the rows are those of the unbroken run.
 */
@Timeout(120)
final class EndedSourceTest {
    private static final int FEW = 40;
    private static final int MANY = 90;
    private static final int KILLS = Integer.getInteger("streamz.tries", 0) > 0 ? 20 : 3;

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    /** A name and what it makes of the two. */
    private record Plan(String name, BiFunction<StreamFrame, StreamFrame, Object> steps) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static StreamFrame renamed(StreamFrame frame) {
        return frame.select("t", "k", "i as j", "v as w");
    }

    private static StreamFrame timed(StreamFrame frame) {
        return frame.eventTime("t").outOfOrder("6s");
    }

    static Stream<Plan> plans() {
        return Stream.of(
                new Plan(
                        "as of, backward",
                        (a, b) -> timed(a).joinAsOf(timed(renamed(b)))
                                .by("k")
                                .backward()
                                .left()),
                new Plan(
                        "as of, forward",
                        (a, b) -> timed(a).joinAsOf(timed(renamed(b)))
                                .by("k")
                                .forward()
                                .left()),
                new Plan(
                        "as of, nearest",
                        (a, b) -> timed(a).joinAsOf(timed(renamed(b)))
                                .by("k")
                                .nearest()
                                .inner()),
                new Plan(
                        "as of, behind steps with state",
                        (a, b) -> timed(a).inOrder()
                                .filter("i > 5")
                                .joinAsOf(timed(renamed(b)).inOrder().filter("j > 5"))
                                .by("k")
                                .backward()
                                .left()),
                new Plan(
                        "interval",
                        (a, b) -> timed(a).joinInterval(b.select("t as u", "k", "i as j")
                                        .eventTime("u")
                                        .outOfOrder("6s"))
                                .by("k")
                                .between("-5s", "5s")
                                .left()),
                new Plan("concat", (a, b) -> a.concat(b)),
                new Plan(
                        "concat, in order",
                        (a, b) -> a.concat(b).eventTime("t").outOfOrder("1h").inOrder()),
                new Plan(
                        "concat, grouped",
                        (a, b) -> a.concat(b)
                                .groupBy("k")
                                .agg("count(), sum(v), var(i)")
                                .sort("k")));
    }

    /** Another source that tells when it was closed, which is behind its end. */
    private record Closed(SteadyRows rows, CountDownLatch closed) implements FrameSource {
        @Override
        public String name() {
            return rows.name();
        }

        @Override
        public Schema schema() {
            return rows.schema();
        }

        @Override
        public Source<RecordBatch> open(Projection needed) {
            Source<RecordBatch> opened = rows.open(needed);
            return new Source<>() {
                @Override
                public Progress poll(Output<? super RecordBatch> out) throws Exception {
                    return opened.poll(out);
                }

                @Override
                public void onReady(Runnable signal) {
                    opened.onReady(signal);
                }

                @Override
                public Position position() {
                    return opened.position();
                }

                @Override
                public void restore(Position position) throws Exception {
                    opened.restore(position);
                }

                @Override
                public void close() {
                    closed.countDown();
                }
            };
        }
    }

    /** Runs to the end, or where a folder to copy to is given until the short side has ended and the other is at a row. */
    private List<String> run(Plan plan, boolean leftIsShort, Path dir, Path killed, int at, long seed)
            throws Exception {
        Random random = new Random(seed);
        SteadyRows left = new SteadyRows("left", leftIsShort ? FEW : MANY, true, random.nextLong());
        SteadyRows right = new SteadyRows("right", leftIsShort ? MANY : FEW, true, random.nextLong());
        SteadyRows longer = (leftIsShort ? right : left).upTo(killed == null ? Integer.MAX_VALUE : at);
        CountDownLatch ended = new CountDownLatch(1);
        List<String> out = Collections.synchronizedList(new ArrayList<>());
        try (Pipeline pipeline = Pipeline.create("test")) {
            if (dir != null) {
                pipeline.checkpoints(dir);
            }
            StreamFrame first = pipeline.read(leftIsShort ? new Closed(left, ended) : left);
            StreamFrame second = pipeline.read(leftIsShort ? right : new Closed(right, ended));
            Object built = plan.steps.apply(first, second);
            View view = built instanceof LiveTable table ? table.view() : null;
            if (built instanceof StreamFrame rows) {
                rows.sink(row -> out.add(row.toString()));
            }
            if (killed == null) {
                pipeline.run();
            } else {
                pipeline.start();
                ended.await();
                String wanted = "{row=" + at + "}";
                while (pipeline.checkpoint().sources().stream()
                        .noneMatch(source -> source.name().equals(longer.name())
                                && source.position().equals(wanted))) {
                    Thread.onSpinWait();
                }
                copy(dir, killed);
            }
            if (view != null && killed == null) {
                view.now().toRows().forEach(row -> out.add(row.toString()));
            }
        }
        return out;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("plans")
    void theOtherOneEndsThemBoth(Plan plan) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (boolean leftIsShort : new boolean[] {true, false}) {
            List<String> whole = run(plan, leftIsShort, null, null, 0, random.nextLong());
            assertThat(whole).isNotEmpty();
            for (int kill = 0; kill < KILLS; kill++) {
                int at = kill == 0 ? 0 : kill == 1 ? MANY - 1 : random.nextInt(MANY);
                Path killed = folder.resolve("killed-" + leftIsShort + "-" + kill);
                List<String> rows = new ArrayList<>(run(
                        plan,
                        leftIsShort,
                        folder.resolve("state-" + leftIsShort + "-" + kill),
                        killed,
                        at,
                        random.nextLong()));
                rows.addAll(run(plan, leftIsShort, killed, null, 0, random.nextLong()));
                String what = (leftIsShort ? "left" : "right") + " ended, killed at " + at + ", seed " + seed;
                assertThat(sorted(rows)).as(what).isEqualTo(sorted(whole));
                // What comes at the end is no part of the last checkpoint: a run that adds nothing ends the same way.
                List<String> again = run(plan, leftIsShort, killed, null, 0, random.nextLong());
                assertThat(whole).as(what).containsAll(again);
            }
        }
    }
}

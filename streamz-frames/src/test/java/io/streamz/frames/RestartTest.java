package io.streamz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.core.DataStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every step that keeps state, killed in the middle and started again, gives what the unbroken run gives, bit for bit. A new
 * step gets a line in {@link RestartPlans}.
 */
@Timeout(120)
final class RestartTest {
    private static final int ROWS = 240;
    private static final int KILLS = Integer.getInteger("streamz.tries", 1) > 1 ? 40 : 5;

    /** Rows of each batch where an answer depends on that, as one of a live table as it stands does. */
    private static final int BATCH = 8;

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private List<Object> run(RestartPlans.Plan plan, Path dir, int rows, boolean ends, long seed) throws IOException {
        List<Object> out = Collections.synchronizedList(new ArrayList<>());
        int kept = Integer.MAX_VALUE;
        try (Pipeline pipeline = Pipeline.create("test")) {
            if (dir != null) {
                pipeline.checkpoints(dir);
            }
            Object built = plan.steps()
                    .apply(pipeline.read(
                            new SteadyRows("rows", rows, ends, seed).evenly(plan.asItStands() ? BATCH : 0)));
            View view = null;
            if (built instanceof LiveTable table) {
                view = table.view();
            } else if (built instanceof RestartPlans.Told told) {
                List<String> keys = told.table().node().keys();
                told.table().changes(ChangeColumn.OP).sink(row -> out.add(new Changed(row, keys)));
            } else if (built instanceof DataStream<?> objects) {
                objects.sink(each -> out.add(each.toString()));
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

    /** What users build plans with, and how. */
    private static final List<Class<?>> BUILDERS = List.of(
            StreamFrame.class,
            GroupedFrame.class,
            ExpiringFrame.class,
            RollingFrame.class,
            EwmFrame.class,
            WindowedFrame.class,
            PanedFrame.class,
            Join.class,
            AsOfJoin.class,
            IntervalJoin.class,
            LiveTable.class,
            RegroupedTable.class,
            Latest.class,
            PaneWindow.class,
            Trigger.class);

    /** Those without a line: ways out, which keep nothing; what the clock decides; and what is read once more, on its own. */
    private static final Set<String> OTHERS = Set.of(
            "StreamFrame.batches",
            "StreamFrame.maps",
            "StreamFrame.records",
            "StreamFrame.stream",
            "LiveTable.changes",
            "LiveTable.conflated",
            "LiveTable.snapshots",
            "Trigger.every",
            "StreamFrame.fromStart");

    @Test
    void everyStepThatUsersCanCallHasALine() throws IOException {
        Set<String> steps = new TreeSet<>();
        for (Class<?> builder :
                Stream.concat(BUILDERS.stream(), Stream.of(Frames.class)).toList()) {
            for (Method method : builder.getMethods()) {
                boolean isStep =
                        BUILDERS.contains(method.getReturnType()) || method.getReturnType() == DataStream.class;
                if (isStep && method.getDeclaringClass() != Object.class) {
                    steps.add(builder.getSimpleName() + "." + method.getName());
                }
            }
        }
        assertThat(steps).hasSizeGreaterThan(100);
        steps.removeAll(Calls.of(RestartPlans.class));
        assertThat(steps).as("without a line in RestartPlans").containsExactlyInAnyOrderElementsOf(OTHERS);
    }

    @ParameterizedTest
    @MethodSource("io.streamz.frames.RestartPlans#all")
    void goesOnAsIfNothingHadBeen(RestartPlans.Plan plan) throws IOException {
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

package io.streamz.blackbox.frames;

import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.PlanException;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.core.VirtualClock;
import io.streamz.frames.Csv;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.RecordInput;
import io.streamz.frames.Reload;
import io.streamz.frames.Row;
import io.streamz.frames.Schema;
import io.streamz.frames.StepMetrics;
import io.streamz.frames.StreamFrame;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Joins with a table that is read again: on demand, from time to time, when its file changes. */
@Timeout(120)
@ExtendWith(EmptyAllocator.class)
class ReloadTest {
    record Item(String k, long n) {}

    /** A table that says anew what it is with each reading, and may stand still in the middle of one. */
    private static final class Changing implements FrameSource {
        private volatile TableBuilder rows;
        private volatile boolean stands;

        Changing(TableBuilder rows) {
            this.rows = rows;
        }

        @Override
        public String name() {
            return "table";
        }

        @Override
        public Schema schema() {
            return rows.source("table").schema();
        }

        @Override
        public Source<RecordBatch> open(Projection needed) {
            Source<RecordBatch> now = rows.source("table", 1).open(needed);
            return out -> stands ? Progress.idle(Duration.ofMillis(1)) : now.poll(out);
        }
    }

    private static TableBuilder table(Map<String, Long> values) {
        TableBuilder table = frame("k", "v");
        values.forEach(table::row);
        return table;
    }

    /** Joins what is emitted, and tells the answer of one row. */
    private static final class Asking {
        private final RecordInput<Item> input;
        private final List<Row> answers = Collections.synchronizedList(new ArrayList<>());

        Asking(Pipeline pipeline, FrameSource table) {
            input = pipeline.input(Item.class);
            input.frame().join(pipeline.read(table)).on("k").left().sink(answers::add);
            pipeline.start();
        }

        Object value(String key) {
            int before = answers.size();
            input.emit(new Item(key, before));
            while (answers.size() == before) {
                Thread.onSpinWait();
            }
            return answers.get(before).value("v");
        }

        void until(String key, Object expected) {
            while (!expected.equals(value(key))) {
                Thread.onSpinWait();
            }
        }
    }

    /** Each reading carries its number under the key "version", so that it is known when it stands. */
    @Test
    void answersAreThoseOfTheLastWholeReading() {
        Random random = new Random(11);
        Map<String, Long> values = new TreeMap<>(Map.of("version", 0L));
        Changing source = new Changing(table(values));
        Reload reload = Reload.onDemand();
        try (var pipeline = Pipeline.create("test")) {
            Asking asking = new Asking(pipeline, reload.of(source));
            for (long version = 0; version < 60; version++) {
                asking.until("version", version);
                for (int key = 0; key < 8; key++) {
                    assertThat(asking.value("k" + key)).isEqualTo(values.get("k" + key));
                }
                values.put("version", version + 1);
                String key = "k" + random.nextInt(8);
                if (random.nextBoolean()) {
                    values.put(key, random.nextLong(100));
                } else {
                    values.remove(key);
                }
                source.rows = table(values);
                reload.now();
            }
        }
    }

    @Test
    void halfAReadingIsNotSeen() {
        Changing source = new Changing(frame("k", "v").row("a", 1L).row("b", 2L));
        Reload reload = Reload.onDemand();
        try (var pipeline = Pipeline.create("test")) {
            Asking asking = new Asking(pipeline, reload.of(source));
            asking.until("a", 1L);
            source.stands = true;
            source.rows = frame("k", "v").row("a", 10L);
            reload.now();
            for (int i = 0; i < 100; i++) {
                assertThat(asking.value("a")).isEqualTo(1L);
                assertThat(asking.value("b")).isEqualTo(2L);
            }
            source.stands = false;
            asking.until("a", 10L);
            assertThat(asking.value("b")).isNull();
        }
    }

    @Test
    void tablesAreReadFromTimeToTime() {
        VirtualClock clock = VirtualClock.atEpoch();
        Changing source = new Changing(frame("k", "v").row("a", 1L));
        try (var pipeline = Pipeline.create("test", clock)) {
            Asking asking = new Asking(pipeline, Reload.every("10s").of(source));
            asking.until("a", 1L);
            source.rows = frame("k", "v").row("a", 2L);
            for (int i = 0; i < 100; i++) {
                assertThat(asking.value("a")).isEqualTo(1L);
            }
            Object value = 1L;
            while (!value.equals(2L)) {
                clock.advance(Duration.ofSeconds(10));
                value = asking.value("a");
            }
        }
    }

    @Test
    void aFileIsReadAgainWhenItHasChanged(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("table.csv");
        Files.writeString(file, "k,v\na,1\n");
        try (var pipeline = Pipeline.create("test")) {
            Asking asking = new Asking(pipeline, Reload.whenChanged(file, "5ms").of(Csv.read(file)));
            asking.until("a", 1L);
            for (long version = 2; version < 6; version++) {
                Path other = folder.resolve("other");
                Files.writeString(other, "k,v\na," + version + "\n");
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
                asking.until("a", version);
            }
        }
    }

    /** The table alone would never end. */
    @Test
    void thePipelineEndsWithTheRows() {
        List<String> rows = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            var table = pipeline.read(Reload.every("1h")
                    .of(frame("k", "v").row("a", 1L).row("b", 2L).source("table")));
            var left = pipeline.read(frame("k").row("a").row("c").row("b").source("rows"));
            var joined = left.join(table.filter("v > 1").select("k", "v * 2 as w"))
                    .on("k")
                    .left();
            joined.sink(row -> rows.add(row.toString()));
            pipeline.run();
            assertThat(joined.explain()).contains("read again every 1h");
        }
        assertThat(rows).containsExactly("{k=a, w=null}", "{k=c, w=null}", "{k=b, w=4}");
    }

    /** Rows from a source do not pile up before a table that is slow to come. */
    @Test
    void sourcesWaitForTheTable() {
        int rows = 1_000_000;
        AtomicLong seen = new AtomicLong();
        TableBuilder none = frame("k", "v").row(0L, 1L);
        Changing table = new Changing(none);
        table.stands = true;
        try (var pipeline = Pipeline.create("test")) {
            StreamFrame left = pipeline.read(new SlowNumbers(rows));
            left.join(pipeline.read(table)).on("k").left().sinkBatches(batch -> seen.addAndGet(batch.rows()));
            pipeline.start();
            while (held(pipeline) < 100_000) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 1000; i++) {
                assertThat(held(pipeline)).isLessThan(100_000 + SlowNumbers.BATCH);
            }
            assertThat(pipeline.steps().get(0).in()).isLessThan(100_000 + SlowNumbers.BATCH);
            table.stands = false;
            pipeline.done().toCompletableFuture().join();
        }
        assertThat(seen).hasValue(rows);
    }

    private static long held(Pipeline pipeline) {
        return pipeline.steps().stream()
                .filter(step -> step.step().startsWith("join"))
                .mapToLong(StepMetrics::held)
                .sum();
    }

    /** Batches of numbers under the name k. */
    private record SlowNumbers(int rows) implements FrameSource {
        static final int BATCH = 1000;

        @Override
        public String name() {
            return "numbers";
        }

        @Override
        public Schema schema() {
            return frame("k").row(1L).source("numbers").schema();
        }

        @Override
        public Source<RecordBatch> open(Projection needed) {
            TableBuilder batch = frame("k");
            for (long n = 0; n < BATCH; n++) {
                batch.row(n);
            }
            int[] given = {0};
            return out -> {
                if (given[0] == rows) {
                    return Progress.END;
                }
                Source<RecordBatch> one = batch.source("numbers").open(needed);
                while (one.poll(out) != Progress.END) {
                    given[0] += BATCH;
                }
                one.close();
                return Progress.EMITTED;
            };
        }
    }

    @Test
    void aCheckpointHasTheTable(@TempDir Path folder) {
        Changing source = new Changing(frame("k", "v").row("a", 1L));
        for (int run = 0; run < 2; run++) {
            try (var pipeline = Pipeline.create("test")) {
                pipeline.checkpoints(folder);
                Asking asking = new Asking(pipeline, Reload.onDemand().of(source));
                asking.until("a", 1L);
                if (run == 0) {
                    pipeline.checkpoint();
                    source.stands = true; // nothing can be read in the second run
                }
            }
        }
    }

    @Test
    void wrongPlansSayWhatIsRight() {
        try (var pipeline = Pipeline.create("test")) {
            var table = pipeline.read(
                    Reload.onDemand().of(frame("k", "v").row("a", 1L).source("table")));
            assertThatThrownBy(() -> table.groupBy("k").agg("sum(v)"))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("all rows again with each reading of table")
                    .hasMessageContaining("rows.join(table).on(...)");
            assertThatThrownBy(() -> table.join(table.rename("v", "w")).on("k").left())
                    .isInstanceOf(PlanException.class);
            assertThatThrownBy(() -> Reload.every("0s")).isInstanceOf(PlanException.class);
            var once = Csv.read(new ByteArrayInputStream("a\n1\n".getBytes(StandardCharsets.UTF_8)), "once");
            assertThatThrownBy(() -> Reload.onDemand().of(once))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("gives its rows once");
        }
    }
}

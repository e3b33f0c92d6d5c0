package io.streamz.frames;

import io.streamz.core.Checkpoint;
import io.streamz.core.Output;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.core.StreamzException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A small job with checkpoints, two files, four folders of parts, two of them of several checkpoints each, a table, a sink of its own and a callback, each step of which can be
 * made to fail. It lives in a folder, and goes on there when it is run again.
 */
final class FaultsJob {
    static final int ROWS = 90;
    private static final int STEP = 25;

    private final Path dir;
    private FaultyFiles files = new FaultyFiles(0, false);
    private Faults polls = Faults.NONE;
    private Faults calls = Faults.NONE;
    private Faults writes = Faults.NONE;
    private Faults reservations = Faults.NONE;
    /** What the sink of its own has made safe; it outlives a run as a file would. */
    private final List<String> kept = new ArrayList<>();

    FaultsJob(Path dir) throws IOException {
        this.dir = Files.createDirectories(dir);
    }

    /** Operations on files fail. */
    FaultsJob files(FaultyFiles faults) {
        files = faults;
        return this;
    }

    /** Polls of the source fail, before they emit and behind it. */
    FaultsJob polls(Faults faults) {
        polls = faults;
        return this;
    }

    /** Calls of the callback fail: with a row, and with a batch of which it takes the Arrow form. */
    FaultsJob calls(Faults faults) {
        calls = faults;
        return this;
    }

    /** Calls of the sink fail, writes in their middle. */
    FaultsJob writes(Faults faults) {
        writes = faults;
        return this;
    }

    /** Reservations of the budget of memory fail. */
    FaultsJob reservations(Faults faults) {
        reservations = faults;
        return this;
    }

    /** What the sink of its own has made safe. */
    List<String> kept() {
        return List.copyOf(kept);
    }

    FaultsJob keeping(List<String> safe) {
        kept.clear();
        kept.addAll(safe);
        return this;
    }

    /** Nothing fails any more. */
    FaultsJob whole() {
        return files(new FaultyFiles(0, false))
                .polls(Faults.NONE)
                .calls(Faults.NONE)
                .writes(Faults.NONE)
                .reservations(Faults.NONE);
    }

    /** Runs the job to its end, or to its failure; gives what was thrown and warned of. */
    List<StreamzException> run(long seed) {
        List<StreamzException> said = Collections.synchronizedList(new ArrayList<>());
        SteadyRows source = new SteadyRows("rows", ROWS, true, seed).upTo(0);
        try (Pipeline pipeline = Pipeline.create("faults")) {
            pipeline.checkpoints(files.path(dir.resolve("state"))).keep(2).onWarning(said::add);
            pipeline.memory("1g");
            StreamFrame rows = pipeline.read(new PolledRows(source, polls));
            rows.sink(new HoldingSink("first", reservations));
            rows.sink(CsvOut.to(files.path(dir.resolve("rows.csv"))));
            rows.sink(Ndjson.to(files.path(dir.resolve("rows.ndjson"))));
            rows.filter("i > 25").sink(CsvOut.parts(files.path(dir.resolve("parts"))));
            rows.filter("i > 25").sink(ArrowIpc.parts(files.path(dir.resolve("arrow"))));
            rows.sink(CsvOut.parts(files.path(dir.resolve("rolled"))).rows(40));
            rows.sink(ArrowIpc.parts(files.path(dir.resolve("rolled-arrow"))).rows(40));
            rows.groupBy("k").agg("count(), sum(v), var(v)").sink(CsvOut.to(files.path(dir.resolve("table.csv"))));
            rows.select("k", "i").sink(new KeptRowsSink(kept, writes));
            Faults faults = calls;
            rows.sinkBatches(batch -> {
                faults.step("batch");
                batch.root();
            });
            rows.sink(row -> faults.step("row"));
            rows.sink(new HoldingSink("last", reservations));
            pipeline.start();
            for (int row = STEP; row < ROWS; row += STEP) {
                source.upTo(row);
                checkpoint(pipeline, row, said);
            }
            source.upTo(Integer.MAX_VALUE);
            pipeline.run();
        } catch (StreamzException e) {
            said.add(e);
        }
        return said;
    }

    /** Waits until the rows are in, and saves; a failure is what this is about. */
    private static void checkpoint(Pipeline pipeline, int row, List<StreamzException> said) {
        while (!pipeline.done().toCompletableFuture().isDone()) {
            try {
                Checkpoint made = pipeline.checkpoint();
                int at = Integer.parseInt(made.sources().get(0).position().replaceAll("\\D", ""));
                if (at >= row) {
                    return;
                }
            } catch (StreamzException e) {
                if (!e.code().equals("no-checkpoint")) { // it may have ended meanwhile
                    said.add(e);
                }
                return;
            }
        }
    }

    /** What the job has made, a list of rows for each output. */
    Map<String, List<String>> outputs() throws IOException {
        Map<String, List<String>> all = new TreeMap<>();
        all.put("rows", lines(dir.resolve("rows.csv")));
        all.put("ndjson", Files.readAllLines(dir.resolve("rows.ndjson")));
        all.put("table", lines(dir.resolve("table.csv")));
        all.put("arrow", arrow(dir.resolve("arrow")));
        all.put("parts", parts(dir.resolve("parts")));
        all.put("rolled", parts(dir.resolve("rolled")));
        all.put("rolled-arrow", arrow(dir.resolve("rolled-arrow")));
        all.put("kept", List.copyOf(kept));
        return all;
    }

    /** The parts that have appeared, by folder and name, each with what it holds. */
    Map<String, List<Byte>> shown() throws IOException {
        Map<String, List<Byte>> shown = new TreeMap<>();
        for (String folder : List.of("parts", "arrow", "rolled", "rolled-arrow")) {
            if (!Files.exists(dir.resolve(folder))) {
                continue; // killed before it was made
            }
            try (Stream<Path> found = Files.list(dir.resolve(folder))) {
                for (Path file : found.toList()) {
                    if (file.getFileName().toString().matches("part-\\d+\\..*")) {
                        shown.put(folder + "/" + file.getFileName(), bytes(file));
                    }
                }
            }
        }
        return shown;
    }

    private static List<Byte> bytes(Path file) throws IOException {
        List<Byte> bytes = new ArrayList<>();
        for (byte each : Files.readAllBytes(file)) {
            bytes.add(each);
        }
        return bytes;
    }

    /** How many parts a folder has. */
    long files(String parts) throws IOException {
        try (Stream<Path> found = Files.list(dir.resolve(parts))) {
            return found.filter(file -> !file.endsWith(".parts")).count();
        }
    }

    private static List<String> parts(Path folder) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file : found.sorted().toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    rows.addAll(lines(file));
                }
            }
        }
        return rows;
    }

    private static List<String> arrow(Path parts) {
        List<String> rows = new ArrayList<>();
        try (Pipeline pipeline = Pipeline.create("reading")) {
            pipeline.read(ArrowIpc.read(parts)).sink(row -> rows.add(row.toString()));
            pipeline.run();
        }
        return rows;
    }

    private static List<String> lines(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.subList(1, lines.size());
    }

    /** What is in work, and not an answer: names of files. */
    List<String> hidden() throws IOException {
        try (Stream<Path> found = Files.walk(dir)) {
            return found.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(".") && !name.equals(".parts") || name.endsWith(".tmp"))
                    .toList();
        }
    }

    /** The threads of a job that has not gone. */
    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("faults"))
                .toList();
    }

    /** The rows of another source, whose polls fail. */
    private record PolledRows(SteadyRows rows, Faults faults) implements FrameSource {
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
                    faults.step("poll");
                    Progress progress = opened.poll(out);
                    if (progress == Progress.EMITTED) {
                        faults.step("poll behind its rows");
                    }
                    return progress;
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
            };
        }
    }

    /** A sink of the user's that can go on where a checkpoint has left it. */
    private record KeptRowsSink(List<String> kept, Faults faults) implements FrameSink {
        @Override
        public void open(Schema schema) {
            throw new AssertionError("a resumable sink is resumed");
        }

        @Override
        public boolean isResumable() {
            return true;
        }

        @Override
        public void resume(Schema schema, Position saved) {
            faults.step("resume");
            kept.subList(saved.has("rows") ? (int) saved.number("rows") : 0, kept.size())
                    .clear();
        }

        @Override
        public void write(RecordBatch rows) {
            List<String> texts =
                    Table.of(rows).toRows().stream().map(Row::toString).toList();
            kept.addAll(texts.subList(0, texts.size() / 2));
            faults.step("write");
            kept.addAll(texts.subList(texts.size() / 2, texts.size()));
        }

        @Override
        public Position save(long checkpoint) {
            faults.step("save");
            return Position.START.with("rows", kept.size());
        }

        @Override
        public void committed(long checkpoint) {
            faults.step("committed");
        }

        @Override
        public void end() {
            faults.step("end");
        }

        @Override
        public void close() {}
    }

    /** A sink that holds another number of bytes after each batch, sometimes more than there may be. */
    private static final class HoldingSink implements FrameSink {
        private final String name;
        private final Faults faults;
        private long held;

        HoldingSink(String name, Faults faults) {
            this.name = name;
            this.faults = faults;
        }

        @Override
        public String target() {
            return name;
        }

        @Override
        public void open(Schema schema) {}

        @Override
        public void write(RecordBatch rows) {
            held++;
        }

        @Override
        public long bytes() {
            return faults.fails("reservation") ? 1L << 40 : held;
        }

        @Override
        public void end() {}

        @Override
        public void close() {}
    }
}

package io.streamz.frames.internal.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.core.DataException;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.ArrowIpc;
import io.streamz.frames.Field;
import io.streamz.frames.FrameSink;
import io.streamz.frames.FrameSource;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import io.streamz.frames.internal.Cells;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Arrow IPC against Arrow's own reader and writer, against damaged files, and as it comes. */
final class ArrowIpcTest {
    private static final long SEED = 20261128;
    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(20);
    private static final Schema SCHEMA = Schema.of(
            new Field("bool", DataType.BOOL),
            new Field("i8", DataType.INT8),
            new Field("i16", DataType.INT16),
            new Field("i32", DataType.INT32),
            new Field("i64", DataType.INT64),
            new Field("f32", DataType.FLOAT32),
            new Field("f64", DataType.FLOAT64),
            new Field("text", DataType.UTF8),
            new Field("bytes", DataType.BINARY),
            new Field("date", DataType.DATE),
            new Field("time", DataType.time(ChronoUnit.MICROS)),
            new Field("ms", DataType.timestamp(ChronoUnit.MILLIS)),
            new Field("ns", DataType.timestamp(ChronoUnit.NANOS, "UTC")),
            new Field("money", DataType.decimal(38, 4)));

    @TempDir
    private Path directory;

    @AfterEach
    void nothingIsLeft() {
        assertThat(RecordBatch.arrowBytes()).isZero();
    }

    private static RecordBatch batch(int rows, Random random) {
        Lane[] lanes = new Lane[SCHEMA.size()];
        for (int column = 0; column < lanes.length; column++) {
            lanes[column] = SCHEMA.type(column).kind().lane();
            lanes[column].reset(rows);
            for (int row = 0; row < rows; row++) {
                put(SCHEMA.type(column), lanes[column], row, random);
                if (random.nextInt(6) == 0) {
                    lanes[column].setNull(row);
                }
            }
        }
        return RecordBatch.of(SCHEMA, lanes);
    }

    private static void put(DataType type, Lane lane, int row, Random random) {
        if (lane instanceof LongLane longs) {
            int bits =
                    type.kind() == Kind.BOOL ? 2 : type.kind() == Kind.DATE ? 20 : type.bits() == 0 ? 36 : type.bits();
            long value = random.nextLong() >> 64 - bits;
            longs.values()[row] = type.kind() == Kind.BOOL || type.kind() == Kind.TIME ? Math.abs(value) & 1 : value;
        } else if (lane instanceof DoubleLane doubles) {
            double value = random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian();
            doubles.values()[row] = type.bits() == 32 ? (float) value : value;
        } else if (lane instanceof WideLane wide) {
            wide.low()[row] = random.nextLong();
            wide.high()[row] = random.nextInt(1999) - 999L;
        } else {
            byte[] text = "\u00e9\ud83d\ude00ab"
                    .substring(0, new int[] {0, 1, 3, 5}[random.nextInt(4)])
                    .getBytes(StandardCharsets.UTF_8);
            ((TextLane) lane).set(row, text, 0, text.length);
        }
    }

    private static void add(RecordBatch batch, Schema schema, List<String> rows) {
        for (int row = 0; row < batch.rows(); row++) {
            StringJoiner line = new StringJoiner("|");
            for (int column = 0; column < schema.size(); column++) {
                line.add(cell(schema.type(column), batch.lane(column), row));
            }
            rows.add(line.toString());
        }
    }

    private static String cell(DataType type, Lane lane, int row) {
        if (lane.isNull(row)) {
            return "-";
        }
        if (lane instanceof LongLane longs) {
            return Long.toString(longs.values()[row]);
        }
        return type.kind() == Kind.BINARY
                ? HexFormat.of().formatHex((byte[]) Cells.value(type, lane, row))
                : String.valueOf(Cells.value(type, lane, row));
    }

    private List<String> write(FrameSink sink, int batches, int rowsOfEach) throws IOException {
        Random random = new Random(SEED);
        List<String> written = new ArrayList<>();
        sink.open(SCHEMA);
        for (int i = 0; i < batches; i++) {
            try (RecordBatch batch = batch(rowsOfEach, random)) {
                sink.write(batch);
                add(batch, SCHEMA, written);
            }
        }
        sink.end();
        sink.close();
        return written;
    }

    private static List<String> rows(FrameSource from) {
        List<String> rows = new ArrayList<>();
        Source<RecordBatch> source = from.open(column -> true);
        try {
            while (source.poll(batch -> add(batch, from.schema(), rows)) != Progress.END) {
                // Until there is no more.
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            source.close();
        }
        return rows;
    }

    /** Runs Arrow's own code, with the flags it needs. */
    private static List<String> arrowJava(String what, Path file) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ArrowJava.class.getName(),
                        what,
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }

    @Test
    void whatIsWrittenReadsBackHereAndByArrow() throws Exception {
        Path file = directory.resolve("a.arrow");
        List<String> written = write(ArrowIpc.to(file), 3, 700);
        assertThat(ArrowIpc.read(file).schema()).isEqualTo(SCHEMA);
        assertThat(rows(ArrowIpc.read(file))).isEqualTo(written);
        assertThat(arrowJava("read", file)).isEqualTo(written);
        Path stream = directory.resolve("a.arrows");
        try (OutputStream out = Files.newOutputStream(stream)) {
            write(ArrowIpc.to(out), 2, 9000);
        }
        assertThat(arrowJava("read", stream))
                .isEqualTo(rows(ArrowIpc.read(stream)))
                .hasSize(18_000);
        Path none = directory.resolve("none.arrow");
        assertThat(write(ArrowIpc.to(none), 0, 0)).isEmpty();
        assertThat(rows(ArrowIpc.read(none))).isEmpty();
    }

    @Test
    void filesOfArrowAreRead() throws Exception {
        for (String kind : List.of("file", "stream")) {
            Path file = directory.resolve("java." + kind);
            arrowJava(kind, file);
            assertThatThrownBy(() -> ArrowIpc.read(file).schema())
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("column 'list' of " + file + " is a list");
            assertThat(rows(ArrowIpc.read(file).columns("id", "u", "word", "large", "date", "real", "money")))
                    .isEqualTo(IntStream.range(0, ArrowJava.rows())
                            .mapToObj(ArrowJava::expected)
                            .toList());
        }
    }

    @Test
    void readingGoesOnAtEverySavedPosition() throws Exception {
        Path file = directory.resolve("a.arrow");
        List<String> written = write(ArrowIpc.to(file), 2, 20_000);
        List<String> rows = new ArrayList<>();
        Position saved = Position.START;
        Progress progress;
        do {
            Source<RecordBatch> source = ArrowIpc.read(file).open(column -> true);
            source.restore(saved);
            progress = source.poll(batch -> add(batch, SCHEMA, rows));
            saved = source.position();
            source.close();
        } while (progress != Progress.END);
        assertThat(rows).isEqualTo(written);
    }

    @Test
    void aFollowedFileIsReadOnceWhenItsEndHasCome() throws Exception {
        Path made = directory.resolve("made");
        write(ArrowIpc.to(made), 1, 100);
        byte[] file = Files.readAllBytes(made);
        try (OutputStream out = Files.newOutputStream(made)) {
            write(ArrowIpc.to(out), 1, 100);
        }
        byte[] stream = Files.readAllBytes(made);
        write(ArrowIpc.to(directory.resolve("first.arrow")), 1, 1);
        Source<RecordBatch> source = ArrowIpc.tail(directory).open(column -> true);
        List<String> rows = new ArrayList<>();
        int expected = 1;
        for (byte[] whole : List.of(file, stream)) {
            Path grows = directory.resolve(whole == file ? "grows.arrow" : "grows.arrows");
            for (int length : new int[] {0, 6, 8, whole.length / 2, whole.length - 1}) {
                Files.write(grows, Arrays.copyOf(whole, length));
                look(source, rows);
                assertThat(rows).hasSize(expected);
            }
            Files.write(grows, whole);
            look(source, rows);
            look(source, rows);
            expected += 100;
            assertThat(rows).hasSize(expected);
        }
        source.close();
    }

    private static void look(Source<RecordBatch> source, List<String> rows) throws Exception {
        while (!source.poll(batch -> add(batch, SCHEMA, rows)).isIdle()) {
            // Until it waits.
        }
    }

    private static void count(FrameSource from) {
        Source<RecordBatch> source = from.open(column -> true);
        try {
            while (source.poll(batch -> {}) != Progress.END) {
                // Until there is no more.
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            source.close();
        }
    }

    /** Reads a file, and says what is wrong with the way it ended; null where it ended as it should. */
    private static String ending(Path file) {
        long start = System.nanoTime();
        String wrong = null;
        try {
            count(ArrowIpc.read(file));
        } catch (DataException e) {
            wrong = e.getMessage().contains(file.toString()) ? null : "does not name the file: " + e.getMessage();
        } catch (RuntimeException | Error e) {
            wrong = "ends in " + e;
        }
        return System.nanoTime() - start > DEADLINE ? "took longer than the deadline" : wrong;
    }

    @Test
    @Timeout(120)
    void everyDamagedFileEndsInOneError() throws Exception {
        List<String> wrong = new ArrayList<>();
        List<Path> files = shared("data/bad/arrow-ipc");
        for (Path file : files) {
            String ending = ending(file);
            if (ending != null) {
                wrong.add(file.getFileName() + " " + ending);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(files).hasSizeGreaterThan(50);
    }

    @Test
    @Timeout(120)
    void aFileWithChangedBytesEndsInRowsOrOneError() throws Exception {
        Path good = directory.resolve("good.arrow");
        write(ArrowIpc.to(good), 2, 50);
        byte[] bytes = Files.readAllBytes(good);
        Path bad = directory.resolve("bad.arrow");
        Random random = new Random(SEED);
        for (int attempt = 0; attempt < Integer.getInteger("streamz.tries", 300); attempt++) {
            byte[] changed = bytes.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            Files.write(bad, random.nextInt(5) == 0 ? Arrays.copyOf(changed, random.nextInt(changed.length)) : changed);
            assertThat(ending(bad)).as("attempt %s of seed %s", attempt, SEED).isNull();
        }
    }

    /** A frame by hand: a literal, a match that overlaps itself, a block as it is. */
    @Test
    void lz4FramesAreUnpacked() throws IOException {
        // Token 1f: one literal 'a', a match of distance 1 and of 15 + 5 + 4 bytes; token 50: five literals, and the
        // end.
        byte[] frame = HexFormat.of()
                .parseHex("04224d18604000" + "0b000000" + "1f61010005" + "506263646566" + "03000080" + "67686a"
                        + "00000000");
        byte[] out = new byte[25 + 5 + 3];
        Lz4Frame.unpack(frame, 0, frame.length, out);
        assertThat(new String(out, StandardCharsets.US_ASCII)).isEqualTo("a".repeat(25) + "bcdef" + "ghj");
        byte[] tooSmall = new byte[20];
        byte[] same = frame;
        assertThatThrownBy(() -> Lz4Frame.unpack(same, 0, same.length, tooSmall))
                .isInstanceOf(IOException.class);
    }

    private static List<Path> shared(String name) throws IOException {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve("shared").resolve(name);
            if (Files.isDirectory(found)) {
                try (Stream<Path> files = Files.list(found)) {
                    return files.sorted().toList();
                }
            }
        }
        Assumptions.abort("the shared data are not there");
        return List.of();
    }
}

package io.streamz.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.frames.Drift;
import io.streamz.frames.Projection;
import io.streamz.frames.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files written by us and by DuckDB, read whole, from saved positions and as they come. */
final class ParquetTest {
    private static final long SEED = 20261128;

    @TempDir
    private Path directory;

    private static void duck(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A file of DuckDB with several row groups: {@code id} from 0, {@code word} by dictionary, {@code half} with nulls. */
    private Path numbers(String name, int rows) throws SQLException {
        Path file = directory.resolve(name);
        duck("COPY (SELECT range::BIGINT AS id, 'w' || (range % 7) AS word,"
                + " CASE WHEN range % 2 = 0 THEN range / 2.0 END AS half FROM range(" + rows + ")) TO '" + file
                + "' (FORMAT parquet, ROW_GROUP_SIZE 20000)");
        return file;
    }

    private static List<Long> ids(List<Row> rows) {
        return rows.stream().map(row -> row.int64("id")).toList();
    }

    private static List<Long> upTo(long rows) {
        return LongStream.range(0, rows).boxed().toList();
    }

    @Test
    void whatIsWrittenReadsBackAsTheSameRows() throws IOException {
        for (int rows : new int[] {0, 1, 699, 5000}) {
            Path file = directory.resolve("all" + rows + ".parquet");
            List<Row> written = RandomFile.write(file, rows, new Random(SEED + rows));
            assertThat(Parquet.read(file).schema()).isEqualTo(RandomFile.SCHEMA);
            assertThat(Read.all(Parquet.read(file))).isEqualTo(written);
        }
        try (var files = Files.list(directory)) {
            assertThat(files).as("nothing else is left").hasSize(4);
        }
    }

    @Test
    void readingGoesOnAtEverySavedPosition() throws Exception {
        Path file = numbers("n.parquet", 50_000);
        Position saved = Position.START;
        List<Row> rows = new ArrayList<>();
        while (true) {
            // Another reader for each poll, as after a kill.
            try (Read read = new Read(Parquet.read(file), column -> true, saved)) {
                Progress progress = read.poll();
                rows.addAll(read.rows);
                saved = read.position();
                if (progress == Progress.END) {
                    break;
                }
            }
        }
        assertThat(ids(rows)).isEqualTo(upTo(50_000));
    }

    @Test
    void aColumnThatIsNeededLaterComesFromTheNextBatchOn() throws Exception {
        Path file = numbers("n.parquet", 50_000);
        boolean[] needed = {true, false, false};
        Projection growing = column -> needed[column];
        List<List<Object>> seen = new ArrayList<>();
        var source = Parquet.read(file).open(growing);
        int[] polls = {0};
        Progress progress;
        do {
            needed[1] |= polls[0] > 0;
            needed[2] |= polls[0] > 4;
            progress = source.poll(batch -> {
                polls[0]++;
                for (int row = 0; row < batch.rows(); row++) {
                    String word = needed[1] ? ((TextLane) batch.lane(1)).text(row) : null;
                    long id = ((LongLane) batch.lane(0)).values()[row];
                    boolean isNull = needed[2] && batch.lane(2).isNull(row);
                    assertThat(word).isIn(null, "w" + id % 7);
                    assertThat(isNull).isEqualTo(needed[2] && id % 2 == 1);
                    seen.add(Arrays.asList(id, word));
                }
            });
        } while (progress != Progress.END);
        source.close();
        assertThat(seen).hasSize(50_000);
        assertThat(seen.get(49_999)).isEqualTo(List.of(49_999L, "w5"));
    }

    @Test
    void aFileIsReadOnceAndWhenItIsWhole() throws Exception {
        Path first = numbers("a.parquet", 30);
        byte[] whole = Files.readAllBytes(numbers("made.tmp", 40));
        try (Read read = new Read(Parquet.tail(directory))) {
            assertThat(read.look()).hasSize(30);
            Path second = directory.resolve("b.parquet");
            for (int length : new int[] {0, 4, whole.length / 2, whole.length - 1}) {
                Files.write(second, Arrays.copyOf(whole, length));
                assertThat(read.look()).as("%s bytes are there", length).hasSize(30);
            }
            Files.write(second, whole);
            assertThat(read.look()).hasSize(70);
            Files.move(first, directory.resolve("c.parquet"));
            Files.setLastModifiedTime(second, FileTime.fromMillis(1000));
            assertThat(read.look())
                    .as("a new name and a new time are no new file")
                    .hasSize(70);
            // A copy with another identity in its place, as mv makes it from another disk.
            Files.delete(second);
            Files.write(directory.resolve("d.parquet"), whole);
            assertThat(read.look()).as("a moved file").hasSize(70);
            Files.write(directory.resolve("e.parquet"), whole);
            assertThat(read.look())
                    .as("two files of the same rows are two files")
                    .hasSize(110);
        }
    }

    @Test
    void followingGoesOnAfterARestart() throws Exception {
        numbers("a.parquet", 20_001);
        numbers("b.parquet", 9_000);
        Position saved;
        List<Row> rows = new ArrayList<>();
        try (Read read = new Read(Parquet.tail(directory))) {
            read.poll();
            read.poll();
            saved = read.position();
            rows.addAll(read.rows);
        }
        numbers("c.parquet", 10);
        try (Read read = new Read(Parquet.tail(directory), column -> true, saved)) {
            rows.addAll(read.look());
            saved = read.position();
        }
        assertThat(rows).hasSize(29_011);
        try (Read read = new Read(Parquet.tail(directory), column -> true, saved)) {
            assertThat(read.look()).isEmpty();
        }
    }

    @Test
    void aFileThatWasWrittenAnewIsAnErrorForAReaderThatEnds() throws Exception {
        Path file = numbers("n.parquet", 20_000);
        Position saved;
        try (Read read = new Read(Parquet.read(file))) {
            read.poll();
            saved = read.position();
        }
        Path other = numbers("m.parquet", 30_000);
        Files.write(file, Files.readAllBytes(other));
        try (Read read = new Read(Parquet.read(file), column -> true, saved)) {
            assertThatThrownBy(read::poll)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("n.parquet is not the file that was read before");
        }
    }

    @Test
    void nestedColumnsAreRefusedByName() throws Exception {
        Path file = directory.resolve("nested.parquet");
        duck("COPY (SELECT 1 AS a, [1, 2] AS list, {'x': 1} AS both, MAP {'k': 1} AS pairs) TO '" + file
                + "' (FORMAT parquet)");
        assertThatThrownBy(() -> Parquet.read(file).schema())
                .isInstanceOf(DataException.class)
                .hasMessage("column 'list' of " + file
                        + " is a list, which is no column of a frame; name the columns to read");
        assertThatThrownBy(() -> Parquet.read(file).columns("both").schema()).hasMessageContaining("is a struct");
        assertThatThrownBy(() -> Parquet.read(file).columns("pairs").schema()).hasMessageContaining("is a map");
        assertThat(Read.all(Parquet.read(file).columns("a"))).hasSize(1);
        assertThatThrownBy(() -> Parquet.read(file).columns("b").schema())
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("no column 'b' in nested[a]");
    }

    @Test
    void otherColumnsAreDrift() throws Exception {
        numbers("a.parquet", 3);
        Path other = directory.resolve("b.parquet");
        duck("COPY (SELECT 9::BIGINT AS id, true AS extra) TO '" + other + "' (FORMAT parquet)");
        assertThatThrownBy(() -> Read.all(Parquet.read(directory)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("b.parquet: there is no column 'word' in [id, extra]");
        assertThat(Read.all(Parquet.read(directory).drift(Drift.NULL)).get(3).toString())
                .isEqualTo("{id=9, word=null, half=null}");
        assertThat(Read.all(Parquet.read(directory).drift(Drift.WIDEN)).get(3).toString())
                .isEqualTo("{id=9, word=null, half=null, extra=true}");
        duck("COPY (SELECT 'x' AS id) TO '" + other + "' (FORMAT parquet)");
        assertThatThrownBy(() -> Read.all(Parquet.read(directory).drift(Drift.NULL)))
                .hasMessageContaining("column 'id' is utf8, in other files int64");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatThrownBy(() -> Parquet.read(directory.resolve("no.parquet")).schema())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> Parquet.read(directory).schema())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("there is no whole Parquet file in");
        assertThatThrownBy(() -> Parquet.to(directory.resolve("no/out.parquet")).open(RandomFile.SCHEMA))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("there is no folder ");
    }

    @Test
    void aFileThatIsNotEndedDoesNotAppear() throws IOException {
        var sink = Parquet.to(directory.resolve("out.parquet"));
        sink.open(RandomFile.SCHEMA);
        sink.close();
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    /** Nobody waits for the end of a file that will never have one. */
    @Test
    void whatIsNoParquetFileIsToldAtOnceWhileItIsFollowed() throws IOException {
        Path file = directory.resolve("x.parquet");
        Files.writeString(file, "PAR");
        assertThatThrownBy(() -> Parquet.tail(file).schema())
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.code()).isEqualTo("empty-file"));
        Files.writeString(file, "id,v");
        assertThatThrownBy(() -> Parquet.tail(file).schema())
                .hasMessageContaining(
                        "x.parquet is not a Parquet file: its first bytes are those of another kind of file");
    }
}

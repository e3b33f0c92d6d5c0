package io.streamz.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.LongLane;
import io.streamz.core.DataException;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.frames.ColumnRanges;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Projection;
import io.streamz.frames.Row;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.View;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which row groups and columns of a file are read. What must not be read is damaged first. */
final class RowGroupsTest {
    private static final int GROUP = 2048;
    private static final int GROUPS = 6;

    @TempDir
    private Path directory;

    /** {@code id} counts from 0, {@code part} is its row group, {@code word} a text in its order, {@code half} with nulls and NaN, {@code quarter} with nulls. */
    private Path file() throws SQLException {
        Path file = directory.resolve("rows.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("COPY (SELECT range::BIGINT AS id, (range // " + GROUP + ")::INTEGER AS part,"
                    + " 'w' || lpad(range::VARCHAR, 6, '0') AS word,"
                    + " CASE WHEN range % 5 = 0 THEN NULL WHEN range % 5 = 1 THEN 'NaN'::DOUBLE ELSE range / 4.0 END AS half,"
                    + " CASE WHEN range % 5 > 0 THEN range / 4.0 END AS quarter,"
                    + " TIMESTAMP '2026-01-01' + INTERVAL (range) SECOND AS t, (range % 10)::TINYINT AS digit,"
                    + " DATE '2026-01-01' + (range // 100)::INTEGER AS day, range % 3 = 0 AS third,"
                    + " (range / 8)::DECIMAL(12,2) AS money, (range + 4000000000)::UINTEGER AS large"
                    + " FROM range(" + GROUP * GROUPS + ")) TO '" + file + "' (FORMAT parquet, ROW_GROUP_SIZE " + GROUP
                    + ")");
        }
        return file;
    }

    /** Writes zeros over the pages of these columns in row groups but the kept ones. */
    private static void damage(Path file, Set<Integer> keptGroups, Set<String> keptColumns) throws IOException {
        var options =
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        List<BlockMetaData> blocks;
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            blocks = reader.getRowGroups();
        }
        assertThat(blocks).hasSize(GROUPS);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (int group = 0; group < blocks.size(); group++) {
                for (ColumnChunkMetaData chunk : blocks.get(group).getColumns()) {
                    if (!keptGroups.contains(group)
                            || !keptColumns.contains(chunk.getPath().toDotString())) {
                        bytes.seek(chunk.getStartingPos());
                        bytes.write(new byte[(int) chunk.getTotalSize()]);
                    }
                }
            }
        }
    }

    private static void run(Path file, Consumer<StreamFrame> plan) {
        try (Pipeline pipeline = Pipeline.create("test")) {
            plan.accept(pipeline.read(Parquet.read(file)));
            pipeline.run();
        }
    }

    private static List<Row> rows(Path file, String condition) {
        List<Row> rows = new ArrayList<>();
        run(file, f -> f.filter(condition).sink(rows::add));
        return rows;
    }

    /** The same behind a step, where no condition can be known to the file. */
    private static List<Row> allRead(Path file, String condition) {
        List<Row> rows = new ArrayList<>();
        run(file, f -> f.assign("zero", "0").filter(condition).drop("zero").sink(rows::add));
        return rows;
    }

    @Test
    void onlyRowGroupsThatMayHaveARowAreRead() throws Exception {
        List<String> conditions = List.of(
                "id between 5000 and 5002",
                "id >= 5000 and id < 5003",
                "5000 <= id and 5003 > id",
                "id in (5000, 5001, 5002)",
                "word >= 'w005000' and word < 'w005003'",
                "t >= '2026-01-01T01:23:20Z' and t < '2026-01-01T01:23:23Z'",
                "quarter >= 1250.25 and quarter <= 1250.5 or id = 5000",
                "large >= 4000005000 and large < 4000005003",
                "part = 2 and id > 4999 and digit + 1 < 4 and id < 5010",
                "(id = 5000 or id = 5001 or word = 'w005002') and third is not null");
        for (String condition : conditions) {
            Path file = file();
            List<Row> expected = allRead(file, condition);
            assertThat(expected).as(condition).hasSize(3);
            damage(
                    file,
                    Set.of(2),
                    Set.of("id", "part", "word", "half", "quarter", "t", "digit", "day", "third", "money", "large"));
            assertThat(rows(file, condition)).as(condition).isEqualTo(expected);
        }
    }

    @Test
    void onlyColumnsThatSomebodyReadsAreRead() throws Exception {
        Path file = file();
        damage(file, Set.of(0, 1, 2, 3, 4, 5), Set.of("id", "digit"));
        List<View> views = new ArrayList<>();
        run(file, f -> views.add(f.filter("digit = 7").agg("count(), max(id)").view()));
        assertThat(views.get(0).now().toRows().get(0).int64("count")).isEqualTo(GROUP * GROUPS / 10 + 1);
        assertThatThrownBy(() -> run(file, f -> f.agg("count(word)").view()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("rows.parquet");
    }

    /** A row group is read when one of several plans may want a row of it. */
    @Test
    void whatAnyPlanWantsIsRead() throws Exception {
        Path file = file();
        List<Long> low = new ArrayList<>();
        List<Long> high = new ArrayList<>();
        Set<String> all =
                Set.of("id", "part", "word", "half", "quarter", "t", "digit", "day", "third", "money", "large");
        damage(file, Set.of(0, 5), all);
        run(file, f -> {
            f.filter("id < 3").sink(row -> low.add(row.int64("id")));
            f.filter("id >= " + (GROUP * GROUPS - 2)).sink(row -> high.add(row.int64("id")));
        });
        assertThat(low).containsExactly(0L, 1L, 2L);
        assertThat(high).containsExactly(GROUP * GROUPS - 2L, GROUP * GROUPS - 1L);
        assertThatThrownBy(() -> run(file, f -> {
                    f.filter("id < 3").sink(row -> {});
                    f.agg("count(id)").view();
                }))
                .isInstanceOf(DataException.class);
    }

    /** Rows that are left out count: for the place that an error names, and for the position. */
    @Test
    void rowsThatAreLeftOutHaveTheirPlace() throws Exception {
        Path file = file();
        assertThatThrownBy(() -> run(
                        file,
                        f -> f.filter("id >= 9000")
                                .filter("id * 1000000000000000 > 0")
                                .sink(row -> {})))
                .hasMessageContaining("overflow")
                .hasMessageContaining("at row 9225 of the input");
        for (int polls = 1; polls < 4; polls++) {
            List<Long> ids = new ArrayList<>();
            Projection9000 wanted = new Projection9000();
            try (Read first = new Read(Parquet.read(file), wanted, Position.START)) {
                for (int poll = 0; poll < polls; poll++) {
                    first.poll();
                }
                first.rows.forEach(row -> ids.add(row.int64("id")));
                try (Read second = new Read(Parquet.read(file), wanted, first.position())) {
                    while (second.poll() != Progress.END) {
                        // Until there is no more.
                    }
                    second.rows.forEach(row -> ids.add(row.int64("id")));
                }
            }
            assertThat(ids)
                    .as("%d polls", polls)
                    .hasSize(GROUP * 2)
                    .startsWith(8192L)
                    .isSorted();
        }
    }

    /** Wants the ids from 9000 on. */
    private static final class Projection9000 implements Projection {
        @Override
        public boolean needs(int column) {
            return true;
        }

        @Override
        public boolean mayWant(ColumnRanges values) {
            return ((LongLane) values.lane(1)).values()[0] >= 9000;
        }
    }

    /** What a condition that fails would have failed for is not left out. */
    @Test
    void aRowThatFailsStillFails() throws Exception {
        Path file = file();
        String condition = "id * 1000000000000000 >= 0 and id < 5";
        assertThatThrownBy(() -> rows(file, condition)).hasMessageContaining("at row 9225 of the input");
        assertThat(rows(file, "id < 5 and id * 1000000000000000 >= 0")).hasSize(5);
    }

    /** Random conditions over all columns: the rows that are there without statistics. */
    @Test
    void conditionsGiveTheRowsThatTheyGiveWithoutStatistics() throws Exception {
        Path file = file();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int tries = Math.max(40, Integer.getInteger("streamz.tries", 0));
        for (int i = 0; i < tries; i++) {
            String condition = condition(random, 2);
            assertThat(rows(file, condition)).as("%s, seed %d", condition, seed).isEqualTo(allRead(file, condition));
        }
    }

    private static String condition(Random random, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            String joint = random.nextBoolean() ? " and " : " or ";
            String both = "(" + condition(random, depth - 1) + joint + condition(random, depth - 1) + ")";
            return random.nextInt(6) == 0 ? "not " + both : both;
        }
        int id = random.nextInt(GROUP * GROUPS);
        String[] operands = {
            "id|" + id,
            "id|" + (id + 0.5),
            "part|" + id / GROUP,
            "word|'w" + String.format("%06d", id) + "'",
            "half|" + id / 4.0,
            "quarter|" + id / 4.0,
            "half|cast('NaN' as float64)",
            "t|'2026-01-01T0" + id / 3600 + ":" + String.format("%02d", id / 60 % 60) + ":00Z'",
            "digit|" + id % 10,
            "day|'2026-02-01'",
            "third|true",
            "money|" + id / 8,
            "large|" + (id + 4_000_000_000L)
        };
        String[] sides = operands[random.nextInt(operands.length)].split("\\|", 2);
        String[] comparisons = {"=", "<>", "<", "<=", ">", ">="};
        String comparison = sides[0].equals("third") ? "=" : comparisons[random.nextInt(comparisons.length)];
        return random.nextBoolean()
                ? sides[0] + " " + comparison + " " + sides[1]
                : sides[1] + " " + comparison + " " + sides[0];
    }
}

package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.frames.Csv;
import io.streamz.frames.CsvOut;
import io.streamz.frames.LiveTable;
import io.streamz.frames.Pipeline;
import io.streamz.frames.StreamFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ten group-by questions of the H2O database benchmark, each equal to DuckDB's answer. */
class H2oTest {
    private static final int ROWS = 20_000;
    private static final int GROUPS = 10;

    private record Question(int keys, Function<StreamFrame, LiveTable> plan, String sql) {}

    private static Map<String, Question> questions() {
        Map<String, Question> all = new LinkedHashMap<>();
        all.put("q1", new Question(1, f -> f.groupBy("id1").agg("sum(v1)"), "SELECT id1, sum(v1) FROM x GROUP BY ALL"));
        all.put(
                "q2",
                new Question(
                        2,
                        f -> f.groupBy("id1", "id2").agg("sum(v1)"),
                        "SELECT id1, id2, sum(v1) FROM x GROUP BY ALL"));
        all.put(
                "q3",
                new Question(
                        1,
                        f -> f.groupBy("id3").agg("sum(v1), mean(v3)"),
                        "SELECT id3, sum(v1), avg(v3) FROM x GROUP BY ALL"));
        all.put(
                "q4",
                new Question(
                        1,
                        f -> f.groupBy("id4").agg("mean(v1), mean(v2), mean(v3)"),
                        "SELECT id4, avg(v1), avg(v2), avg(v3) FROM x GROUP BY ALL"));
        all.put(
                "q5",
                new Question(
                        1,
                        f -> f.groupBy("id6").agg("sum(v1), sum(v2), sum(v3)"),
                        "SELECT id6, sum(v1), sum(v2), fsum(v3) FROM x GROUP BY ALL"));
        all.put(
                "q6",
                new Question(
                        2,
                        f -> f.groupBy("id4", "id5").agg("median(v3), std(v3)"),
                        "SELECT id4, id5, quantile_cont(v3, 0.5), stddev(v3) FROM x GROUP BY ALL"));
        all.put(
                "q7",
                new Question(
                        1,
                        f -> f.groupBy("id3").agg("max(v1) as a, min(v2) as b").select("id3", "a - b as range"),
                        "SELECT id3, max(v1) - min(v2) FROM x GROUP BY ALL"));
        all.put(
                "q9",
                new Question(
                        2,
                        f -> f.groupBy("id2", "id4").agg("r2(v1, v2)"),
                        "SELECT id2, id4, pow(corr(v1, v2), 2) FROM x GROUP BY ALL"));
        all.put(
                "q10",
                new Question(
                        6,
                        f -> f.groupBy("id1", "id2", "id3", "id4", "id5", "id6").agg("sum(v3), count()"),
                        "SELECT id1, id2, id3, id4, id5, id6, sum(v3), count(*) FROM x GROUP BY ALL"));
        return all;
    }

    private static void write(Path path) throws IOException {
        Random random = new Random(108);
        StringBuilder text = new StringBuilder("id1,id2,id3,id4,id5,id6,v1,v2,v3\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(String.format("id%03d,", 1 + random.nextInt(GROUPS)))
                    .append(String.format("id%03d,", 1 + random.nextInt(GROUPS)))
                    .append(String.format("id%010d,", 1 + random.nextInt(ROWS / GROUPS)))
                    .append(1 + random.nextInt(GROUPS))
                    .append(',')
                    .append(1 + random.nextInt(GROUPS))
                    .append(',')
                    .append(1 + random.nextInt(ROWS / GROUPS))
                    .append(',')
                    .append(1 + random.nextInt(5))
                    .append(',')
                    .append(1 + random.nextInt(15))
                    .append(',')
                    .append(Math.round(random.nextDouble() * 1e8) / 1e6)
                    .append('\n');
        }
        Files.writeString(path, text);
    }

    @Test
    void answersAreDuckDbs(@TempDir Path folder) throws IOException, SQLException {
        Path csv = folder.resolve("x.csv");
        write(csv);
        try (Duck duck = new Duck()) {
            duck.execute("CREATE TABLE x AS SELECT * FROM read_csv('" + csv + "', header = true)");
            for (var question : questions().entrySet()) {
                Path answer = folder.resolve(question.getKey() + ".csv");
                try (var pipeline = Pipeline.create("h2o")) {
                    question.getValue()
                            .plan()
                            .apply(pipeline.read(Csv.read(csv)))
                            .sink(CsvOut.to(answer));
                    pipeline.run();
                }
                duck.assertSame(
                        Files.readString(answer),
                        question.getValue().sql(),
                        question.getValue().keys());
            }
        }
    }

    /** The two largest values of each group: the greatest, and the greatest of the others. */
    @Test
    void theTwoLargestAreDuckDbs(@TempDir Path folder) throws IOException, SQLException {
        Path csv = folder.resolve("x.csv");
        write(csv);
        Path answer = folder.resolve("q8.csv");
        try (Duck duck = new Duck();
                var pipeline = Pipeline.create("h2o")) {
            duck.execute("CREATE TABLE x AS SELECT * FROM read_csv('" + csv + "', header = true)");
            pipeline.read(Csv.read(csv))
                    .groupBy("id6")
                    .agg("nLargest(v3, 2) as largest")
                    .sink(CsvOut.to(answer));
            pipeline.run();
            Map<String, String> ours = new LinkedHashMap<>();
            for (var row : duck.rows("SELECT * FROM read_csv('" + answer + "', all_varchar = true, header = true)")) {
                ours.put((String) row.get(0), (String) row.get(1));
            }
            Map<String, String> theirs = new LinkedHashMap<>();
            for (var row : duck.rows("SELECT id6, max(v3, 2) FROM x GROUP BY ALL")) {
                theirs.put(row.get(0).toString(), row.get(1).toString().replace(" ", ""));
            }
            assertThat(ours).isEqualTo(theirs);
        }
    }
}

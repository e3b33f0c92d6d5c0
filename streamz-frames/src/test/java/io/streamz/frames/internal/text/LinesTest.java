package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.frames.BadRows;
import io.streamz.frames.Csv;
import io.streamz.frames.CsvOf;
import io.streamz.frames.Lines;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Reject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines by a regular expression, logs of web servers, and packed text. */
final class LinesTest {
    private static final long SEED = 20261128;
    private static final String APP = "(?<level>[A-Z]+) (?<took_ms>\\d+)ms(?: user=(?<user>\\w+))? (?<text>.*)";

    @TempDir
    private Path directory;

    private static Lines lines(String pattern, String text) {
        return Lines.of(pattern).read(TextRows.stream(text), "app.log");
    }

    @Test
    void aNamedGroupIsAColumn() {
        Lines rows =
                lines(APP, "INFO 12ms user=ann started \u00e9\n\nWARN 3ms \ud83d\ude00 slow\r\nINFO 0ms \"q\" \"\"\n");
        assertThat(rows.schema().toString()).isEqualTo("[level: utf8, took_ms: int64, user: utf8, text: utf8]");
        assertThat(TextRows.rows(rows))
                .containsExactly("INFO|12|ann|started \u00e9", "WARN|3|-|\ud83d\ude00 slow", "INFO|0|-|\"q\" \"\"");
    }

    @Test
    void aLineThatDoesNotMatchIsABadRow() {
        List<Reject> rejects = new ArrayList<>();
        Lines rows = lines(APP, "INFO 1ms a\nsomething else\nINFO 2ms b")
                .badRows(BadRows.SKIP)
                .onReject(rejects::add);
        assertThat(TextRows.rows(rows)).containsExactly("INFO|1|-|a", "INFO|2|-|b");
        assertThat(rejects)
                .containsExactly(
                        new Reject("the line does not match the pattern", null, "something else", "app.log", 11, 2));
        assertThatThrownBy(() -> TextRows.rows(lines(APP, "INFO 1ms a\nsomething else\n")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("app.log, line 2: the line does not match the pattern: 'something else'");
    }

    @Test
    @Timeout(30)
    void backtrackingIsBounded() {
        String line = "a".repeat(5000);
        assertThatThrownBy(() ->
                        TextRows.rows(lines("(?<x>(?:a|a)*)b", line + "\n").types("x:utf8")))
                .isInstanceOf(DataException.class)
                .hasMessageMatching("(?s).*the pattern takes too (long|much stack) to match the line.*");
        assertThatThrownBy(
                        () -> TextRows.rows(lines("(?<x>(?:a+)+)b", line + "\n").types("x:utf8")))
                .hasMessageContaining("the pattern takes too long to match the line");
    }

    @Test
    void wrongPatternsAreToldWhenTheyAreGiven() {
        assertThatThrownBy(() -> Lines.of("([a-z]+)"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("it has no named group");
        assertThatThrownBy(() -> Lines.of("(?<a>x)(?<a>y)")).hasMessageContaining("two groups are named 'a'");
        assertThatThrownBy(() -> Lines.of("(?<a>x")).hasMessageContaining("Unclosed group");
        assertThatThrownBy(() -> Lines.of("(?<a b>x)")).hasMessageContaining("'a b' is no name of a group");
        assertThatThrownBy(() -> Lines.of("(?<when>x)").time("wen", "yyyy"))
                .hasMessageContaining("did you mean 'when'?");
        assertThatThrownBy(() -> Lines.of("(?<t>x)").time("t", "yyyy-foo"))
                .hasMessageContaining("is no pattern of times");
        assertThat(TextRows.rows(lines("[(?<]\\(?<(?<a_b>.)\\Q(?<no>\\E\\k<a_b>", "((<x(?<no>x\n")))
                .containsExactly("x");
    }

    @Test
    void timesAreReadByTheirPattern() {
        Lines rows = Lines.of("(?<t>\\S+ \\S+) (?<u>\\S+)")
                .time("t", "dd.MM.yyyy HH:mm")
                .time("u", "yyyy/MM/dd")
                .read(TextRows.stream("01.03.2024 10:20 2024/03/01\n"), "x")
                .types("u:timestamp(s)");
        assertThat(rows.schema().toString()).isEqualTo("[t: timestamp(ns), u: timestamp(s)]");
        assertThat(TextRows.rows(rows)).containsExactly("2024-03-01T10:20:00Z|2024-03-01T00:00:00Z");
    }

    @Test
    void logsOfWebServers() {
        String common = """
                127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326
                ::1 - - [10/Oct/2000:13:55:37 -0700] "\\x16\\x03 \\"odd\\"" 400 -
                h - - [10/Oct/2000:13:55:37 -0700] "-" 408 -
                """;
        assertThat(TextRows.rows(Lines.common().read(TextRows.stream(common), "x")))
                .containsExactly(
                        "127.0.0.1|-|frank|2000-10-10T20:55:36Z|GET /a.gif HTTP/1.0|GET|/a.gif|HTTP/1.0|200|2326",
                        "::1|-|-|2000-10-10T20:55:37Z|\\x16\\x03 \\\"odd\\\"|-|-|-|400|-",
                        "h|-|-|2000-10-10T20:55:37Z|-|-|-|-|408|-");
        String combined =
                "1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"Agent \\\"x\\\" (y)\"\n";
        assertThat(TextRows.rows(Lines.combined().read(TextRows.stream(combined), "x")))
                .containsExactly(
                        "1.2.3.4|-|-|2015-05-17T10:05:03Z|GET / HTTP/1.1|GET|/|HTTP/1.1|200|5|-|Agent \\\"x\\\" (y)");
    }

    /** A real log, against counts that DuckDB makes with an expression of its own. */
    @Test
    void aRealLogHasTheSameCounts() throws Exception {
        Path file = shared("data/real/apache_logs.log");
        String group =
                "regexp_extract(line, '^(\\S+) \\S+ \\S+ \\[[^\\]]*\\] \"(\\S+) .*\" (\\d{3}) (\\d+|-) \".*\" \".*\"$', ";
        String sql = "SELECT " + group + "3) AS status, count(*), sum(try_cast(" + group
                + "4) AS BIGINT)), count(DISTINCT "
                + group + "1)) FROM (SELECT unnest(string_split(content, chr(10))) AS line FROM read_text('" + file
                + "')) WHERE line <> '' AND status <> '' GROUP BY 1 ORDER BY 1";
        List<String> expected = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var result = connection.createStatement().executeQuery(sql)) {
            while (result.next()) {
                expected.add(result.getLong(1) + " " + result.getLong(2) + " " + result.getLong(3) + " "
                        + result.getLong(4));
            }
        }
        try (Pipeline pipeline = Pipeline.create("log")) {
            // One line of the ten thousand breaks off in its last field.
            List<Reject> rejects = new ArrayList<>();
            var answer = pipeline.read(
                            Lines.combined().read(file).badRows(BadRows.SKIP).onReject(rejects::add))
                    .groupBy("status")
                    .agg("count() as n, sum(bytes) as b, nunique(host) as h")
                    .view();
            pipeline.run();
            assertThat(answer.now().sort("status").toRows().stream()
                            .map(row -> row.int64("status") + " " + row.int64("n") + " " + row.int64("b") + " "
                                    + row.int64("h"))
                            .toList())
                    .isEqualTo(expected)
                    .hasSizeGreaterThan(5);
            assertThat(rejects).extracting(Reject::line).containsExactly(8899L);
            assertThat(answer.now().toRows().stream()
                            .mapToLong(row -> row.int64("n"))
                            .sum())
                    .isEqualTo(9999);
        }
    }

    private static Path shared(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("shared").resolve(name))) {
                return at.resolve("shared").resolve(name);
            }
        }
        Assumptions.abort("the shared data are not there");
        return null;
    }

    /** Wherever reads cut the bytes, the rows are the same. */
    @Test
    void cutsDoNotShow() {
        Random random = new Random(SEED);
        for (int attempt = 0; attempt < Integer.getInteger("streamz.tries", 200); attempt++) {
            StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "\ufeff" : "");
            List<String> expected = new ArrayList<>();
            for (int line = 0; line < 20; line++) {
                String word = List.of("\u00e9", "\ud83d\ude00", "a b", "lone\rreturn", "\"")
                        .get(random.nextInt(5));
                boolean isGood = random.nextInt(5) > 0;
                text.append(isGood ? "X " : "x ").append(line).append(' ').append(word);
                text.append(List.of("\n", "\r\n", "\n\n").get(random.nextInt(3)));
                if (isGood) {
                    expected.add("X|" + line + "|" + word);
                }
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            LineFormat format = LineFormat.of("(?<a>[A-Z]) (?<b>\\d+) (?<c>(?s:.*))");
            assertThat(TextRows.rows(CsvOf.lines(new CutOrigin(bytes, random), format, "x")
                            .types("a:utf8,b:int64,c:utf8")
                            .badRows(BadRows.SKIP)))
                    .as("attempt %s of seed %s: %s", attempt, SEED, text)
                    .isEqualTo(expected);
        }
    }

    @Test
    void packedTextIsUnpacked() throws IOException {
        byte[] text = "a,b\n1,x\n2,y\n".getBytes(StandardCharsets.UTF_8);
        byte[] zstd = Zstd.compress(text);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(gzip)) {
            out.write(text);
        }
        for (byte[] packed : List.of(zstd, gzip.toByteArray())) {
            Path file = directory.resolve("packed");
            Files.write(file, packed);
            assertThat(TextRows.rows(Csv.read(file))).containsExactly("1|x", "2|y");
            assertThat(TextRows.rows(Csv.read(new ByteArrayInputStream(packed), "x")))
                    .containsExactly("1|x", "2|y");
            Files.write(file, Arrays.copyOf(packed, packed.length - 3));
            assertThatThrownBy(() -> TextRows.rows(Csv.read(file).types("a:int64,b:utf8")))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("cut off");
        }
        Path two = directory.resolve("two.csv.zst");
        Files.write(two, zstd);
        Files.write(two, Zstd.compress("3,z\n".getBytes(StandardCharsets.UTF_8)), StandardOpenOption.APPEND);
        assertThat(TextRows.rows(Csv.read(directory)))
                .as("all frames, and by the name")
                .containsExactly("1|x", "2|y", "3|z");
    }

    @Test
    void aPackedFileThatGrowsIsFollowed() throws Exception {
        byte[] zstd = Zstd.compress(("a\n" + "17\n".repeat(100_000)).getBytes(StandardCharsets.UTF_8));
        Path file = directory.resolve("grows.csv.zst");
        Files.write(file, Arrays.copyOf(zstd, zstd.length / 2));
        try (Followed followed = new Followed(Csv.tail(file).types("a:int64"))) {
            for (int look = 0; look < 40; look++) {
                followed.look();
            }
            for (int at = zstd.length / 2; at < zstd.length; at++) {
                Files.write(file, new byte[] {zstd[at]}, StandardOpenOption.APPEND);
                followed.look();
            }
            assertThat(followed.look()).hasSize(100_000);
            followed.restart();
            Files.write(file, Zstd.compress("18\n".getBytes(StandardCharsets.UTF_8)), StandardOpenOption.APPEND);
            assertThat(followed.look()).hasSize(100_001).endsWith("18");
        }
    }

    @Test
    void aMarkThatComesLateIsNoText() throws IOException {
        Path file = directory.resolve("app.log");
        Files.createFile(file);
        try (Followed followed = new Followed(Lines.of("(?<a>.*)").tail(file).types("a:utf8"))) {
            assertThat(followed.look()).isEmpty();
            byte[] text = "\ufeffx\n".getBytes(StandardCharsets.UTF_8);
            for (byte next : text) {
                Files.write(file, new byte[] {next}, StandardOpenOption.APPEND);
                followed.look();
            }
            assertThat(followed.look()).containsExactly("x");
        }
    }

    @Test
    void aBombOfZstdIsRefused() throws IOException {
        Path file = directory.resolve("bomb.csv.zst");
        Files.write(file, Zstd.compress(new byte[200 << 20]));
        assertThatThrownBy(() -> TextRows.rows(Csv.read(file).types("a:utf8")))
                .isInstanceOf(DataException.class)
                .hasMessageMatching("(?s).*(1000 times its size|not a CSV file|more than \\d+ bytes).*");
    }
}

package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command over files of every format. */
final class FormatsTest {
    private static final Path WEATHER = Project.root().resolve("examples/data/seattle-weather.csv");
    private static final String[] QUESTION = {
        "--group-by", "weather", "--agg", "count(), mean(wind), max(date)", "--output", "csv"
    };
    private static final int DATA = 1;
    private static final int OPTIONS = 2;

    @TempDir
    private Path folder;

    private static Streamz.Ended tail(Object file, String... options) {
        return Streamz.run(Stream.concat(Stream.of("tail", file.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    private static String out(Streamz.Ended ended) {
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        return ended.out();
    }

    @Test
    void whatIsWrittenInAFormatGivesTheSameAnswer() throws IOException {
        String expected = out(tail(WEATHER, QUESTION));
        for (String ending : List.of("ndjson", "parquet", "arrow", "csv", "tsv")) {
            Path file = folder.resolve(ending).resolve("copy." + ending);
            Files.createDirectories(file.getParent());
            assertThat(out(tail(WEATHER, "--out", file.toString()))).isEmpty();
            assertThat(out(tail(file, QUESTION))).as(ending).isEqualTo(expected);
            assertThat(out(tail(file.getParent(), QUESTION)))
                    .as("a folder of " + ending)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aRealParquetFile() {
        Path file = Project.shared("data/real/flights-3m.parquet");
        assertThat(out(tail(
                        file,
                        "--once",
                        "--group-by",
                        "origin",
                        "--agg",
                        "count(), mean(delay), max(distance)",
                        "--order-by",
                        "count desc",
                        "--limit",
                        "5",
                        "--output",
                        "csv")))
                .startsWith("origin,count,delay_mean,distance_max\nORD,166341,9.27365472132547,4244\n");
    }

    @Test
    void otherSeparators() throws IOException {
        String[] sum = {"--group-by", "k", "--agg", "sum(v)", "--output"};
        Path file = Files.writeString(folder.resolve("a.csv"), "k;v\na,b;1\n\"c;d\";2\na,b;3\n");
        assertThat(out(tail(file, plus(sum, "csv", "--separator", ";")))).isEqualTo("k,v_sum\n\"a,b\",4\nc;d,2\n");
        Path tabs = Files.writeString(folder.resolve("a.txt"), "k\tv\na\t1\n");
        assertThat(out(tail(tabs, plus(sum, "tsv", "--separator", "\\t")))).isEqualTo("k\tv_sum\na\t1\n");
        assertThat(out(tail(tabs, plus(sum, "tsv", "--format", "tsv")))).isEqualTo("k\tv_sum\na\t1\n");
        tail(tabs, "--separator", "").refused(OPTIONS, "--separator", "one character");
        tail(tabs, "--separator", "\"").refused(OPTIONS, "cannot be separated by", "U+0022");
        tail(folder.resolve("a.ndjson"), "--separator", ";").refused(OPTIONS, "--separator", "ndjson");
    }

    private static String[] plus(String[] some, String... more) {
        return Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void answersInOtherForms() throws IOException {
        Path file = folder.resolve("a.csv");
        Files.writeString(file, "k,v\na,1\nb,2\na,3\n");
        assertThat(out(tail(file, "--group-by", "k", "--agg", "sum(v)", "--output", "ndjson")))
                .isEqualTo("{\"k\":\"a\",\"v_sum\":4}\n{\"k\":\"b\",\"v_sum\":2}\n");
        assertThat(out(tail(file, "--columns", "v", "--limit", "1"))).isEqualTo("v\n1\n");
    }

    @Test
    void linesByAPattern() throws IOException {
        Path log = folder.resolve("app.txt");
        Files.writeString(log, "INFO 3ms\nWARN 5ms\nINFO 4ms\n");
        assertThat(out(tail(
                        log,
                        "--format",
                        "regex=(?<level>[A-Z]+) (?<took_ms>\\d+)ms",
                        "--group-by",
                        "level",
                        "--agg",
                        "sum(took_ms)",
                        "--output",
                        "csv")))
                .isEqualTo("level,took_ms_sum\nINFO,7\nWARN,5\n");
        tail(log, "--format", "regex=[a-z]+").refused(OPTIONS, "no named group");
        tail(log, "--format", "xml").refused(OPTIONS, "--format", "xml", "ndjson");
    }

    @Test
    void badRowsAreKept() throws IOException {
        Path file = folder.resolve("a.csv");
        Files.writeString(file, "a,b\n1,2\n3\n4,5\n");
        Path letters = folder.resolve("rejects.csv");
        Streamz.Ended ended =
                tail(file, "--agg", "sum(b)", "--output", "csv", "--on-bad-row", "dead-letter=" + letters);
        assertThat(ended.out()).isEqualTo("b_sum\n7\n");
        assertThat(Files.readString(letters))
                .isEqualTo("reason,column,raw,source,offset,line\n\"the row has 1 field, the header has 2\",,3," + file
                        + ",8,3\n");
        tail(file, "--agg", "sum(b)", "--on-bad-row", "keep").refused(OPTIONS, "--on-bad-row", "keep");
        tail(folder, "--agg", "sum(b)", "--on-bad-row", "dead-letter=" + letters)
                .refused(OPTIONS, "lies in the folder that is read");
    }

    @Test
    void namesTellFormats() throws IOException {
        Path json = Files.writeString(folder.resolve("a.json"), "{\"a\":1}\n{\"a\":2}\n");
        assertThat(out(tail(json, "--agg", "sum(a)", "--output", "csv"))).isEqualTo("a_sum\n3\n");
        assertThat(out(tail(folder, "--agg", "sum(a)", "--output", "csv"))).isEqualTo("a_sum\n3\n");
        Path out = folder.resolve("b.json");
        Path elsewhere = Files.createDirectory(folder.resolve("in")).resolve("a.csv");
        Files.writeString(elsewhere, "a\n4\n");
        assertThat(out(tail(elsewhere, "--out", out.toString()))).isEmpty();
        assertThat(out).hasContent("{\"a\":4}");
        Files.writeString(folder.resolve("c.csv"), "a\n8\n");
        tail(folder, "--agg", "sum(a)").refused(OPTIONS, "--format is needed", "csv", "ndjson");
        assertThat(out(tail(folder, "--format", "ndjson", "--agg", "sum(a)", "--output", "csv")))
                .isEqualTo("a_sum\n7\n");
    }

    @Test
    void answersAreNotPacked() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "a\n1\n");
        Path packed = folder.resolve("b.csv.gz");
        tail(file, "--out", packed.toString()).refused(OPTIONS, "--out ends in .gz", "name it b.csv");
        tail(file, "--out", "c.parquet.ZST").refused(OPTIONS, "--out ends in .zst", "name it c.parquet");
        assertThat(packed).doesNotExist();
    }

    @Test
    void whatMayBeDoneAboutARowOrAFileIsTold() throws IOException {
        Path log = Files.writeString(folder.resolve("app.log"), "{\"a\":1}\n");
        tail(log).refused(DATA, "app.log, line 1", "say which format or pattern these lines have");
        Path twice = Files.writeString(folder.resolve("a.csv"), "a,b\n1,2\na,b\n3,4\n");
        tail(twice, "--types", "a:int64,b:int64", "--agg", "sum(b)")
                .refused(DATA, "a.csv, line 3, column '", "this looks like the header once more");
        Files.writeString(folder.resolve("b.csv"), "a,c\n1,2\n");
        tail(folder.resolve("[ab].csv"), "--on-bad-row", "skip", "--types", "a:int64", "--agg", "sum(a)")
                .refused(DATA, "b.csv, line 1: there is no column 'b'", "let drift be null or widen");
    }

    @Test
    void aNamedPipeIsFollowedUntilItsWritersCloseIt() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        Thread writer = new Thread(() -> {
            try {
                Files.writeString(pipe, "a\n1\n2\n", StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        assertThat(out(tail(pipe, "--follow", "--agg", "sum(a)", "--output", "csv")))
                .isEqualTo("a_sum\n3\n");
        writer.join();
    }

    @Test
    void damagedAndNestedFilesAreNamed() throws IOException {
        Path file = folder.resolve("bad.parquet");
        Files.writeString(file, "PAR1 and then nothing PAR1");
        tail(file, "--agg", "count()").refused(DATA, "bad.parquet");
        Path json = folder.resolve("a.ndjson");
        Files.writeString(json, "{\"a\":1,\"b\":[1,2]}\n");
        tail(json).refused(DATA, "a.ndjson", "'b'", "an array");
        assertThat(out(tail(json, "--nested"))).isEqualTo("a,b\n1,\"[1,2]\"\n");
    }
}

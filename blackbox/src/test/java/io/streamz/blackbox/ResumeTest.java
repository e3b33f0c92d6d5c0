package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.frames.Csv;
import io.streamz.frames.CsvOut;
import io.streamz.frames.Pipeline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --checkpoint} over several runs: what goes on, what keeps the state, what is refused. */
final class ResumeTest {
    private static final int DATA = 1;
    private static final int OPTIONS = 2;

    @TempDir
    private Path folder;

    private Path file;
    private Path state;

    @BeforeEach
    void rows() throws IOException {
        file = folder.resolve("a.csv");
        state = folder.resolve("state");
        Files.writeString(file, "k,n\na,1\nb,2\na,3\n");
    }

    private void append(String rows) throws IOException {
        Files.writeString(file, rows, StandardOpenOption.APPEND);
    }

    private Streamz.Ended tail(String... options) {
        return on(file, options);
    }

    private Streamz.Ended on(Path path, String... options) {
        return Streamz.run(
                Stream.concat(Stream.of("tail", path.toString(), "--checkpoint", state.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    private Streamz.Ended piped(String input, String... options) {
        return Streamz.run(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                Stream.concat(Stream.of("tail", "-", "--checkpoint", state.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    private static List<String> names(Path parts) throws IOException {
        try (Stream<Path> files = Files.list(parts)) {
            return files.map(each -> each.getFileName().toString())
                    .filter(name -> !name.equals(".parts")) // it stays
                    .sorted()
                    .toList();
        }
    }

    private static String rowsOf(Path path) {
        return Streamz.run("tail", path.toString(), "--output", "csv").done().out();
    }

    // Sinks.

    @Test
    void rowsOfEveryFormGoIntoParts() throws IOException {
        for (String form : List.of("csv", "ndjson", "parquet", "arrow")) {
            state = folder.resolve("state-" + form);
            Files.writeString(file, "k,n\na,1\nb,2\na,3\n");
            String out = folder.resolve("out-" + form) + "/";
            Path parts = Path.of(out);
            tail("--where", "n <> 2", "--output", form, "--out", out).done();
            assertThat(rowsOf(parts)).as(form).isEqualTo("k,n\na,1\na,3\n");
            // What a run has left that was killed behind its last checkpoint.
            Files.writeString(parts.resolve(".part-open." + form + ".pending"), "half");
            Files.writeString(parts.resolve(".part-000000000099." + form + ".pending"), "not saved");
            append("c,2\nc,4\n");
            tail("--where", "n <> 2", "--output", form, "--out", out).done();
            assertThat(rowsOf(parts)).as(form).isEqualTo("k,n\na,1\na,3\nc,4\n");
            assertThat(names(parts)).as(form).hasSize(2).allMatch(name -> name.matches("part-\\d{12}\\." + form));
            tail("--where", "n <> 2", "--output", form, "--out", out).done();
            assertThat(names(parts)).as(form).hasSize(2);
        }
    }

    @Test
    void aFormatThatCannotBeContinuedIsAFolder() throws IOException {
        for (String ending : List.of("parquet", "arrow")) {
            state = folder.resolve("state-" + ending);
            Path out = folder.resolve("rows." + ending);
            tail("--out", out.toString()).done();
            assertThat(out).isDirectory();
            assertThat(rowsOf(out)).isEqualTo("k,n\na,1\nb,2\na,3\n");
            Path taken = Files.writeString(folder.resolve("taken." + ending), "somebody's");
            tail("--out", taken.toString()).refused(DATA, "cannot write parts into", "it is a file");
            assertThat(taken).hasContent("somebody's");
            state = folder.resolve("other-" + ending);
            tail("--follow", "--out", out.toString())
                    .refused(
                            DATA,
                            "it has parts of another run",
                            "give --out a folder that is empty",
                            "or --checkpoint the folder of that run");
            Path other = folder.resolve("other." + ending);
            tail("--where", "n > 1", "--out", other.toString()).done();
            assertThat(rowsOf(other)).as("what was refused binds nobody").isEqualTo("k,n\nb,2\na,3\n");
        }
    }

    @Test
    void aChangedPlanIsToldBeforeTheFolderOfItsRows() throws IOException {
        Path out = folder.resolve("rows.parquet");
        tail("--where", "n > 1", "--out", out.toString()).done();
        append("c,4\n");
        tail("--where", "n > 2", "--out", out.toString())
                .refused(OPTIONS, "was made with filter(n > 1)", "the plan has filter(n > 2)");
        tail("--where", "n > 1", "--out", out.toString()).done();
        assertThat(rowsOf(out)).isEqualTo("k,n\nb,2\na,3\nc,4\n");
    }

    /** A loader takes parts when it likes. */
    @Test
    void partsMayBeTakenAway() throws IOException {
        for (String least : List.of("1", "2")) {
            state = folder.resolve("state-" + least);
            Path out = folder.resolve("out-" + least + ".parquet");
            Files.writeString(file, "k,n\na,1\n");
            StringBuilder loaded = new StringBuilder();
            for (int run = 2; run < 8; run++) {
                tail("--part-rows", least, "--out", out.toString()).done();
                List<String> names = names(out);
                if (run % 3 != 0) { // the last one is left for a while, or the first one, or none
                    String part = names.get(run % 2 == 0 ? 0 : names.size() - 1);
                    Path taken = Files.move(out.resolve(part), folder.resolve("taken-" + part));
                    loaded.append(rowsOf(taken).substring("k,n\n".length()));
                    Files.delete(taken);
                }
                append("a," + run + "\n");
            }
            loaded.append(rowsOf(out).substring("k,n\n".length()));
            assertThat(loaded.toString().lines()).containsExactlyInAnyOrder("a,1", "a,2", "a,3", "a,4", "a,5", "a,6");
        }
    }

    @Test
    void aFileOfTextIsContinued() throws IOException {
        Path csv = folder.resolve("out.csv");
        tail("--out", csv.toString()).done();
        append("c,4\n");
        tail("--out", csv.toString()).done();
        assertThat(csv).hasContent("k,n\na,1\nb,2\na,3\nc,4\n");
        Path json = folder.resolve("out.ndjson");
        append("d,5\n");
        tail("--out", json.toString()).done();
        append("e,6\n");
        tail("--out", json.toString()).done();
        assertThat(json).hasContent("{\"k\":\"d\",\"n\":5}\n{\"k\":\"e\",\"n\":6}\n");
        assertThat(csv).hasContent("k,n\na,1\nb,2\na,3\nc,4\n");
    }

    @Test
    void anAnswerOfAggregatesIsAWholeFileEachTime() throws IOException {
        for (String ending : List.of("csv", "ndjson", "parquet", "arrow")) {
            state = folder.resolve("state-" + ending);
            Path out = folder.resolve("sum." + ending);
            Files.writeString(file, "k,n\na,1\nb,2\na,3\n");
            tail("--group-by", "k", "--agg", "sum(n)", "--out", out.toString()).done();
            append("b,5\n");
            tail("--group-by", "k", "--agg", "sum(n)", "--out", out.toString()).done();
            assertThat(rowsOf(out)).isEqualTo("k,n_sum\na,4\nb,7\n");
        }
        tail("--agg", "sum(n)", "--out", folder + "/").refused(OPTIONS, "--out", "folder", "give a file");
    }

    @Test
    void placesThatAreTaken() throws IOException {
        Path parts = Files.createDirectory(folder.resolve("parts"));
        Streamz.run("tail", file.toString(), "--out", parts.toString())
                .refused(OPTIONS, "--out", "a folder takes the parts of rows, with --checkpoint");
        tail("--out", state.resolve("x.csv").toString()).refused(OPTIONS, "--out", "--checkpoint");
        on(folder, "--out", folder + "/").refused(OPTIONS, "--out", "lies in the folder that is read");
    }

    /** Each has a folder of checkpoints of its own; the second would take away what the first has hidden. */
    @Test
    void aFileThatAnotherJobIsWritingIsRefused() throws IOException {
        Path out = folder.resolve("out.csv");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        try (Pipeline first = Pipeline.create("first")) {
            first.checkpoints(folder.resolve("first").toString(), "1h");
            first.read(Csv.tail(file)).sink(CsvOut.to(out));
            first.start();
            first.checkpoint();
            for (Path same : List.of(out, link.resolve("out.csv"))) {
                tail("--out", same.toString())
                        .refused(
                                DATA,
                                "cannot write " + same,
                                "another job that runs is writing it",
                                "an --out of its own");
            }
            Streamz.run("tail", file.toString(), "--out", out.toString()).done();
            assertThat(out).as("written whole without checkpoints").hasContent("k,n\na,1\nb,2\na,3\n");
        }
        state = folder.resolve("first-again");
        tail("--out", out.toString()).done();
        assertThat(out).hasContent("k,n\na,1\nb,2\na,3\n");
        assertThat(names(folder)).as("nothing is left behind").noneMatch(name -> name.startsWith("."));
    }

    @Test
    void anOutputThatWasMovedAwayIsSaidWithWhatCanBeDone() throws IOException {
        Path out = folder.resolve("out.csv");
        tail("--out", out.toString()).done();
        Path moved = Files.move(out, folder.resolve("moved.csv"));
        append("c,4\n");
        tail("--out", out.toString())
                .refused(DATA, "cannot go on with " + out, "put back out.csv", "give another --out");
        Path other = folder.resolve("other.csv");
        tail("--out", other.toString()).done();
        assertThat(other).hasContent("k,n\nc,4\n");
        assertThat(moved).hasContent("k,n\na,1\nb,2\na,3\n");
    }

    // Standard input.

    @Test
    void standardInputThatComesAgainIsPassedOver() {
        String rows = "k,n\na,1\nb,2\na,3\n";
        String[] question = {"--group-by", "k", "--agg", "count(), sum(n)", "--output", "csv"};
        assertThat(piped(rows, question).done().out()).isEqualTo("k,count,n_sum\na,2,4\nb,1,2\n");
        assertThat(piped(rows, question).done().out()).isEqualTo("k,count,n_sum\na,2,4\nb,1,2\n");
        assertThat(piped(rows + "b,9\n", question).done().out()).isEqualTo("k,count,n_sum\na,2,4\nb,2,11\n");
        piped(rows + "c,9\n", question)
                .refused(DATA, "standard input does not begin with the 20 bytes", "the same bytes again");
        piped(rows, question).refused(DATA, "standard input does not begin with the 20 bytes");
        piped("", question).refused(DATA, "standard input does not begin with the 20 bytes");
        assertThat(piped(rows + "b,9\nb,1", question).done().out()).isEqualTo("k,count,n_sum\na,2,4\nb,3,12\n");
        assertThat(piped(rows + "b,9\nb,1", question).done().out()).isEqualTo("k,count,n_sum\na,2,4\nb,3,12\n");
    }

    /** More than is read at once, in rows of one column, where an empty line is a row. */
    @Test
    void aLongStandardInputIsPassedOver() {
        StringBuilder rows = new StringBuilder("n\n");
        for (int row = 0; row < 200_000; row++) {
            rows.append(row).append('\n');
        }
        String[] question = {"--agg", "count(), size() as all, sum(n)", "--output", "csv"};
        String all = "count,all,n_sum\n200001,200001,19999900007\n";
        assertThat(piped(rows + "7", question).done().out()).isEqualTo(all);
        assertThat(piped(rows + "7", question).done().out()).isEqualTo(all);
        assertThat(piped(rows + "7\n1\n", question).done().out())
                .as("the end of the last line is an empty line now")
                .isEqualTo("count,all,n_sum\n200003,200003,19999900008\n");
    }

    // Options.

    @Test
    void whatKeepsTheState() throws IOException {
        String[] question = {"--group-by", "k", "--agg", "sum(n)"};
        tail(concat(question, "--output", "csv")).done();
        append("b,10\n");
        assertThat(tail(concat(question, "--order-by", "n_sum desc", "--limit", "1", "--output", "csv"))
                        .done()
                        .out())
                .isEqualTo("k,n_sum\nb,12\n");
        append("c,20\n");
        assertThat(tail(concat(question, "--order-by", "k desc", "--output", "ndjson", "--every", "3s"))
                        .done()
                        .out())
                .isEqualTo("{\"k\":\"c\",\"n_sum\":20}\n{\"k\":\"b\",\"n_sum\":12}\n{\"k\":\"a\",\"n_sum\":4}\n");
        Path out = folder.resolve("sum.csv");
        assertThat(tail(concat(question, "--once", "--out", out.toString()))
                        .done()
                        .out())
                .isEmpty();
        assertThat(out).hasContent("k,n_sum\na,4\nb,12\nc,20\n");
    }

    @Test
    void aLimitCountsOverAllRuns() throws IOException {
        Path out = folder.resolve("out.csv");
        tail("--limit", "2", "--out", out.toString()).done();
        assertThat(out).hasContent("k,n\na,1\nb,2\n");
        append("c,4\nd,5\n");
        tail("--limit", "4", "--out", out.toString()).done();
        assertThat(Files.readAllLines(out)).hasSize(5).startsWith("k,n", "a,1", "b,2");
    }

    @Test
    void sortedRowsAreThoseOfAllRuns() throws IOException {
        String[] question = {"--order-by", "n desc", "--limit", "2", "--output", "csv"};
        assertThat(tail(question).done().out()).isEqualTo("k,n\na,3\nb,2\n");
        append("c,4\n");
        assertThat(tail(question).done().out()).isEqualTo("k,n\nc,4\na,3\n");
        tail("--order-by", "n", "--limit", "2", "--output", "csv")
                .refused(OPTIONS, "the first 2 by `n` desc", "the plan has the first 2 by `n`;", "an empty folder");
    }

    @Test
    void aChangedPlanSaysWhatChangedAndWhatToDo() {
        String[] question = {"--where", "n > 0", "--group-by", "k", "--agg", "count()", "--output", "csv"};
        tail(question).done();
        String[] remedy = {"give the options it was made by", "an empty folder"};
        tail("--where", "n > 1", "--group-by", "k", "--agg", "count()")
                .refused(OPTIONS, concat(remedy, "was made with filter(n > 0)", "the plan has filter(n > 1)"));
        tail("--where", "n > 0", "--group-by", "k", "--agg", "count(), sum(n)")
                .refused(OPTIONS, concat(remedy, "groupBy(k).agg(count()),", "groupBy(k).agg(count(), sum(n))"));
        tail("--where", "n > 0")
                .refused(OPTIONS, concat(remedy, "groupBy(k).agg(count())", "nothing behind filter(n > 0)"));
        tail("--where", "n > 0", "--assign", "m=n*2", "--group-by", "k", "--agg", "count()")
                .refused(OPTIONS, concat(remedy, "the plan has assign(m = n * 2)"));
        on(folder.resolve("b.csv"), "--types", "k:utf8, n:int64", "--agg", "count()")
                .refused(OPTIONS, concat(remedy, "that of source 'a', and the plan reads 'b'"));
        assertThat(tail(question).done().out()).isEqualTo("k,count\na,2\nb,1\n");
    }

    @Test
    void rowsWithoutStateAreOfTheirPlanToo() throws IOException {
        Path out = folder.resolve("out.csv");
        tail("--where", "n > 1", "--out", out.toString()).done();
        append("c,4\n");
        tail("--where", "n > 2", "--out", out.toString())
                .refused(OPTIONS, "was made with filter(n > 1)", "the plan has filter(n > 2)");
        tail("--agg", "sum(n)").refused(OPTIONS, "was made with filter(n > 1)", "the plan has agg(sum(n))");
        assertThat(out).hasContent("k,n\nb,2\na,3\n");
    }

    // Joins.

    /** The joined file is read once: its rows are in the state. */
    @Test
    void aJoinGoesOn() throws IOException {
        Path names = Files.writeString(folder.resolve("names.csv"), "k,name\na,Anna\nb,Bert\n");
        String[] question = {
            "--join", names.toString(), "--on", "k", "--group-by", "name", "--agg", "sum(n)", "--output", "csv"
        };
        assertThat(tail(question).done().out()).isEqualTo("name,n_sum\nAnna,4\nBert,2\n");
        for (int run = 1; run <= 3; run++) {
            append("b,10\nx,1\n");
            assertThat(tail(question).done().out())
                    .isEqualTo("name,n_sum\nAnna,4\nBert," + (2 + run * 10) + "\n," + run + "\n");
        }
        assertThat(Streamz.run("state", state.toString()).done().out())
                .as("each run ends with a checkpoint")
                .startsWith("checkpoint 4 of tail");
        tail("--join", names.toString(), "--on", "k", "--join-kind", "inner", "--group-by", "name", "--agg", "sum(n)")
                .refused(OPTIONS, "join(names)", "left", "inner");
    }

    // Damage.

    /** Following asks before it starts whether there is a checkpoint. */
    @Test
    void aDamagedNewestCheckpointIsPassedOver() throws IOException {
        Path out = folder.resolve("out.csv");
        Files.writeString(file, "k,n\na,1\n");
        tail("--follow", "--limit", "1", "--out", out.toString()).done();
        append("b,2\n");
        tail("--follow", "--limit", "2", "--out", out.toString()).done();
        append("a,3\n");
        List<Path> manifests = manifests();
        Path newest = manifests.get(manifests.size() - 1);
        Files.writeString(newest, "{}");
        Streamz.Ended told = Streamz.run("state", state.toString());
        assertThat(told.out()).startsWith("checkpoint ").contains("kept: ");
        assertThat(told.err())
                .startsWith("streamz: warning: ")
                .contains(newest.toString(), "is damaged")
                .hasLineCount(1);
        assertThat(told.code()).isZero();
        Streamz.Ended gone = tail("--follow", "--limit", "3", "--out", out.toString());
        assertThat(gone.err())
                .startsWith("streamz: warning: ")
                .contains(newest.toString(), "is damaged", "the one before it is used")
                .hasLineCount(1);
        assertThat(gone.code()).isZero();
        assertThat(out).hasContent("k,n\na,1\nb,2\na,3\n");
    }

    @Test
    void whereAllAreDamagedNothingIsToldAndNothingStarts() throws IOException {
        tail("--agg", "count()", "--output", "csv").done();
        for (Path each : manifests()) {
            Files.writeString(each, "{}");
        }
        Streamz.Ended told = Streamz.run("state", state.toString());
        assertThat(told.err()).contains("is damaged").endsWith("name the folder of --checkpoint\n");
        assertThat(told.code()).isEqualTo(DATA);
        tail("--follow", "--agg", "count()").refused(DATA, "is damaged", "an empty folder");
    }

    private List<Path> manifests() throws IOException {
        return names(state).stream()
                .filter(name -> name.endsWith(".json"))
                .map(state::resolve)
                .toList();
    }

    @Test
    void aFileIsNoFolderOfCheckpoints() throws IOException {
        state = Files.writeString(folder.resolve("notes.txt"), "somebody's");
        tail("--agg", "count()").refused(DATA, "it is a file", "give a folder");
        assertThat(state).hasContent("somebody's");
    }

    // The state, and aggregates with a minimum.

    @Test
    void stateTellsHowFarAFollowedFileIsRead() throws IOException {
        tail("--follow", "--limit", "3", "--out", folder.resolve("out.csv").toString())
                .done();
        append("c,4\n");
        assertThat(Streamz.run("state", state.toString()).done().out())
                .contains(file + ": 4 lines, 16 bytes read, 4 behind the end of the file\n");
        Files.delete(file);
        assertThat(Streamz.run("state", state.toString()).done().out()).contains(file + ": 4 lines, 16 bytes read\n");
        Path many = Files.createDirectory(folder.resolve("many"));
        Files.writeString(many.resolve("x.csv"), "k,n\na,1\n");
        Files.writeString(many.resolve("y.csv"), "k,n\na,1\n");
        state = folder.resolve("state-of-many");
        on(many, "--agg", "count()", "--output", "csv").done();
        assertThat(Streamz.run("state", state.toString()).done().out()).contains("many    2 files known\n");
    }

    @Test
    void stateTellsWhatWasSaved() throws IOException {
        Streamz.run("state", state.toString()).refused(DATA, "no such folder", "--checkpoint");
        Streamz.run("state", Files.createDirectory(folder.resolve("empty")).toString())
                .refused(DATA, "there is no checkpoint in", "--checkpoint");
        Streamz.run("state", file.toString()).refused(DATA, "is a file", "--checkpoint");
        tail("--group-by", "k", "--agg", "count()", "--output", "csv").done();
        String text = Streamz.run("state", state.toString()).done().out();
        assertThat(text)
                .startsWith("checkpoint 1 of tail, 0 s ago")
                .contains("kept: 1\n", "source  position\n", "4 lines, 16 bytes read\n")
                .containsPattern("groupBy\\(k\\)\\.agg\\(count\\(\\)\\) +2 +\\d+\n");
    }

    @Test
    void aMinimumOfValues() {
        assertThat(tail(
                                "--group-by",
                                "k",
                                "--agg",
                                "sum(n) minCount 2 as s, mean(n) where n > 1 mincount 1 as m, count()",
                                "--output",
                                "csv")
                        .done()
                        .out())
                .isEqualTo("k,s,m,count\na,4,3.0,2\nb,,2.0,1\n");
        tail("--agg", "sum(n) minCount x").refused(OPTIONS, "minCount");
    }

    private static String[] concat(String[] first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }
}

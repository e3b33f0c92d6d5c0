package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong is said in one line, with the exit code that tells whose fault it is. */
final class BadInputTest {
    private static final int DATA = 1;
    private static final int OPTIONS = 2;
    private static final String TRADES = "symbol,price,qty\nA,1.5,10\nB,2.5,20\nA,3.5,30\n";

    @TempDir
    Path folder;

    @Test
    void noSuchFile() {
        String path = folder.resolve("none.csv").toString();
        Streamz.run("tail", path, "--agg", "count()").refused(DATA, "none.csv");
    }

    @Test
    void wrongOptions() throws IOException {
        String trades = file(TRADES);
        Streamz.run("tail", trades, "--agregate", "count()")
                .refused(OPTIONS, "no option '--agregate'; did you mean --agg?");
        Streamz.run("tail", trades, "--groupby", "symbol", "--agg", "count()")
                .refused(OPTIONS, "no option '--groupby'; did you mean --group-by?");
        Streamz.run("tial", trades)
                .refused(OPTIONS, "no command or option 'tial'; the commands are tail, explain, state;");
        Streamz.run("tail", trades, "--order-by", "qty", "desc").refused(OPTIONS, "'desc' is one argument too many");
        Streamz.run("tail", trades, "--limit", "abc").refused(OPTIONS, "'--limit'", "'abc' is no whole number");
        Streamz.run("tail", trades, "--rolling", "2", "--agg", "sum(qty)", "--min-periods", "x")
                .refused(OPTIONS, "'--min-periods'", "'x' is no whole number");
        Streamz.run("tail", trades, "--agg", "count()", "--min-periods", "2")
                .refused(OPTIONS, "--min-periods needs --rolling");
        Streamz.run("tail", trades, "--agg", "meen(price)")
                .refused(OPTIONS, "at character 1 of 'meen(price)': no aggregation 'meen'; did you mean 'mean'?");
    }

    @Test
    void wrongTimes() throws IOException {
        String trades = file(TRADES);
        Path state = folder.resolve("state");
        String wrong = " is 'abc', which is no length of time; write it as 500ms";
        Streamz.run("tail", trades, "--checkpoint", state.toString(), "--every", "abc")
                .refused(OPTIONS, "--every" + wrong);
        Streamz.run("tail", trades, "--follow", "--every", "abc").refused(OPTIONS, "--every" + wrong);
        Streamz.run("tail", trades, "--follow", "--every", "0s")
                .refused(OPTIONS, "--every is 0s; it is a time above zero");
        String tooLong = " is 40000d; it is 100 years (36525d) at most";
        Streamz.run("tail", trades, "--follow", "--every", "40000d").refused(OPTIONS, "--every" + tooLong);
        Streamz.run("tail", trades, "--checkpoint", state.toString(), "--every", "40000d")
                .refused(OPTIONS, "--every" + tooLong);
        String parts = folder.resolve("parts") + "/";
        Streamz.run("tail", trades, "--checkpoint", state.toString(), "--out", parts, "--part-every", "40000d")
                .refused(OPTIONS, "--part-every" + tooLong);
        Streamz.run("tail", trades, "--checkpoint", state.toString(), "--out", parts, "--part-every", "abc")
                .refused(OPTIONS, "--part-every" + wrong);
        String timed = file("t,v\n2024-01-01T00:00:00Z,1\n");
        Streamz.run("tail", timed, "--time", "t", "--rolling", "abc", "--agg", "sum(v)")
                .refused(OPTIONS, "--rolling" + wrong);
        Streamz.run("tail", timed, "--time", "t", "--lateness", "abc").refused(OPTIONS, "--lateness" + wrong);
        Streamz.run("tail", timed, "--time", "t", "--window", "session abc", "--agg", "count()")
                .refused(OPTIONS, "--window 'session abc' has 'abc', which is no length of time; write it as 500ms");
        Streamz.run("tail", timed, "--time", "t", "--window", "tumbling 1mn", "--agg", "count()")
                .refused(OPTIONS, "--window 'tumbling 1mn' has '1mn'", "units are ns us ms s m h d");
        Streamz.run("tail", timed, "--time", "t", "--window", "hopping 1m 3m", "--agg", "count()")
                .refused(OPTIONS, "--window 'hopping 1m 3m': ", "the slide is at most the size");
        Streamz.run("tail", timed, "--time", "t", "--window", "day Europe/Berln", "--agg", "count()")
                .refused(OPTIONS, "--window 'day Europe/Berln': no zone 'Europe/Berln'");
        Streamz.run("tail", timed, "--window", "last 0", "--agg", "count()")
                .refused(OPTIONS, "--window 'last 0': a window of 0 rows");
        Streamz.run("tail", timed, "--time", "t", "--window", "hopping 0s 1m", "--agg", "count()")
                .refused(OPTIONS, "--window 'hopping 0s 1m' has 0s; it is a time above zero");
    }

    @Test
    void wrongJoins() throws IOException {
        String trades = file(TRADES);
        Streamz.run("tail", trades, "--join", trades).refused(OPTIONS, "--join needs --on");
        Streamz.run("tail", trades, "--join-kind", "anti").refused(OPTIONS, "--join-kind needs --join");
        Streamz.run("tail", trades, "--join", trades, "--on", "symbl")
                .refused(OPTIONS, "no column 'symbl'", "'symbol'");
        Streamz.run("tail", trades, "--join", trades, "--on", "symbol").refused(OPTIONS, "column 'price'", "rename");
        Streamz.run("tail", trades, "--join", "none.csv", "--on", "symbol").refused(DATA, "none.csv");
    }

    @Test
    void emptyFile() throws IOException {
        Streamz.run("tail", file(""), "--agg", "count()").refused(DATA, "empty");
    }

    @Test
    void emptyFileWithDeclaredTypes() throws IOException {
        Streamz.Ended ended = Streamz.run(
                "tail",
                file(""),
                "--types",
                "symbol:utf8,price:float64",
                "--agg",
                "count(), sum(price)",
                "--output",
                "csv");
        assertThat(ended.done().out()).isEqualTo("count,price_sum\n0,0.0\n");
    }

    @Test
    void headerOnly() throws IOException {
        Streamz.Ended ended = Streamz.run(
                "tail",
                file("symbol,price\n"),
                "--types",
                "price:float64",
                "--group-by",
                "symbol",
                "--agg",
                "sum(price)",
                "--output",
                "csv");
        assertThat(ended.done().out()).isEqualTo("symbol,price_sum\n");
    }

    @Test
    void headerOnlyWithNothingDeclared() throws IOException {
        String empty = file("a,b,when\n");
        assertThat(csv(empty, "--agg", "sum(b), mean(a), max(when), count()"))
                .isEqualTo("b_sum,a_mean,when_max,count\n0,,,0\n");
        assertThat(csv(empty, "--group-by", "a", "--agg", "sum(b), var(b, 0), any(a)"))
                .isEqualTo("a,b_sum,b_var,a_any\n");
        assertThat(csv(
                        empty,
                        "--where",
                        "b * 2 > 10 and a = 'x' or not when",
                        "--assign",
                        "c = coalesce(a, b)",
                        "--assign",
                        "d = b / 2",
                        "--group-by",
                        "c",
                        "--agg",
                        "sum(c), mean(d), first(a)"))
                .isEqualTo("c,c_sum,d_mean,a_first\n");
        assertThat(csv(empty, "--where", "b > timestamp '2024-01-01T00:00:00Z'", "--order-by", "b desc"))
                .isEqualTo("a,b,when\n");
        Streamz.Ended piped = Streamz.runOn("a,b\r\n", "tail", "-", "--agg", "sum(b)", "--output", "csv");
        assertThat(piped.done().out()).isEqualTo("b_sum\n0\n");
        Streamz.run("tail", empty, "--agg", "sum(c)").refused(OPTIONS, "'c'");
    }

    private static String csv(String file, String... options) {
        List<String> args = new ArrayList<>(List.of("tail", file, "--output", "csv"));
        args.addAll(List.of(options));
        return Streamz.run(args.toArray(String[]::new)).done().out();
    }

    @Test
    void folderInsteadOfAFile() {
        Streamz.run("tail", folder.toString(), "--agg", "count()").refused(DATA, folder.toString());
    }

    @Test
    void noPermission() throws IOException {
        Path file = Path.of(file(TRADES));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "the super-user reads everything");
        Streamz.run("tail", file.toString(), "--agg", "count()").refused(DATA, "permission", file.toString());
    }

    @Test
    void unknownColumn() throws IOException {
        Streamz.run("tail", file(TRADES), "--group-by", "symbl", "--agg", "count()")
                .refused(OPTIONS, "'symbl'", "did you mean 'symbol'?");
        Streamz.run("tail", file(TRADES), "--agg", "sum(pirce)").refused(OPTIONS, "'pirce'", "did you mean 'price'?");
        Streamz.run("tail", file(TRADES), "--where", "quantity > 1").refused(OPTIONS, "'quantity'");
        Streamz.run("tail", file(TRADES), "--types", "prise:float64", "--agg", "count()")
                .refused(OPTIONS, "'prise'");
        Streamz.run("tail", file(TRADES), "--agg", "count()", "--order-by", "price")
                .refused(OPTIONS, "'price'");
    }

    @Test
    void unknownFunction() throws IOException {
        Streamz.run("tail", file(TRADES), "--agg", "summ(qty)").refused(OPTIONS, "summ", "sum");
    }

    @Test
    void wrongType() throws IOException {
        Streamz.run("tail", file(TRADES), "--agg", "sum(symbol)").refused(OPTIONS, "sum", "symbol", "utf8");
        Streamz.run("tail", file(TRADES), "--where", "symbol > 3").refused(OPTIONS, "symbol");
        Streamz.run("tail", file(TRADES), "--where", "price + 1").refused(OPTIONS, "condition");
        Streamz.run("tail", file(TRADES), "--types", "price:double").refused(OPTIONS, "double", "float64");
    }

    @Test
    void badExpression() throws IOException {
        Streamz.run("tail", file(TRADES), "--where", "price >").refused(OPTIONS, "price >");
        Streamz.run("tail", file(TRADES), "--where", "price > 1 and (qty < 3").refused(OPTIONS, "price > 1");
        Streamz.run("tail", file(TRADES), "--assign", "x = ").refused(OPTIONS, "--assign");
        Streamz.run("tail", file(TRADES), "--assign", "price").refused(OPTIONS, "--assign");
    }

    @Test
    void badOptions() throws IOException {
        Streamz.run("tail", file(TRADES), "--agg", "count()", "--limit", "x").refused(OPTIONS, "--limit");
        Streamz.run("tail", file(TRADES), "--agg", "count()", "--limit", "-1").refused(OPTIONS, "--limit");
        Streamz.run("tail", file(TRADES), "--agg", "count()", "--output", "json")
                .refused(OPTIONS, "--output");
        Streamz.run("tail", file(TRADES), "--group-by", "symbol").refused(OPTIONS, "--agg");
        Streamz.run("tail", file(TRADES), "--agregate", "count()").refused(OPTIONS, "--agregate");
        Streamz.run("tail").refused(OPTIONS, "PATH");
        Streamz.run("tial").refused(OPTIONS, "tial");
        Streamz.run().refused(OPTIONS, "--help");
    }

    @Test
    void unclosedQuote() throws IOException {
        Streamz.run("tail", file("a,b\n1,x\n2,\"y\n3,z\n"), "--agg", "count()").refused(DATA, "quote", "line 3");
    }

    @Test
    void binaryFile() throws IOException {
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        Path file = folder.resolve("binary.csv");
        Files.write(file, bytes);
        Streamz.run("tail", file.toString(), "--agg", "count()").refused(DATA, "binary.csv");
    }

    @Test
    void badRow() throws IOException {
        String file = file("a,b\n1,2\n3\n4,5\n");
        Streamz.run("tail", file, "--agg", "count()").refused(DATA, "line 3");
        Streamz.Ended ended =
                Streamz.run("tail", file, "--agg", "count(), sum(b)", "--on-bad-row", "skip", "--output", "csv");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo("count,b_sum\n2,7\n");
        assertThat(ended.err())
                .startsWith("streamz: ")
                .contains("1 row", "line 3")
                .hasLineCount(1);
    }

    @Test
    void valueThatDoesNotFitItsType() throws IOException {
        Streamz.run("tail", file("a,b\n1,2\nx,3\n"), "--types", "a:int64", "--agg", "sum(a)")
                .refused(DATA, "line 3", "a", "x");
    }

    @Test
    void overflowNamesColumnAndKey() throws IOException {
        String file = file("k,v\nbig,9223372036854775807\nsmall,1\nbig,1\n");
        Streamz.run("tail", file, "--group-by", "k", "--agg", "sum(v)").refused(DATA, "overflow", "v", "big");
        Streamz.Ended ended = Streamz.run(
                "tail", file, "--group-by", "k", "--agg", "sum(v)", "--on-bad-row", "skip", "--output", "csv");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo("k,v_sum\nbig,\nsmall,1\n");
        assertThat(ended.err()).contains("overflow", "big").hasLineCount(1);
    }

    @Test
    void tooManyGroupsForTheBudget() throws IOException {
        Path file = folder.resolve("keys.csv");
        Files.writeString(
                file,
                IntStream.range(0, 300_000)
                        .mapToObj(row -> "key" + row + ",1\n")
                        .collect(Collectors.joining("", "k,v\n", "")));
        Streamz.run("tail", file.toString(), "--group-by", "k", "--agg", "sum(v)", "--memory", "1m")
                .refused(DATA, "keys > groupBy(k).agg(sum(v)) holds", "budget of 1m", "--memory");
        Streamz.run("tail", file.toString(), "--order-by", "v desc", "--memory", "1m")
                .refused(DATA, "budget of 1m", "--memory");
        Streamz.run("tail", file.toString(), "--agg", "sum(v)", "--memory", "much")
                .refused(OPTIONS, "'much'", "512m");
    }

    @Test
    void diskFull() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full on this system");
        Streamz.run("tail", file(TRADES), "--group-by", "symbol", "--agg", "count()", "--out", "/dev/full")
                .refused(DATA, "/dev/full");
        Streamz.build();
        Streamz.Ended ended =
                new Streamz.Launch().into(Path.of("/dev/full")).run("tail", file(TRADES), "--agg", "count()");
        ended.refused(DATA, "space");
    }

    @Test
    void partsWhereThereAreNone() throws IOException {
        String out = folder.resolve("answer.csv").toString();
        Streamz.run("tail", file(TRADES), "--out", out, "--part-rows", "10")
                .refused(OPTIONS, "--part-rows", "--checkpoint");
        Streamz.run("tail", file(TRADES), "--part-every", "1h").refused(OPTIONS, "--part-every", "a folder of --out");
        String state = folder.resolve("state").toString();
        String parts = folder.resolve("parts") + "/";
        Streamz.run("tail", file(TRADES), "--checkpoint", state, "--out", parts, "--part-rows", "0")
                .refused(OPTIONS, "a part of 0 rows");
        Streamz.run("tail", file(TRADES), "--checkpoint", state, "--out", parts, "--part-every", "soon")
                .refused(OPTIONS, "'soon'");
    }

    @Test
    void noFolderForTheAnswer() throws IOException {
        String out = folder.resolve("none/answer.csv").toString();
        Streamz.run("tail", file(TRADES), "--agg", "count()", "--out", out).refused(DATA, out);
    }

    @Test
    void aFailedRunLeavesNoFileAndAnOldOneAsItWas() throws IOException {
        Path out = folder.resolve("answer.csv");
        String broken = file("a,b\n1,2\n3\n");
        Streamz.run("tail", broken, "--out", out.toString()).refused(DATA, "line 3");
        assertThat(out).doesNotExist();
        Files.writeString(out, "old");
        Streamz.run("tail", broken, "--out", out.toString()).refused(DATA, "line 3");
        assertThat(out).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    private String file(String content) throws IOException {
        Path file = folder.resolve("trades.csv");
        Files.writeString(file, content);
        return file.toString();
    }
}

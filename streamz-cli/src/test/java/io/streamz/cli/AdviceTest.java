package io.streamz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Advice names options: what the library says in Java words is said in those of the command line. */
final class AdviceTest {
    private static final String TRADES = "symbol,price,Trade Day\nA,1.5,x\nB,2.5,y\n";
    private static final String SKIP = "leave such rows out with --on-bad-row skip";

    @TempDir
    private Path folder;

    @Test
    void badRows() throws IOException {
        assertThat(said("a.csv", "a,b\n1,2\n3,x\n", "--types", "b:int64", "--agg", "sum(b)"))
                .endsWith(
                        "'x' is not int64; declare another type with --types 'b: utf8', or the words that mean null with"
                                + " --null, or " + SKIP + "\n");
        assertThat(said("a.csv", "a,\"b,c\"\n1,2\n3,x\n", "--types", "`b,c`:int64", "--agg", "sum(`b,c`)"))
                .contains("with --types '`b,c`: utf8', or");
        assertThat(said("a.csv", "a,b\n1,2\na,b\n", "--types", "b:int64", "--agg", "sum(b)"))
                .endsWith("this looks like the header once more: take it out, or " + SKIP + "\n");
        assertThat(said("a.csv", "a,b\n1,2\n3\n")).endsWith("quote fields that hold a comma, or " + SKIP + "\n");
        assertThat(said("a.log", "no log\n"))
                .endsWith("say which format or pattern these lines have with --format, such as regex=PATTERN, or "
                        + SKIP + "\n");
        assertThat(said("a.csv", "t,v\n2024-01-01T00:00:00Z,1\n,2\n", "--time", "t", "--lateness", "5s"))
                .endsWith("; " + SKIP + "\n");
    }

    @Test
    void separators() throws IOException {
        assertThat(said("a.csv", "k;v\nA;1,5\n"))
                .endsWith("; if ';' stands between its fields, give --separator ';', or " + SKIP + "\n");
        assertThat(said("a.csv", "k;v\nA;1\n", "--group-by", "k", "--agg", "sum(v)"))
                .endsWith("no column 'k' in a[k;v]; if ';' stands between its fields, give --separator ';'\n");
        assertThat(said("a.csv", "k\tv\nA\t1\n", "--where", "v > 1")).endsWith("give --separator '\\t'\n");
        assertThat(said("a.csv", "k|l,v\nA,1\n", "--where", "w > 1")).doesNotContain("--separator");
    }

    @Test
    void json() throws IOException {
        String typed = "{\"a\":1}\n".repeat(400_000);
        assertThat(said("a.ndjson", "{\"a\":1,\"o\":{\"x\":1}}\n"))
                .endsWith("keep such values as text with --nested, or declare the column utf8 with --types and " + SKIP
                        + "\n");
        assertThat(said("a.ndjson", typed + "{\"a\":1,\"o\":2}\n"))
                .endsWith("declare its type with --types, or let other columns be left out with --on-drift null, or "
                        + SKIP + "\n");
        assertThat(said("a.ndjson", typed + "{\"a\":[2]}\n"))
                .endsWith("keep such values as text with --nested, or " + SKIP + "\n");
        assertThat(said("a.ndjson", "text\n{\"a\":1}\n")).endsWith("write one JSON object a line, or " + SKIP + "\n");
    }

    @Test
    void files() throws IOException {
        String web = "127.0.0.1 - - [10/Oct/2024:13:55:36 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"curl\"\n";
        assertThat(said("a.log", web, "--where", "level = 'WARN'"))
                .endsWith("a.log is a web log in the combined format, and --format says another one\n");
        assertThat(run(folder.resolve("none.csv").toString(), "--follow"))
                .endsWith("none.csv; where --types names the types of all its columns, it is waited for\n");
        assertThat(run(folder.resolve("none.csv").toString()))
                .endsWith("no such file: " + folder.resolve("none.csv") + "\n");
        assertThat(said("a.csv", "")).endsWith("declare the types of its columns with --types\n");
        Path many = Files.createDirectory(folder.resolve("many"));
        assertThat(run(many.toString())).endsWith("or declare the types of the columns with --types\n");
        Files.writeString(many.resolve("a.csv"), "a,b\n1,2\n");
        Files.writeString(many.resolve("b.csv"), "a,c\n1,2\n");
        assertThat(run(many.toString()))
                .endsWith("name the columns alike, or let drift be null or widen with --on-drift\n");
        assertThat(said("a.parquet", "PAR1 and no end")).endsWith("--follow waits for its end\n");
    }

    @Test
    void overflow() throws IOException {
        assertThat(said("a.csv", "v\n9223372036854775807\n1\n", "--agg", "sum(v)"))
                .endsWith("--assign a float64 or decimal of it, or let it be null with --on-bad-row skip\n");
        assertThat(said("a.csv", "v\n9223372036854775807\n", "--assign", "w=v+1"))
                .endsWith("cast an operand to float64, or let it be null with --on-bad-row skip\n");
        String keys = "k,v\n"
                + IntStream.range(0, 200_000).mapToObj(k -> "key" + k + ",1\n").collect(Collectors.joining());
        assertThat(said("a.csv", keys, "--group-by", "k", "--agg", "sum(v)", "--memory", "1m"))
                .endsWith(
                        "give it more with --memory 2m and the heap with JAVA_OPTS=-Xmx2g, or ask for fewer groups\n");
    }

    @Test
    void steps() throws IOException {
        assertThat(said("a.csv", TRADES, "--where", "price"))
                .contains("streamz: --where needs a condition, but price is float64");
        assertThat(said("a.csv", TRADES, "--group-by", "symbol, symbol", "--agg", "count()"))
                .contains("streamz: --group-by names column 'symbol' twice");
        assertThat(said("a.csv", TRADES, "--group-by", "lower(symbol)", "--agg", "count()"))
                .endsWith("give it one: lower(symbol) as name\n");
        assertThat(said("a.csv", TRADES, "--where", "price > @least")).endsWith("; write the value in its place\n");
        assertThat(said("a.csv", TRADES, "--agg", "sum(mean(price) rolling 2) as m"))
                .endsWith("assign it to a column before: --assign 'm=mean(price) rolling 2'\n");
        assertThat(said("a.csv", TRADES, "--time", "symbol"))
                .endsWith("declare it with --types 'symbol: timestamp', or --assign a column that is cast\n");
        assertThat(said("a.csv", "t,v\n2024-01-01T00:00:00Z,1\n", "--assign", "m=mean(v) rolling '5m'"))
                .endsWith("; name the column of event time: --time 't'\n");
        assertThat(said("a.csv", TRADES, "--rolling", "3", "--min-periods", "5", "--agg", "sum(price)"))
                .contains("streamz: --min-periods is 5; it is 1 to 3");
        assertThat(said("a.csv", TRADES, "--memory", "much")).contains("streamz: --memory is 'much'");
    }

    @Test
    void joins() throws IOException {
        String names = Files.writeString(folder.resolve("names.csv"), "symbol,price\n1,2\n")
                .toString();
        assertThat(said("a.csv", TRADES, "--join", names, "--on", "symbol"))
                .endsWith("--types makes the columns of PATH alike those of --join, and not the other way round\n");
        assertThat(said("a.csv", TRADES, "--join", names, "--on", "symbol", "--types", "symbol:int64"))
                .endsWith("rename it in one of the files, or leave it out of those of PATH with --columns\n");
    }

    @Test
    void checkpoints() throws IOException {
        String state = folder.resolve("state").toString();
        assertThat(said("a.csv", "a,b\n1,2\n", "--checkpoint", state, "--agg", "sum(b)"))
                .isEmpty();
        assertThat(said("a.csv", "a,b\n1,2\n1,x\n", "--checkpoint", state, "--agg", "sum(b)"))
                .contains("with --types 'b: utf8' (in an empty folder of --checkpoint), or");
        assertThat(said("a.csv", "a,b\n1,2\n", "--checkpoint", state, "--agg", "max(b)"))
                .endsWith("the checkpoint was made with agg(sum(b)), and the plan has agg(max(b));"
                        + " give the options it was made by, or begin anew in an empty folder of --checkpoint\n");
    }

    @Test
    void namesWithBlanks() throws IOException {
        String meant = "did you mean 'Trade Day'? In expressions it is written `Trade Day`\n";
        assertThat(said("a.csv", TRADES, "--group-by", "Trad Day", "--agg", "count()"))
                .endsWith(meant);
        assertThat(said("a.csv", TRADES, "--group-by", "'Trade Day'", "--agg", "count()"))
                .endsWith(meant);
        assertThat(said("a.csv", TRADES, "--columns", "symbol, Trad Day")).endsWith(meant);
        assertThat(said("a.csv", TRADES, "--order-by", "Trad Day desc")).endsWith(meant);
        assertThat(said("a.csv", TRADES, "--where", "`Trad Day` = 'x'")).endsWith(meant);
        assertThat(said("a.csv", TRADES, "--where", "Trade > 1")).endsWith(meant);
        assertThat(said("a.csv", TRADES, "--columns", "Day of Trade"))
                .contains("no column 'Day of Trade' in a[symbol, price, Trade Day]");
        assertThat(said("a.csv", TRADES, "--where", "Trade Day = 'x'"))
                .endsWith("a name with a blank in it stands in backticks, each written \\` inside of double quotes\n");
        assertThat(said("a.csv", TRADES, "--agg", "sum(price$)"))
                .contains("unexpected character $; a name with it stands in backticks");
    }

    private String said(String name, String content, String... options) throws IOException {
        return run(Files.writeString(folder.resolve(name), content).toString(), options);
    }

    /** What goes to standard error. */
    private static String run(String path, String... options) {
        List<String> args = new ArrayList<>(List.of("tail", path));
        args.addAll(List.of(options));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Main.run(
                args.toArray(String[]::new),
                new ByteArrayInputStream(new byte[0]),
                new ByteArrayOutputStream(),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return err.toString(StandardCharsets.UTF_8);
    }
}

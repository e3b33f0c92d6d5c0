package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.frames.BadRows;
import io.streamz.frames.Csv;
import io.streamz.frames.CsvOut;
import io.streamz.frames.FrameSink;
import io.streamz.frames.RecordBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file for each rule of the format: cut anywhere, read in pieces, appended in pieces, it gives the same rows and the same rejects. */
final class CsvSplitsTest {
    private static final int SPLITS = 10_000;
    private static final int APPENDS = 1_000;

    @TempDir
    Path folder;

    /** A rule, what is declared, and a file, with the number of its rows and rejects when bad rows are left out. */
    private record Rule(String name, String types, UnaryOperator<Csv> declared, byte[] bytes, int rows, int rejects) {
        Rule(String name, String types, String text, int rows, int rejects) {
            this(name, types, csv -> csv, text.getBytes(StandardCharsets.UTF_8), rows, rejects);
        }

        Csv of(Csv csv) {
            return declared.apply(types.isEmpty() ? csv : csv.types(types));
        }

        List<String> outcome(Csv csv, boolean skips) {
            return CsvTortureTest.outcome(of(csv), skips);
        }
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static final String NUMBERS = """
            i,f,b,d,t,x
            1,1.5,true,2026-01-02,2026-01-02T03:04:05.123456789Z,1.50
            -9223372036854775808,.5,false,0001-01-01,2026-01-02 03:04:05,-0.01
            9223372036854775807,1.,true,9999-12-31,1969-12-31T23:59:59Z,99999.99
            9223372036854775808,1,true,2026-01-02,2026-01-02T03:04:05Z,1
            +1,1,true,2026-01-02,2026-01-02T03:04:05Z,1
            1, 1,true,2026-01-02,2026-01-02T03:04:05Z,1
            1,1e999,true,2026-01-02,2026-01-02T03:04:05Z,1
            1,1e-999,true,2026-01-02,2026-01-02T03:04:05Z,1
            1,NaN,true,2026-01-02,2026-01-02T03:04:05Z,1
            1,-Infinity,TRUE,2026-01-02,2026-01-02T03:04:05Z,1
            1,0x10,true,2026-01-02,2026-01-02T03:04:05Z,1
            1,1,true,2026-02-30,2026-01-02T03:04:05Z,1
            1,1,true,2026-01-02,2026-01-02  03:04:05,1
            1,1,true,2026-01-02,2026-01-02T03:04:05Z,1.505
            "1","2.5","true","2026-01-02","2026-01-02T03:04:05Z","1.5"
            "",1,true,2026-01-02,2026-01-02T03:04:05Z,1
            ,,,,,
            """;

    private static final List<Rule> RULES = List.of(
            new Rule("line ends", "", "a,b\r\n1,lone\rreturn\n2,nul\u0000\r\n\n3,\u2028\u0085\n", 3, 0),
            new Rule("byte order mark", "", "\ufeffa,b\n1,\ufeffx\n2,y\n", 2, 0),
            new Rule("empty lines of one column", "a:int64", "a\n1\n\n2\n\r\n", 4, 0),
            new Rule("empty lines of two", "", "a,b\n\n1,2\n\n\n3,4\n", 2, 0),
            new Rule("null and the empty text", "a:utf8,b:utf8", "a,b\n,\"\"\n\"\",\nNA,NULL\nNone,\"NA\"\n", 4, 0),
            new Rule("words are no numbers", "a:int64", "a\n1\nNA\nNULL\nNone\n\"\"\n\"2\"\n", 2, 4),
            new Rule(
                    "declared nulls",
                    "a:int64,b:utf8",
                    csv -> csv.nullValues("NA", "-"),
                    latin("a,b\nNA,-\n\"NA\",\"-\"\n1,x\n-,NAN\n"),
                    4,
                    0),
            new Rule("values", "i:int64,f:float64,b:bool,d:date,t:timestamp,x:decimal(7,2)", NUMBERS, 7, 10),
            new Rule(
                    "an integer as a time",
                    "t:timestamp(ms)",
                    "t\n0\n-1\n1700000000123\n2026-01-02T00:00:00Z\nx\n",
                    4,
                    1),
            new Rule(
                    "inferred types",
                    "",
                    "i,f,b,d,t,s,n\n1,1.5,true,2026-01-02,2026-01-02T00:00:00Z,x,\n2,2,false,2026-01-03,2026-01-02 00:00:01,1,\n",
                    2,
                    0),
            new Rule("too few and too many", "", "a,b\n1,2\n3\n4,5,6\n7,8\n,\n", 3, 2),
            new Rule(
                    "quotes",
                    "a:utf8,b:utf8",
                    "a,b\n\"x,y\",\"a\"\"b\"\n\"line\nfeed\",\"cr\r\nlf\"\n\"a\"b,c\nquo\"te,d\n\"\"\"\",e\n",
                    4,
                    1),
            new Rule(
                    "invalid text",
                    "",
                    csv -> csv,
                    latin("a,b\n1,\u00e9\n2,y\n3,\u00c3\u00a9\n4,\u00ed\u00a0\u0080\n5,\u00f0\u009f\u0098\u0080\n"),
                    3,
                    2),
            new Rule("an empty name", "", "a,,c\n1,2,3\n", 1, 0),
            new Rule("a quote that stays open", "", "a,b\n1,2\n3,\"4\n5,6\n", 1, 0),
            new Rule("no line end at the end", "", "a,b\n1,2\n3,4", 2, 0),
            new Rule("a header alone", "", "a,b\n", 0, 0),
            new Rule("nothing", "a:int64", csv -> csv, new byte[0], 0, 0));

    private static long count(List<String> outcome, boolean rejects) {
        return outcome.stream()
                .filter(line -> line.startsWith("Reject[") == rejects && !line.startsWith("unclosed-quote"))
                .count();
    }

    @Test
    void tenThousandSplitsGiveTheSameRowsAndRejects() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (Rule rule : RULES) {
            List<String> skipped = rule.outcome(CsvRows.csv(rule.bytes), true);
            List<String> failed = rule.outcome(CsvRows.csv(rule.bytes), false);
            assertThat(count(skipped, false))
                    .as("rows of %s: %s", rule.name, skipped)
                    .isEqualTo(rule.rows);
            assertThat(count(skipped, true))
                    .as("rejects of %s: %s", rule.name, skipped)
                    .isEqualTo(rule.rejects);
            for (int split = 0; split <= SPLITS / RULES.size(); split++) {
                boolean skips = random.nextBoolean();
                assertThat(rule.outcome(CsvRows.cut(rule.bytes, random), skips))
                        .as("%s, seed %s", rule.name, seed)
                        .isEqualTo(skips ? skipped : failed);
            }
        }
    }

    @Test
    void appendedInPiecesTheyGiveTheSameRows() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (Rule rule : RULES.stream().filter(each -> each.rows > 0).toList()) {
            byte[] bytes = rule.bytes;
            // A half line does not count, and neither does one whose quote is open.
            List<String> whole = rule.outcome(CsvRows.csv(bytes), true).stream()
                    .limit(bytes[bytes.length - 1] == '\n' ? rule.rows : rule.rows - 1)
                    .toList();
            for (int run = 0; run <= APPENDS / 5 / RULES.size(); run++) {
                Path file = Files.write(folder.resolve("followed.csv"), new byte[0]);
                int[] cuts = random.ints(5, 0, bytes.length + 1).sorted().toArray();
                // The columns are learnt from a header with a row.
                cuts[0] = Math.max(cuts[0], rule.types.isEmpty() ? bytes.length : 0);
                Files.write(file, Arrays.copyOf(bytes, cuts[0]));
                try (Followed followed = new Followed(rule.of(Csv.tail(file)).badRows(BadRows.SKIP))) {
                    for (int cut = 1; cut <= cuts.length; cut++) {
                        int to = cut == cuts.length ? bytes.length : Math.max(cuts[cut], cuts[0]);
                        followed.look();
                        if (random.nextBoolean()) {
                            followed.restart();
                        }
                        Files.write(
                                file, Arrays.copyOfRange(bytes, (int) Files.size(file), to), StandardOpenOption.APPEND);
                    }
                    assertThat(followed.look())
                            .as("%s, seed %s", rule.name, seed)
                            .isEqualTo(whole);
                }
            }
        }
    }

    /** Written by a writer and read again they are the same, cut anywhere. */
    @Test
    void whatIsWrittenReadsBackHoweverItIsCut() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (Rule rule : RULES.stream()
                .filter(each -> each.rows > 0 && !each.types.isEmpty())
                .toList()) {
            List<String> whole = rule.outcome(CsvRows.csv(rule.bytes), true).subList(0, rule.rows);
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            Csv csv = rule.of(CsvRows.csv(rule.bytes)).badRows(BadRows.SKIP);
            FrameSink sink = CsvOut.to(written);
            sink.open(csv.schema());
            CsvRows.batches(csv, (RecordBatch batch) -> {
                try {
                    sink.write(batch);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            sink.end();
            sink.close();
            for (int split = 0; split < 50; split++) {
                Csv again = CsvRows.cut(written.toByteArray(), random).types(rule.types);
                assertThat(CsvTortureTest.outcome(again, false))
                        .as("%s, seed %s", rule.name, seed)
                        .isEqualTo(whole);
            }
        }
    }
}

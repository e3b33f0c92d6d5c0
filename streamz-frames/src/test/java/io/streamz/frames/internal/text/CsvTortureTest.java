package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.streamz.core.StreamzException;
import io.streamz.frames.BadRows;
import io.streamz.frames.Csv;
import io.streamz.frames.Reject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random files: the same rows as another reader gives, however they are cut; damaged ones end in rows or in one clear error. */
final class CsvTortureTest {
    private static final long SEED = 20261123;
    private static final List<String> FIELDS = List.of(
            "",
            "\"\"",
            "1",
            "-17",
            "3.25",
            "true",
            "2024-01-02",
            "abc",
            "\"x,y\"",
            "\"a\"\"b\"",
            "\"\"\"\"",
            "\"line\nfeed\"",
            "\"cr\r\nlf\"",
            "\u00e9\u00e8",
            "\ud83d\ude00",
            "\"\u20ac\"",
            "lone\rreturn",
            "quo\"te",
            "a longer text without anything special in it",
            "12345678901234567890");

    private static String file(Random random, int columns, String lineEnd, boolean plain) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\ufeff" : "");
        for (int column = 0; column < columns; column++) {
            text.append(column == 0 ? "c" : ",c").append(column);
        }
        text.append(lineEnd);
        int rows = random.nextInt(30);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                String field = plain ? Integer.toString(random.nextInt()) : FIELDS.get(random.nextInt(FIELDS.size()));
                text.append(column == 0 ? "" : ",").append(field);
            }
            text.append(row == rows - 1 && random.nextBoolean() ? "" : lineEnd);
            if (!plain && random.nextInt(10) == 0 && columns > 1) {
                text.append(lineEnd);
            }
        }
        return text.toString();
    }

    /** All columns as text, so that the rows are what is between the commas. */
    private static Csv asText(Csv csv, int columns) {
        StringBuilder types = new StringBuilder();
        for (int column = 0; column < columns; column++) {
            types.append(",c").append(column).append(":utf8");
        }
        return csv.types(types.toString());
    }

    @Test
    void sameRowsAsFastCsv() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < 3_000; i++) {
            int columns = 2 + random.nextInt(6);
            // FastCSV takes a lone carriage return for a line end, we do not.
            String text = file(random, columns, random.nextBoolean() ? "\n" : "\r\n", random.nextInt(4) == 0)
                    .replace("lone\rreturn", "lone");
            List<String> expected = new ArrayList<>();
            String body = text.startsWith("\ufeff") ? text.substring(1) : text;
            try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(body)) {
                reader.forEach(record -> expected.add(String.join("|", record.getFields())));
            }
            List<String> rows = CsvRows.rows(asText(CsvRows.csv(text), columns)).stream()
                    .map(row -> row.replaceAll("(?<=^|\\|)-(?=\\||$)", ""))
                    .toList();
            assertThat(rows).as(text).containsExactlyElementsOf(expected.subList(1, expected.size()));
        }
    }

    @Test
    void tenThousandCutsGiveTheSameRowsAndRejects() {
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            int columns = 1 + random.nextInt(5);
            byte[] bytes = file(random, columns, random.nextBoolean() ? "\n" : "\r\n", random.nextInt(8) == 0)
                    .getBytes(StandardCharsets.UTF_8);
            if (random.nextBoolean()) {
                damage(bytes, random, columns * 3 + 5);
            }
            List<String> whole = outcome(CsvRows.csv(bytes), false);
            List<String> wholeTyped = outcome(CsvRows.csv(bytes), true);
            for (int cut = 0; cut < 10; cut++) {
                assertThat(outcome(CsvRows.cut(bytes, random), false)).containsExactlyElementsOf(whole);
                assertThat(outcome(CsvRows.cut(bytes, random), true)).containsExactlyElementsOf(wholeTyped);
            }
        }
    }

    private static void damage(byte[] bytes, Random random, int from) {
        byte[] letters = {'"', ',', '\n', '\r', (byte) 0xff, 'x', 0};
        for (int left = random.nextInt(4); left > 0 && bytes.length > from; left--) {
            bytes[from + random.nextInt(bytes.length - from)] = letters[random.nextInt(letters.length)];
        }
    }

    /** Rows, rejects and the error, if any, in their order. */
    static List<String> outcome(Csv csv, boolean skip) {
        List<String> seen = new ArrayList<>();
        List<Reject> rejects = new ArrayList<>();
        try {
            CsvRows.drain(csv.badRows(skip ? BadRows.SKIP : BadRows.FAIL).onReject(rejects::add), seen);
        } catch (StreamzException e) {
            seen.add(e.code() + " " + e.getMessage());
        }
        rejects.forEach(reject -> seen.add(reject.toString()));
        return seen;
    }

    @Test
    @Timeout(60)
    void randomBytesEndInRowsOrOneClearError() {
        Random random = new Random(SEED);
        byte[] letters = "ab1,2\"\"\n\r\n.,-e:T \u0000".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = random.nextInt(50) == 0 ? (byte) random.nextInt() : letters[random.nextInt(letters.length)];
            }
            assertThat(outcome(CsvRows.csv(bytes), random.nextBoolean())).isNotNull();
        }
    }

    @Test
    void rowsAcrossManyPiecesOfALargeFile() {
        Random random = new Random(SEED);
        StringBuilder text = new StringBuilder("a,b,c\n");
        List<String> expected = new ArrayList<>();
        for (int row = 0; row < 120_000; row++) {
            boolean quoted = row > 60_000 && random.nextInt(100) == 0;
            String word = "w" + random.nextInt(1_000_000);
            text.append(row)
                    .append(',')
                    .append(quoted ? '"' + word + "\n\"\"\"" : word)
                    .append(',')
                    .append(row / 4.0)
                    .append(row % 7 == 0 ? "\r\n" : "\n");
            expected.add(row + "|" + word + (quoted ? "\n\"" : "") + "|" + row / 4.0);
        }
        assertThat(CsvRows.rows(CsvRows.csv(text.toString()))).containsExactlyElementsOf(expected);
    }

    @Test
    @Timeout(60)
    void knownBadFilesEndInRowsOrOneClearError() throws IOException {
        Path directory = shared("data/bad/csv");
        Assumptions.assumeTrue(directory != null);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                for (boolean skip : new boolean[] {true, false}) {
                    List<String> seen = new ArrayList<>();
                    try {
                        CsvRows.drain(Csv.read(file).badRows(skip ? BadRows.SKIP : BadRows.FAIL), seen);
                    } catch (StreamzException e) {
                        assertThat(e).hasMessageContaining(file.getFileName().toString());
                    } catch (RuntimeException e) {
                        fail(file.toString(), e);
                    }
                }
            }
        }
    }

    private static Path shared(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared").resolve(name))) {
                return at.resolve("shared").resolve(name);
            }
        }
        return null;
    }
}

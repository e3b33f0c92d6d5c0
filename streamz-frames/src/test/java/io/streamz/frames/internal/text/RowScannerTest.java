package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fast ways through a block against the careful one, which is the definition. */
final class RowScannerTest {
    private static final String[] FIELDS = {
        "",
        "\"\"",
        "1",
        "\"12\"",
        "\"x,y\"",
        "\"a\"\"b\"",
        "\"\"\"\"",
        "\"\"\"\"\"\"",
        "\"\"\"a\"",
        "\"a\"\"\"",
        "\"line\nfeed\"",
        "\"cr\r\nlf\"",
        "\"\r\"",
        "\"\n\"",
        "\"\u20ac\"",
        "\u00e9",
        "lone\rreturn",
        "\",\"",
        "\"\"\",\"\"\"",
        "a longer text without anything special in it",
        "\"a longer text, in quotes\""
    };
    private static final String[] ODD = {"quo\"te", "\"a\" ", "\"a\"b\"", "\"\"x", "\"a\"\r", "x\"", "\"", "\"open"};

    private static final Limits LIMITS = Limits.DEFAULT;

    private static String rows(Random random, int columns, String lineEnd, int odds) {
        StringBuilder text = new StringBuilder();
        int rows = random.nextInt(40);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                String[] from = odds > 0 && random.nextInt(odds) == 0 ? ODD : FIELDS;
                text.append(column == 0 ? "" : ",").append(from[random.nextInt(from.length)]);
            }
            text.append(lineEnd);
        }
        return text.toString();
    }

    private static byte separator(Random random) {
        return (byte) ",,,;\t| ".charAt(random.nextInt(7));
    }

    /** All that a block says, and the rows that cannot be taken. */
    private static String shown(Block block, List<Fault> faults) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < block.rows; row++) {
            for (int column = 0; column < block.columns; column++) {
                text.append(block.start(row, column)).append('-').append(block.end(row, column));
                text.append(block.isQuoted(row, column) ? "q " : " ");
            }
            text.append('\n');
        }
        return text + "consumed " + block.consumed + ", lines " + block.lines + ", faults " + faults;
    }

    @Test
    void theFastWaysSeeWhatTheCarefulOneSees() {
        int[] quoted = new int[2];
        for (long seed = 1; seed <= 20_000; seed++) {
            Random random = new Random(seed);
            int columns = 1 + random.nextInt(5);
            String text = rows(random, columns, random.nextBoolean() ? "\n" : "\r\n", random.nextInt(3) * 30);
            byte separator = separator(random);
            byte[] content = text.replace(',', (char) separator).getBytes(StandardCharsets.UTF_8);
            int length = random.nextInt(3) == 0 ? random.nextInt(content.length + 1) : content.length;
            int from = RowScanner.PAD + random.nextInt(8);
            byte[] bytes = new byte[from + length + 3 * RowScanner.PAD];
            random.nextBytes(bytes);
            System.arraycopy(content, 0, bytes, from, length);

            Block expected = new Block(columns, false);
            List<Fault> faults = new ArrayList<>();
            expected.clear(bytes, from);
            new CarefulScan(columns, separator, LIMITS).scan(bytes, from, from + length, -1, expected, faults);

            RowScanner scanner = new RowScanner(columns, separator, LIMITS);
            for (int time = 0; time < 2; time++) {
                Block block = new Block(columns, false);
                List<Fault> found = new ArrayList<>();
                scanner.scan(bytes, from, from + length, -1, block, found);
                assertThat(shown(block, found)).as("seed %d: %s", seed, text).isEqualTo(shown(expected, faults));
                quoted[scanner.isFast() && block.quoted ? 1 : 0]++;
            }
        }
        // The comparison is worth something only where quotes went the fast way often, and sometimes could not.
        assertThat(quoted[1]).isGreaterThan(10_000);
        assertThat(quoted[0]).isGreaterThan(5_000);
    }

    /** Rows of several pieces, without quotes but for one somewhere; some bytes are separators but for their top bit. */
    @Test
    void longBlocksToo() {
        String[] fields = {
            "", "1", "-12.5", "\u008a", "\u00ac\u00ac", "\u00a2", "J\u000b-\u000b.", "a text of 24 characters.", "l\rr"
        };
        int fast = 0;
        for (long seed = 1; seed <= 600; seed++) {
            Random random = new Random(seed);
            int columns = 1 + random.nextInt(5);
            boolean isAscii = random.nextBoolean();
            StringBuilder text = new StringBuilder();
            int size = random.nextInt(3 * 4096);
            while (text.length() < size) {
                for (int column = 0; column < columns; column++) {
                    String field = fields[random.nextInt(fields.length)];
                    text.append(column == 0 ? "" : ",")
                            .append(isAscii && field.matches("[\u0080-\u00ff]+") ? "2" : field);
                }
                text.append(random.nextInt(5000) == 0 ? ",\n" : "\n");
            }
            if (random.nextInt(3) == 0) {
                text.append("\"q\"" + ",".repeat(columns - 1) + "\n");
            }
            byte separator = separator(random);
            byte[] content = text.toString().replace(',', (char) separator).getBytes(StandardCharsets.UTF_8);
            int length = random.nextInt(3) == 0 ? random.nextInt(content.length + 1) : content.length;
            byte[] bytes = new byte[length + 4 * RowScanner.PAD];
            random.nextBytes(bytes);
            System.arraycopy(content, 0, bytes, RowScanner.PAD, length);

            Block expected = new Block(columns, false);
            List<Fault> faults = new ArrayList<>();
            expected.clear(bytes, RowScanner.PAD);
            int to = RowScanner.PAD + length;
            new CarefulScan(columns, separator, LIMITS).scan(bytes, RowScanner.PAD, to, -1, expected, faults);

            RowScanner scanner = new RowScanner(columns, separator, LIMITS);
            for (int time = 0; time < 2; time++) {
                Block block = new Block(columns, false);
                List<Fault> found = new ArrayList<>();
                scanner.scan(bytes, RowScanner.PAD, to, -1, block, found);
                assertThat(shown(block, found)).as("seed %d", seed).isEqualTo(shown(expected, faults));
                fast += scanner.isFast() ? 1 : 0;
            }
        }
        assertThat(fast).isGreaterThan(500);
    }

    @Test
    void aQuotedEmptyFieldIsNoMissingOne() {
        byte[] bytes = (" ".repeat(RowScanner.PAD) + "\"\",1\n,\"2\"\n\"3\",\"\"\n" + " ".repeat(RowScanner.PAD))
                .getBytes(StandardCharsets.US_ASCII);
        Block block = new Block(2, false);
        new RowScanner(2, (byte) ',', LIMITS)
                .scan(bytes, RowScanner.PAD, bytes.length - RowScanner.PAD, -1, block, new ArrayList<>());
        assertThat(block.rows).isEqualTo(3);
        assertThat(block.aim(0)).isFalse();
        assertThat(block.aim(1)).isFalse();
        block.rows = 2;
        assertThat(block.aim(1)).isTrue();
        assertThat(block.places[2] + 1).isEqualTo(block.start(1, 1) + 1);
        assertThat(block.places[3]).isEqualTo(block.end(1, 1) - 1);
    }
}

package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.LongLane;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The loops over whole columns of numbers give what their fields say one by one. */
final class FastColumnsTest {
    private static final long SEED = 20261128;
    private static final int ROWS = 50;
    /** What stands next to the digits and the point, in the code and in its bits, is among them. */
    private static final String LETTERS = "0123456789012345678901234567890123456789....--+/:eE \u0000\u007fp";

    private static String field(Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
        int length = random.nextInt(19);
        boolean isNumber = random.nextInt(3) > 0;
        int point = random.nextInt(2 * length + 1);
        for (int i = 0; i < length; i++) {
            text.append(
                    isNumber
                            ? i == point ? '.' : (char) ('0' + random.nextInt(10))
                            : LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** Anything, or in two of three columns mostly short numbers without a sign, such as files are full of. */
    private static List<String> fields(Random random) {
        int odds = 1 + 30 * random.nextInt(3);
        List<String> fields = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            StringBuilder text = new StringBuilder(Integer.toString(random.nextInt(10_000_000)));
            if (random.nextBoolean()) {
                text.insert(random.nextInt(text.length() + 1), '.');
            }
            fields.add(random.nextInt(odds) == 0 ? field(random) : text.toString());
        }
        return fields;
    }

    /** A block of two columns of which the second is looked at. */
    private static Block block(List<String> fields) {
        StringBuilder text = new StringBuilder(" ".repeat(RowScanner.PAD));
        fields.forEach(field -> text.append("9.9,").append(field).append('\n'));
        text.append("7".repeat(RowScanner.PAD));
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        Block block = new Block(2, false);
        RowScanner scanner = new RowScanner(2, (byte) ',', Limits.DEFAULT);
        scanner.scan(bytes, RowScanner.PAD, bytes.length - RowScanner.PAD, -1, block, new ArrayList<>());
        assertThat(scanner.isFast()).isTrue();
        assertThat(block.rows).isEqualTo(fields.size());
        return block;
    }

    private static byte[] padded(String text) {
        return ("#".repeat(RowScanner.PAD) + text + "#".repeat(RowScanner.PAD)).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void ofFloats() {
        Random random = new Random(SEED);
        DoubleText text = new DoubleText();
        for (int attempt = 0; attempt < 2000; attempt++) {
            List<String> fields = fields(random);
            DoubleLane lane = new DoubleLane();
            lane.reset(ROWS);
            BitSet bad = new BitSet();
            ColumnParser.of(1, DataType.FLOAT64, false, new NullWords(List.of()))
                    .read(block(fields), lane, bad);
            for (int row = 0; row < ROWS; row++) {
                String field = fields.get(row);
                boolean good = text.read(padded(field), RowScanner.PAD, RowScanner.PAD + field.length());
                String what = "'" + field + "', seed " + SEED;
                assertThat(lane.isNull(row)).as(what).isEqualTo(field.isEmpty());
                assertThat(bad.get(row)).as(what).isEqualTo(!field.isEmpty() && !good);
                if (good) {
                    assertThat(Double.doubleToRawLongBits(lane.values()[row]))
                            .as(what)
                            .isEqualTo(Double.doubleToRawLongBits(text.value));
                }
            }
        }
    }

    @Test
    void ofIntegers() {
        Random random = new Random(SEED);
        LongText text = LongText.of(DataType.INT64, false);
        for (int attempt = 0; attempt < 2000; attempt++) {
            List<String> fields = fields(random);
            LongLane lane = new LongLane();
            lane.reset(ROWS);
            BitSet bad = new BitSet();
            ColumnParser.of(1, DataType.INT64, false, new NullWords(List.of())).read(block(fields), lane, bad);
            for (int row = 0; row < ROWS; row++) {
                String field = fields.get(row);
                boolean good = text.read(padded(field), RowScanner.PAD, RowScanner.PAD + field.length());
                String what = "'" + field + "', seed " + SEED;
                assertThat(lane.isNull(row)).as(what).isEqualTo(field.isEmpty());
                assertThat(bad.get(row)).as(what).isEqualTo(!field.isEmpty() && !good);
                if (good) {
                    assertThat(lane.values()[row]).as(what).isEqualTo(text.value);
                }
            }
        }
    }
}

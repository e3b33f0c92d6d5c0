package io.streamz.notebook;

import io.streamz.aggregations.Kind;
import io.streamz.frames.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The cells of a column as people read them. Floats get equally many digits behind the point, at most six, so that the points
 * of a column stand below each other; numbers too large or small for that are left as they are.
 */
final class CellTexts {
    private static final int DIGITS = 6;
    private static final double LARGEST = 1e15;
    private static final double SMALLEST = 1e-4;

    private CellTexts() {}

    /** The first and the last rows; null stands for a null. */
    static String[] of(Table table, int column, int head, int tail) {
        String[] texts = new String[head + tail];
        boolean floats = table.schema().type(column).kind() == Kind.FLOAT;
        int digits = 0;
        for (int i = 0; i < texts.length; i++) {
            int row = i < head ? i : table.rows() - tail + i - head;
            if (!table.lane(column).isNull(row)) {
                texts[i] = table.shown(row, column);
                digits = floats ? Math.max(digits, digits(texts[i])) : 0;
            }
        }
        for (int i = 0; floats && i < texts.length; i++) {
            texts[i] = rounded(texts[i], Math.min(digits, DIGITS));
        }
        return texts;
    }

    private static int digits(String text) {
        int point = text.indexOf('.');
        return point < 0 || !isPlain(text) ? 0 : text.length() - point - 1;
    }

    private static boolean isPlain(String text) {
        double value = Math.abs(Double.parseDouble(text));
        return value < LARGEST && (value == 0 || value >= SMALLEST);
    }

    private static String rounded(String text, int digits) {
        if (text == null || !isPlain(text)) {
            return text;
        }
        return new BigDecimal(text).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }
}

package io.streamz.notebook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;

/** Maps, iterables, arrays of doubles, numbers, text and truth as JSON that may stand inside a script element. */
final class Json {
    private static final MathContext SHOWN = new MathContext(9);
    private static final double LARGE = 1e6;

    private final StringBuilder text = new StringBuilder();

    private Json() {}

    static String of(Object value) {
        Json json = new Json();
        json.write(value);
        return json.text.toString();
    }

    private void write(Object value) {
        if (value instanceof Map<?, ?> map) {
            String between = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                text.append(between);
                quoted(String.valueOf(entry.getKey()));
                text.append(':');
                write(entry.getValue());
                between = ",";
            }
            text.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof Iterable<?> items) {
            text.append('[');
            String between = "";
            for (Object item : items) {
                text.append(between);
                write(item);
                between = ",";
            }
            text.append(']');
        } else if (value instanceof double[] numbers) {
            write(numbers);
        } else if (value instanceof Double number) {
            number(number);
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            quoted(value.toString());
        }
    }

    private void write(double[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            text.append(i == 0 ? '[' : ',');
            number(numbers[i]);
        }
        text.append(numbers.length == 0 ? "[]" : "]");
    }

    /** What JSON has no word for is no number: a gap in a line. Nine digits are more than a screen shows, but for large numbers, such as times in milliseconds. */
    private void number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            text.append("null");
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            text.append((long) value);
        } else {
            MathContext digits = Math.abs(value) < LARGE ? SHOWN : MathContext.DECIMAL64;
            text.append(new BigDecimal(value).round(digits).stripTrailingZeros());
        }
    }

    private void quoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            // A less-than sign could end the script, the two separators are ends of line to it.
            if (c < ' '
                    || c == '"'
                    || c == '\\'
                    || c == '<'
                    || c == '>'
                    || c == '&'
                    || c == '\u2028'
                    || c == '\u2029') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}

package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import io.streamz.core.PlanException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column and the type it is declared to have.
 *
 * @param epoch whether a timestamp may also be written as an integer, which it may where its unit is declared
 */
public record DeclaredType(String column, DataType type, boolean epoch) {
    private static final String KNOWN =
            "the types are int64, int32, int16, int8, float64, float32, bool, utf8, date, timestamp, "
                    + "timestamp(s|ms|us|ns), time(s|ms|us|ns), duration(s|ms|us|ns) and decimal(precision,scale)";
    private static final Pattern TIMED = Pattern.compile("(timestamp|time|duration)\\s*\\(\\s*(s|ms|us|ns)\\s*\\)");
    private static final Pattern DECIMAL = Pattern.compile("decimal\\s*\\(\\s*(\\d{1,4})\\s*,\\s*(\\d{1,4})\\s*\\)");
    private static final Map<String, DataType> PLAIN = Map.of(
            "int64", DataType.INT64,
            "int32", DataType.INT32,
            "int16", DataType.INT16,
            "int8", DataType.INT8,
            "float64", DataType.FLOAT64,
            "float32", DataType.FLOAT32,
            "bool", DataType.BOOL,
            "utf8", DataType.UTF8,
            "date", DataType.DATE,
            "timestamp", DataType.timestamp(ChronoUnit.NANOS));
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "ms", ChronoUnit.MILLIS, "us", ChronoUnit.MICROS, "ns", ChronoUnit.NANOS);

    public static DeclaredType of(String column, DataType type) {
        if (type.kind() == Kind.BINARY) {
            throw wrong(column, "column '" + column + "' cannot be binary: CSV is text", "declare it utf8");
        }
        return new DeclaredType(column, type, type.kind() == Kind.TIMESTAMP);
    }

    /**
     * Reads {@code "sym:utf8, qty:int64, t:timestamp(ms), d:decimal(20,2)"}. Columns go by their names as they are, with
     * blanks inside; a name with a comma, a colon or backticks at its ends stands in backticks.
     */
    public static List<DeclaredType> list(String text) {
        List<DeclaredType> types = new ArrayList<>();
        for (String item : split(text)) {
            int colon = item.lastIndexOf(':');
            if (colon < 0) {
                throw wrong(
                        text, "'" + item.strip() + "' is not of the form column:type", "write such as \"qty:int64\"");
            }
            String column = unquoted(item.substring(0, colon).strip());
            if (types.stream().anyMatch(type -> type.column.equals(column))) {
                throw wrong(column, "column '" + column + "' has two types", "declare one");
            }
            types.add(read(column, item.substring(colon + 1).strip()));
        }
        return types;
    }

    /** A name as {@link #list} reads it. */
    static String written(String column) {
        return column.matches(".*[,:()`].*") ? "`" + column + "`" : column;
    }

    private static String unquoted(String name) {
        boolean isQuoted = name.length() > 1 && name.startsWith("`") && name.endsWith("`");
        return isQuoted ? name.substring(1, name.length() - 1) : name;
    }

    private static DeclaredType read(String column, String text) {
        DataType plain = PLAIN.get(text);
        if (plain != null) {
            return new DeclaredType(column, plain, false);
        }
        Matcher timed = TIMED.matcher(text);
        if (timed.matches()) {
            ChronoUnit unit = UNITS.get(timed.group(2));
            return switch (timed.group(1)) {
                case "timestamp" -> new DeclaredType(column, DataType.timestamp(unit), true);
                case "time" -> new DeclaredType(column, DataType.time(unit), false);
                default -> new DeclaredType(column, DataType.duration(unit), false);
            };
        }
        Matcher decimal = DECIMAL.matcher(text);
        if (!decimal.matches()) {
            throw wrong(column, "no type '" + text + "' for column '" + column + "'", KNOWN);
        }
        int precision = Integer.parseInt(decimal.group(1));
        int scale = Integer.parseInt(decimal.group(2));
        if (precision < 1 || precision > 38 || scale > precision) {
            throw wrong(
                    column,
                    "no type '" + text + "' for column '" + column + "'",
                    "a decimal has 1 to 38 digits, of which at most all stand behind the point");
        }
        return new DeclaredType(column, DataType.decimal(precision, scale), false);
    }

    /** The items between commas that stand neither in parentheses nor in backticks; blank ones are left out. */
    private static List<String> split(String text) {
        List<String> items = new ArrayList<>();
        int start = 0;
        int depth = 0;
        boolean isQuoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char next = i < text.length() ? text.charAt(i) : ',';
            isQuoted ^= next == '`';
            depth += isQuoted ? 0 : next == '(' ? 1 : next == ')' ? -1 : 0;
            if (i == text.length() || next == ',' && !isQuoted && depth <= 0) {
                items.add(text.substring(start, i));
                start = i + 1;
            }
        }
        items.removeIf(String::isBlank);
        return items;
    }

    private static PlanException wrong(String path, String message, String remedy) {
        return new PlanException("bad-type", path, message, remedy);
    }
}

package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types as users write them: {@code int64}, {@code timestamp}, {@code timestamp(ms)}, {@code decimal(20,2)}. */
public final class TypeText {
    /** What can be written, for messages. */
    public static final String VALID =
            "bool, int8, int16, int32, int64, float32, float64, decimal(p,s), utf8, binary, date, "
                    + "time(unit), timestamp(unit), timestamp(unit, zone), duration(unit), with a unit of s, ms, us or ns";

    private static final Pattern FORM = Pattern.compile("([a-z]+\\d*)\\s*(?:\\(([^()]*)\\))?");

    private TypeText() {}

    /** The type that a text names, nanoseconds where a time has no unit; nothing when it names none. */
    public static Optional<DataType> parse(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        if (form.group(2) == null) {
            return Optional.ofNullable(plain(form.group(1)));
        }
        // Zones have capitals: the argument is taken from the text as it was written.
        String written = text.substring(text.indexOf('(') + 1, text.lastIndexOf(')'));
        return Optional.ofNullable(withArguments(form.group(1), written.split(",", -1)));
    }

    private static DataType plain(String name) {
        return switch (name) {
            case "bool" -> DataType.BOOL;
            case "int8" -> DataType.INT8;
            case "int16" -> DataType.INT16;
            case "int32" -> DataType.INT32;
            case "int64" -> DataType.INT64;
            case "float32" -> DataType.FLOAT32;
            case "float64" -> DataType.FLOAT64;
            case "utf8" -> DataType.UTF8;
            case "binary" -> DataType.BINARY;
            case "date" -> DataType.DATE;
            case "time", "timestamp", "duration" -> timed(name, ChronoUnit.NANOS, null);
            default -> null;
        };
    }

    private static DataType withArguments(String name, String[] arguments) {
        if (name.equals("decimal")) {
            return arguments.length == 2 ? decimal(arguments[0].strip(), arguments[1].strip()) : null;
        }
        ChronoUnit unit = unit(arguments[0].strip());
        boolean zoned = arguments.length == 2 && name.equals("timestamp");
        if (unit == null || arguments.length > 1 && !zoned) {
            return null;
        }
        return timed(name, unit, zoned ? arguments[1].strip() : null);
    }

    private static DataType timed(String name, ChronoUnit unit, String zone) {
        return switch (name) {
            case "time" -> DataType.time(unit);
            case "timestamp" -> DataType.timestamp(unit, zone);
            case "duration" -> DataType.duration(unit);
            default -> null;
        };
    }

    private static ChronoUnit unit(String name) {
        return switch (name) {
            case "s" -> ChronoUnit.SECONDS;
            case "ms" -> ChronoUnit.MILLIS;
            case "us" -> ChronoUnit.MICROS;
            case "ns" -> ChronoUnit.NANOS;
            default -> null;
        };
    }

    private static DataType decimal(String precision, String scale) {
        if (!precision.matches("\\d{1,2}") || !scale.matches("\\d{1,2}")) {
            return null;
        }
        int digits = Integer.parseInt(precision);
        int behind = Integer.parseInt(scale);
        return digits < 1 || digits > 38 || behind > digits ? null : DataType.decimal(digits, behind);
    }
}

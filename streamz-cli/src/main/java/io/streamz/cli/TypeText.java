package io.streamz.cli;

import io.streamz.aggregations.DataType;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types as users write them. */
final class TypeText {
    private static final Pattern TIMESTAMP = Pattern.compile("timestamp\\s*\\(\\s*(s|ms|us|ns)\\s*\\)");
    private static final Pattern DECIMAL = Pattern.compile("decimal\\s*\\(\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*\\)");
    private static final Map<String, DataType> PLAIN = Map.of(
            "int64", DataType.INT64,
            "float64", DataType.FLOAT64,
            "bool", DataType.BOOL,
            "utf8", DataType.UTF8,
            "date", DataType.DATE,
            "timestamp", DataType.timestamp(ChronoUnit.NANOS));
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "ms", ChronoUnit.MILLIS, "us", ChronoUnit.MICROS, "ns", ChronoUnit.NANOS);

    private TypeText() {}

    static DataType read(String option, String text) {
        DataType plain = PLAIN.get(text);
        if (plain != null) {
            return plain;
        }
        Matcher timestamp = TIMESTAMP.matcher(text);
        if (timestamp.matches()) {
            return DataType.timestamp(UNITS.get(timestamp.group(1)));
        }
        Matcher decimal = DECIMAL.matcher(text);
        if (!decimal.matches()) {
            throw new UsageException(
                    option,
                    "has no type '" + text
                            + "'; there are int64, float64, bool, utf8, date, timestamp, timestamp(s|ms|us|ns)"
                            + " and decimal(digits,scale)");
        }
        try {
            return DataType.decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        } catch (IllegalArgumentException e) {
            throw new UsageException(option, "cannot be read: " + e.getMessage());
        }
    }
}

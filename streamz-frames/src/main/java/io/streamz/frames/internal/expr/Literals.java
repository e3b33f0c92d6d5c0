package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values in expressions: which Java objects stand for one, how they are written and read. */
public final class Literals {
    /** ISO 8601 with T or one blank between date and time, seconds and zone optional. */
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final Pattern DURATION_PART = Pattern.compile("(\\d+)(d|h|ms|m|s|us|ns)");
    private static final Pattern DURATION = Pattern.compile("-?(\\d+(d|h|ms|m|s|us|ns))+");

    private Literals() {}

    /** The value as a literal: numbers widened to int64, float64 or decimal, times without a zone read as UTC. */
    static Node.Literal value(Object value) {
        if (value == null) {
            return Node.Literal.NULL;
        }
        if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
            return new Node.Literal(((Number) value).longValue());
        }
        if (value instanceof Float number) {
            return new Node.Literal((double) number);
        }
        if (value instanceof BigDecimal || value instanceof BigInteger) {
            return new Node.Literal(decimal(value instanceof BigInteger i ? new BigDecimal(i) : (BigDecimal) value));
        }
        if (value instanceof CharSequence || value instanceof Character) {
            return new Node.Literal(value.toString());
        }
        return new Node.Literal(moment(value));
    }

    private static Object moment(Object value) {
        if (value instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC);
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (value instanceof ZonedDateTime time) {
            return time.toInstant();
        }
        if (value instanceof Boolean
                || value instanceof Long
                || value instanceof Double
                || value instanceof LocalDate
                || value instanceof LocalTime
                || value instanceof Instant
                || value instanceof Duration) {
            return value;
        }
        throw new PlanException(
                "literal",
                "expression",
                "a " + value.getClass().getName() + " is no value of an expression",
                "use a boolean, number, String, or a LocalDate, LocalTime, Instant or Duration of java.time");
    }

    /** The number with a scale of 0 to 38 and at most 38 digits. */
    static BigDecimal decimal(BigDecimal value) {
        BigDecimal scaled = value.scale() < 0 ? value.setScale(0) : value;
        if (scaled.precision() > 38 || scaled.scale() > 38) {
            throw new PlanException(
                    "literal", "expression", "decimal " + value + " has more than 38 digits", "use float64");
        }
        return scaled;
    }

    /** The literal as text that reads back as the same literal. */
    static String printed(Object value) {
        if (value == null || value instanceof Boolean || value instanceof Long) {
            return String.valueOf(value);
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number.toString() : "float64 '" + number + "'";
        }
        if (value instanceof BigDecimal number) {
            return "decimal '" + number.toPlainString() + "'";
        }
        if (value instanceof LocalDate date) {
            return "date '" + date + "'";
        }
        if (value instanceof LocalTime time) {
            return "time '" + time + "'";
        }
        if (value instanceof Instant instant) {
            return "timestamp '" + instant + "'";
        }
        if (value instanceof Duration duration) {
            return "duration '" + duration + "'";
        }
        return "'" + ((String) value).replace("'", "''") + "'";
    }

    /** The value of a text with its type before it, or null where the word is no such type. */
    static Object typed(String type, String text) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "date" -> date(text);
            case "time" -> time(text);
            case "timestamp" -> timestamp(text);
            case "duration" -> duration(text);
            case "decimal" -> decimal(new BigDecimal(text.strip()));
            case "float64" -> float64(text);
            default -> null;
        };
    }

    /** A text as a constant of the kind of a type, or null where it does not read as one. */
    static Constant read(String text, DataType type) {
        try {
            Object value = typed(type.kind().name(), text);
            return value == null ? null : Constants.of(new Node.Literal(value));
        } catch (DateTimeException | ArithmeticException | NumberFormatException | PlanException e) {
            return null;
        }
    }

    /** How a value of a type is written, for messages. */
    static String example(String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "date" -> "write it as '2001-12-31'";
            case "time" -> "write it as '23:59:59.5'";
            case "timestamp" -> "write it as '2001-12-31T23:59:59.5Z'";
            case "duration" -> "write it as '1d12h', '5m', '30s', '250ms'";
            case "decimal" -> "write it as '12.50', with at most 38 digits";
            default -> "write it as '1.5', 'NaN' or 'Infinity'";
        };
    }

    private static Double float64(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.valueOf(text);
        };
    }

    /** A day as {@code yyyy-MM-dd}. */
    static LocalDate date(String text) {
        return LocalDate.parse(text);
    }

    static LocalTime time(String text) {
        return LocalTime.parse(text);
    }

    /** A moment; a day alone is its first moment, and without a zone it is UTC. */
    static Instant timestamp(String text) {
        if (text.indexOf(':') < 0) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        int blank = text.indexOf(' ');
        String withT = blank < 0 ? text : text.substring(0, blank) + 'T' + text.substring(blank + 1);
        var parsed = TIMESTAMP.parseBest(withT, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime time
                ? time.toInstant()
                : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
    }

    /** A length of time: {@code 5m}, {@code 1d12h}, {@code 250ms}, or as ISO 8601 writes it. */
    public static Duration duration(String text) {
        if (!DURATION.matcher(text).matches()) {
            return Duration.parse(text);
        }
        Duration sum = Duration.ZERO;
        Matcher part = DURATION_PART.matcher(text);
        while (part.find()) {
            sum = sum.plus(part(Long.parseLong(part.group(1)), part.group(2)));
        }
        return text.startsWith("-") ? sum.negated() : sum;
    }

    private static Duration part(long count, String unit) {
        return switch (unit) {
            case "d" -> Duration.ofDays(count);
            case "h" -> Duration.ofHours(count);
            case "m" -> Duration.ofMinutes(count);
            case "s" -> Duration.ofSeconds(count);
            case "ms" -> Duration.ofMillis(count);
            case "us" -> Duration.ofSeconds(count / 1_000_000, count % 1_000_000 * 1_000);
            case "ns" -> Duration.ofNanos(count);
            default -> throw new DateTimeException("no unit " + unit);
        };
    }
}

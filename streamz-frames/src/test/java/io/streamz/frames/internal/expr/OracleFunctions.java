package io.streamz.frames.internal.expr;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The functions over boxed values, by means of java.lang, java.time and BigDecimal. */
final class OracleFunctions {
    private static final BigInteger SECOND = BigInteger.TEN.pow(9);

    private OracleFunctions() {}

    /** Arguments without nulls. */
    static Object apply(Op op, List<Object> args) {
        Object x = args.get(0);
        return switch (op.family()) {
            case NUMBER -> number(op, x, args);
            case TEXT -> text(op, (String) x, args);
            default -> op == Op.LIKE ? like((String) x, (String) args.get(1)) : time(op, x, args);
        };
    }

    private static double real(Object x) {
        return ((Number) x).doubleValue();
    }

    private static Object number(Op op, Object x, List<Object> args) {
        return switch (op) {
            case SQRT -> Math.sqrt(real(x));
            case EXP -> StrictMath.exp(real(x));
            case LOG -> StrictMath.log(real(x));
            case ATAN2 -> StrictMath.atan2(real(x), real(args.get(1)));
            case FLOOR -> whole(x, RoundingMode.FLOOR);
            case CEIL -> whole(x, RoundingMode.CEILING);
            case TRUNC -> whole(x, RoundingMode.DOWN);
            case ROUND -> rounded(x, args.size() == 1 ? 0 : ((BigInteger) args.get(1)).intValueExact());
            case SIGN -> x instanceof Double d ? (Object) Math.signum(d) : sign(x);
            case IS_FINITE -> !(x instanceof Double d) || !d.isNaN() && !d.isInfinite();
            case IS_INFINITE -> x instanceof Double d && d.isInfinite();
            case BIT_AND -> ((BigInteger) x).and((BigInteger) args.get(1));
            case BIT_OR -> ((BigInteger) x).or((BigInteger) args.get(1));
            case BIT_XOR -> ((BigInteger) x).xor((BigInteger) args.get(1));
            case BIT_NOT -> ((BigInteger) x).not();
            default -> throw new IllegalArgumentException(op.text());
        };
    }

    private static BigInteger sign(Object x) {
        int sign = x instanceof BigDecimal d ? d.signum() : ((BigInteger) x).signum();
        return BigInteger.valueOf(sign);
    }

    private static Object whole(Object x, RoundingMode mode) {
        if (x instanceof Double d) {
            if (d.isNaN() || d.isInfinite()) {
                return d;
            }
            double whole = new BigDecimal(d).setScale(0, mode).doubleValue();
            return whole == 0 ? Math.copySign(0.0, d) : whole;
        }
        return x instanceof BigDecimal d ? d.setScale(0, mode) : x;
    }

    private static Object rounded(Object x, int digits) {
        if (x instanceof Double d) {
            if (d.isNaN() || d.isInfinite()) {
                return d;
            }
            double rounded =
                    new BigDecimal(d).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
            return rounded == 0 ? Math.copySign(0.0, d) : rounded;
        }
        if (x instanceof BigDecimal d) {
            return digits >= d.scale() ? d : d.setScale(digits, RoundingMode.HALF_EVEN);
        }
        return Oracle.checked(new BigDecimal((BigInteger) x)
                .setScale(digits, RoundingMode.HALF_EVEN)
                .toBigInteger());
    }

    private static Object text(Op op, String x, List<Object> args) {
        return switch (op) {
            case LENGTH -> BigInteger.valueOf(x.codePointCount(0, x.length()));
            case BYTE_LENGTH -> BigInteger.valueOf(x.getBytes(StandardCharsets.UTF_8).length);
            case UPPER -> x.toUpperCase(Locale.ROOT);
            case LOWER -> x.toLowerCase(Locale.ROOT);
            case TRIM -> x.strip();
            case TRIM_START -> x.stripLeading();
            case TRIM_END -> x.stripTrailing();
            case STARTS_WITH -> x.startsWith((String) args.get(1));
            case ENDS_WITH -> x.endsWith((String) args.get(1));
            case CONTAINS -> x.contains((String) args.get(1));
            case INDEX_OF -> {
                int at = x.indexOf((String) args.get(1));
                yield BigInteger.valueOf(at < 0 ? -1 : x.codePointCount(0, at));
            }
            case SUBSTRING -> substring(x, args);
            case REPLACE ->
                ((String) args.get(1)).isEmpty() ? x : x.replace((String) args.get(1), (String) args.get(2));
            case SPLIT_PART -> part(x, (String) args.get(1), (BigInteger) args.get(2));
            case CONCAT -> {
                StringBuilder all = new StringBuilder();
                args.forEach(all::append);
                yield all.toString();
            }
            case PAD_START, PAD_END -> padded(x, (BigInteger) args.get(1), (String) args.get(2), op == Op.PAD_START);
            case REGEX_MATCH -> Pattern.compile((String) args.get(1)).matcher(x).find();
            case REGEX_EXTRACT -> {
                Matcher matcher = Pattern.compile((String) args.get(1)).matcher(x);
                yield matcher.find() ? matcher.group(((BigInteger) args.get(2)).intValueExact()) : null;
            }
            default -> throw new IllegalArgumentException(op.text());
        };
    }

    private static String substring(String x, List<Object> args) {
        int[] points = x.codePoints().toArray();
        BigInteger size = BigInteger.valueOf(points.length);
        BigInteger from = (BigInteger) args.get(1);
        from = from.signum() < 0 ? from.add(size).max(BigInteger.ZERO) : from.min(size);
        BigInteger most = args.size() == 3 ? ((BigInteger) args.get(2)).max(BigInteger.ZERO) : size;
        BigInteger to = from.add(most).min(size);
        return new String(points, from.intValueExact(), to.subtract(from).intValueExact());
    }

    private static String part(String x, String separator, BigInteger number) {
        String[] parts = separator.isEmpty() ? new String[] {x} : x.split(Pattern.quote(separator), -1);
        BigInteger size = BigInteger.valueOf(parts.length);
        BigInteger at = number.signum() < 0 ? number.add(size) : number;
        return at.signum() < 0 || at.compareTo(size) >= 0 ? null : parts[at.intValueExact()];
    }

    private static String padded(String x, BigInteger length, String fill, boolean start) {
        int[] fills = fill.codePoints().toArray();
        int missing = length.intValueExact() - x.codePointCount(0, x.length());
        StringBuilder pad = new StringBuilder();
        for (int i = 0; i < missing && fills.length > 0; i++) {
            pad.appendCodePoint(fills[i % fills.length]);
        }
        return start ? pad + x : x + pad;
    }

    private static boolean like(String x, String pattern) {
        StringBuilder regex = new StringBuilder();
        int[] points = pattern.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            switch (points[i]) {
                case '%' -> regex.append(".*");
                case '_' -> regex.append('.');
                case '\\' -> regex.append(Pattern.quote(Character.toString(points[++i])));
                default -> regex.append(Pattern.quote(Character.toString(points[i])));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(x).matches();
    }

    private static LocalDateTime utc(Oracle.Time time) {
        BigInteger[] parts = time.nanos().divideAndRemainder(SECOND);
        return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact())
                .atOffset(ZoneOffset.UTC)
                .toLocalDateTime();
    }

    private static Oracle.Time of(LocalDateTime time, Oracle.Time like) {
        BigInteger nanos = BigInteger.valueOf(time.toEpochSecond(ZoneOffset.UTC))
                .multiply(SECOND)
                .add(BigInteger.valueOf(time.get(ChronoField.NANO_OF_SECOND)));
        return new Oracle.Time(false, nanos, like.unit());
    }

    private static Object time(Op op, Object x, List<Object> args) {
        Oracle.Time value = (Oracle.Time) x;
        LocalDateTime time = utc(value);
        return switch (op) {
            case YEAR -> BigInteger.valueOf(time.getYear());
            case MONTH -> BigInteger.valueOf(time.getMonthValue());
            case DAY -> BigInteger.valueOf(time.getDayOfMonth());
            case HOUR -> BigInteger.valueOf(time.getHour());
            case SECOND -> BigInteger.valueOf(time.getSecond());
            case DAY_OF_WEEK -> BigInteger.valueOf(time.getDayOfWeek().getValue());
            case DAY_OF_YEAR -> BigInteger.valueOf(time.getDayOfYear());
            case IS_BUSINESS_DAY -> time.getDayOfWeek().getValue() < 6;
            case DATE_OF -> of(time.toLocalDate().atStartOfDay(), value);
            case TRUNCATE -> truncated(time, value, (String) args.get(1));
            case OFFSET_BY ->
                of(
                        switch ((String) args.get(1)) {
                            case "1mo" -> time.plusMonths(1);
                            case "-1y" -> time.plusYears(-1);
                            case "2d" -> time.plusDays(2);
                            default -> throw new IllegalArgumentException();
                        },
                        value);
            default -> throw new IllegalArgumentException(op.text());
        };
    }

    private static Oracle.Time truncated(LocalDateTime time, Oracle.Time value, String unit) {
        LocalDate day = time.toLocalDate();
        return switch (unit) {
            case "1m" -> of(time.truncatedTo(ChronoUnit.MINUTES), value);
            case "7h" -> {
                BigInteger step = SECOND.multiply(BigInteger.valueOf(7 * 3600));
                yield new Oracle.Time(
                        false, value.nanos().subtract(value.nanos().mod(step)), value.unit());
            }
            case "1d" -> of(day.atStartOfDay(), value);
            case "1w" ->
                of(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).atStartOfDay(), value);
            case "1mo" -> of(day.withDayOfMonth(1).atStartOfDay(), value);
            case "1q" ->
                of(
                        day.withMonth((day.getMonthValue() - 1) / 3 * 3 + 1)
                                .withDayOfMonth(1)
                                .atStartOfDay(),
                        value);
            case "1y" -> of(day.withDayOfYear(1).atStartOfDay(), value);
            default -> throw new IllegalArgumentException(unit);
        };
    }
}

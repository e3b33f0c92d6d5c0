package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Binds the functions over dates and timestamps. They see a moment in a zone: the one that is named, else that of the column,
 * else UTC. A part of the clock is that of the wall, also where it is put forward or back.
 */
final class TimeFunctions {
    private static final long PER_SECOND = 1_000_000_000L;

    private TimeFunctions() {}

    static BoundExpr bind(Node.Call call, List<BoundExpr> args) {
        Operands operands = new Operands(call, args);
        return switch (call.op()) {
            case TRUNCATE -> truncate(call, operands);
            case OFFSET_BY -> offset(call, operands);
            case UNITS_BETWEEN -> between(call, operands);
            case EPOCH -> epoch(call, operands);
            case FORMAT_TIME -> format(call, operands);
            case PARSE_TIMESTAMP, TRY_PARSE_TIMESTAMP, PARSE_DATE, TRY_PARSE_DATE -> parse(call, operands);
            case DATE_OF ->
                part(call, operands, DataType.DATE, time -> time.toLocalDate().toEpochDay());
            case TIME_OF ->
                part(
                        call,
                        operands,
                        DataType.time(ChronoUnit.NANOS),
                        time -> time.toLocalTime().toNanoOfDay());
            case IS_BUSINESS_DAY -> part(call, operands, DataType.BOOL, time -> isWeekend(time) ? 0 : 1);
            default -> part(call, operands, DataType.INT64, field(call.op()));
        };
    }

    private static boolean isWeekend(LocalDateTime time) {
        return time.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
    }

    private static ToLongFunction<LocalDateTime> field(Op op) {
        return switch (op) {
            case YEAR -> LocalDateTime::getYear;
            case QUARTER -> time -> time.get(IsoFields.QUARTER_OF_YEAR);
            case MONTH -> LocalDateTime::getMonthValue;
            case DAY -> LocalDateTime::getDayOfMonth;
            case HOUR -> LocalDateTime::getHour;
            case MINUTE -> LocalDateTime::getMinute;
            case SECOND -> LocalDateTime::getSecond;
            case NANO -> LocalDateTime::getNano;
            case DAY_OF_WEEK -> time -> time.getDayOfWeek().getValue();
            case DAY_OF_YEAR -> LocalDateTime::getDayOfYear;
            case WEEK -> time -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            default -> throw new IllegalArgumentException(op + " is no part of a time");
        };
    }

    private static BoundExpr moment(Operands operands, int arg) {
        return operands.of(arg, DataType.timestamp(ChronoUnit.NANOS), "a timestamp or date", Kind.TIMESTAMP, Kind.DATE);
    }

    private static BoundExpr part(
            Node.Call call, Operands operands, DataType type, ToLongFunction<LocalDateTime> field) {
        BoundExpr time = operands.of(
                0,
                DataType.timestamp(ChronoUnit.NANOS),
                "a timestamp, date or time",
                Kind.TIMESTAMP,
                Kind.DATE,
                Kind.TIME);
        Clock clock = new Clock(time.type(), zone(operands, 1, time.type()));
        return PerRow.of(type, call, List.of(time), row -> row.set(field.applyAsLong(clock.local(row.asLong(0)))));
    }

    /** The zone that an argument names, else that of the type, else UTC. */
    private static ZoneId zone(Operands operands, int arg, DataType type) {
        String name = type.zone();
        if (operands.count() > arg) {
            name = operands.constantText(arg, "a zone", "'Europe/Zurich'");
        }
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw operands.wrong("zone", "no zone '" + name + "'", "write it as 'Europe/Zurich', 'UTC' or '+01:00'");
        }
    }

    private static BoundExpr truncate(Node.Call call, Operands operands) {
        BoundExpr time = moment(operands, 0);
        String text = operands.constantText(1, "a unit", "'1h', '15m', '1d', '1w', '1mo'");
        CalendarUnit unit = CalendarUnit.single(text);
        if (unit == null) {
            throw operands.wrong(
                    "unit", "no unit '" + text + "'", "a number and one of " + CalendarUnit.VALID + ", such as '15m'");
        }
        if (time.type().kind() == Kind.DATE && unit.isExact()) {
            throw operands.wrong("unit", "a date has no parts of days", "truncate it to days or more");
        }
        Clock clock = new Clock(time.type(), zone(operands, 2, time.type()));
        Truncation truncation = new Truncation(unit, clock);
        return PerRow.of(time.type(), call, List.of(time), row -> row.set(truncation.of(row.asLong(0))));
    }

    private static BoundExpr offset(Node.Call call, Operands operands) {
        BoundExpr time = moment(operands, 0);
        String text = operands.constantText(1, "a length", "'1mo', '-2w', '1d12h'");
        List<CalendarUnit> parts = CalendarUnit.parts(text);
        if (parts.isEmpty()) {
            throw operands.wrong("unit", "no length '" + text + "'", "numbers and units out of " + CalendarUnit.VALID);
        }
        boolean exact = parts.stream().anyMatch(CalendarUnit::isExact);
        if (exact && time.type().kind() == Kind.DATE) {
            throw operands.wrong("unit", "a date has no parts of days", "cast it to timestamp(s)");
        }
        Clock clock = new Clock(time.type(), zone(operands, 2, time.type()));
        return PerRow.of(time.type(), call, List.of(time), row -> {
            try {
                ZonedDateTime moved = clock.zoned(row.asLong(0));
                for (CalendarUnit part : parts) {
                    moved = moved.plus(part.count(), part.unit());
                }
                row.set(clock.units(moved));
            } catch (ArithmeticException | DateTimeException e) {
                throw row.overflow(clock.zoned(row.asLong(0)) + " moved by " + text);
            }
        });
    }

    private static BoundExpr between(Node.Call call, Operands operands) {
        String text = operands.constantText(0, "a unit", "'d' or 'mo'");
        ChronoUnit unit = CalendarUnit.named(text);
        if (unit == null) {
            throw operands.wrong("unit", "no unit '" + text + "'", "one of " + CalendarUnit.VALID.replace(", q", ""));
        }
        BoundExpr from = moment(operands, 1);
        BoundExpr to = moment(operands, 2);
        ZoneId zone = zone(operands, 3, from.type());
        Clock first = new Clock(from.type(), zone);
        Clock second = new Clock(to.type(), zone);
        return PerRow.of(DataType.INT64, call, List.of(from, to), row -> {
            try {
                row.set(unit.between(first.zoned(row.asLong(0)), second.zoned(row.asLong(1))));
            } catch (ArithmeticException e) {
                throw row.overflow("the number of " + unit);
            }
        });
    }

    private static BoundExpr epoch(Node.Call call, Operands operands) {
        BoundExpr time = moment(operands, 0);
        String text = operands.constantText(1, "a unit", "'s', 'ms', 'us' or 'ns'");
        ChronoUnit unit = CalendarUnit.named(text);
        if (unit == null || unit.compareTo(ChronoUnit.SECONDS) > 0) {
            throw operands.wrong("unit", "no unit '" + text + "'", "one of s, ms, us, ns");
        }
        DataType counted = DataType.timestamp(unit);
        Node.Cast inUnit = (Node.Cast) Node.cast(call, counted, true);
        BoundExpr moment = time.type().equals(counted) ? time : Casts.bind(time, inUnit);
        return PerRow.of(DataType.INT64, call, List.of(moment), row -> row.set(row.asLong(0)));
    }

    private static BoundExpr format(Node.Call call, Operands operands) {
        BoundExpr time = moment(operands, 0);
        Clock clock = new Clock(time.type(), zone(operands, 2, time.type()));
        DateTimeFormatter format = formatter(operands);
        try {
            var unused = format.format(clock.zoned(0));
        } catch (DateTimeException e) {
            throw operands.wrong("pattern", "the pattern does not write a time: " + e.getMessage(), "");
        }
        return PerRow.of(DataType.UTF8, call, List.of(time), row -> row.set(format.format(clock.zoned(row.asLong(0)))));
    }

    private static DateTimeFormatter formatter(Operands operands) {
        String pattern = operands.constantText(1, "a pattern", "'yyyy-MM-dd HH:mm'");
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw operands.wrong(
                    "pattern",
                    "'" + pattern + "' is no pattern of a time: " + e.getMessage(),
                    "the letters are those of java.time.format.DateTimeFormatter");
        }
    }

    private static BoundExpr parse(Node.Call call, Operands operands) {
        BoundExpr text = operands.text(0);
        DateTimeFormatter format = formatter(operands);
        boolean date = call.op() == Op.PARSE_DATE || call.op() == Op.TRY_PARSE_DATE;
        boolean strict = call.op() == Op.PARSE_DATE || call.op() == Op.PARSE_TIMESTAMP;
        ZoneId zone = date ? ZoneOffset.UTC : zone(operands, 2, DataType.UTF8);
        DataType type = date ? DataType.DATE : DataType.timestamp(ChronoUnit.NANOS);
        return PerRow.takingNulls(type, call, List.of(text), row -> {
            if (row.isNull(0)) {
                row.setNull();
                return;
            }
            try {
                String written = row.asText(0);
                row.set(date ? LocalDate.parse(written, format).toEpochDay() : nanos(written, format, zone));
            } catch (DateTimeException | ArithmeticException e) {
                if (strict) {
                    throw row.fault("parse", "cannot read '" + row.asText(0) + "'", "tryParse... gives null instead");
                }
                row.setNull();
            }
        });
    }

    private static long nanos(String text, DateTimeFormatter format, ZoneId zone) {
        var read = format.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
        Instant instant = read instanceof ZonedDateTime time
                ? time.toInstant()
                : read instanceof LocalDateTime time
                        ? time.atZone(zone).toInstant()
                        : ((LocalDate) read).atStartOfDay(zone).toInstant();
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.get(ChronoField.NANO_OF_SECOND));
    }
}

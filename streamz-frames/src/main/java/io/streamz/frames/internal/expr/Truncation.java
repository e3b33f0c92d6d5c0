package io.streamz.frames.internal.expr;

import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/**
 * Cuts times down to the start of their unit in a zone. Units up to weeks count from 1970-01-01T00:00 on the wall, weeks from
 * Monday, months from January of the year 0. A start that the wall shows twice is the one with the offset of the time itself; one
 * that it never shows is the moment of the jump.
 */
final class Truncation {
    private static final long NANOS = 1_000_000_000L;
    private static final LocalDate MONDAY = LocalDate.EPOCH.with(DayOfWeek.MONDAY);

    private final CalendarUnit unit;
    private final Clock clock;
    /** The length in units of the column where no calendar is needed, else 0. */
    private final long step;

    Truncation(CalendarUnit unit, Clock clock) {
        this.unit = unit;
        this.clock = clock;
        this.step = unit.isExact() && clock.isUtc() ? step() : 0;
    }

    private long step() {
        long nanos = Math.multiplyExact(unit.unit().getDuration().toNanos(), unit.count());
        return nanos % clock.nanosPerUnit() == 0 ? nanos / clock.nanosPerUnit() : 0;
    }

    long of(long value) {
        if (step > 0) {
            return value - Math.floorMod(value, step);
        }
        if (clock.isDate()) {
            return start(LocalDate.ofEpochDay(value)).toEpochDay();
        }
        ZonedDateTime time = clock.zoned(value);
        if (!unit.isExact()) {
            return clock.units(start(time.toLocalDate()).atStartOfDay(time.getZone()));
        }
        LocalDateTime start = start(time.toLocalDateTime());
        return clock.units(ZonedDateTime.ofLocal(start, time.getZone(), time.getOffset()));
    }

    /** Seconds and nanoseconds apart, for a day that nanoseconds of an int64 do not reach. */
    private LocalDateTime start(LocalDateTime time) {
        long nanos = Math.multiplyExact(unit.unit().getDuration().toNanos(), unit.count());
        long into;
        if (nanos % NANOS == 0) {
            long seconds = Math.floorMod(time.toEpochSecond(ZoneOffset.UTC), nanos / NANOS);
            into = seconds * NANOS + time.get(ChronoField.NANO_OF_SECOND);
        } else if (NANOS % nanos == 0) {
            into = time.get(ChronoField.NANO_OF_SECOND) % nanos;
        } else {
            BigInteger all = BigInteger.valueOf(time.toEpochSecond(ZoneOffset.UTC))
                    .multiply(BigInteger.valueOf(NANOS))
                    .add(BigInteger.valueOf(time.get(ChronoField.NANO_OF_SECOND)));
            into = all.mod(BigInteger.valueOf(nanos)).longValueExact();
        }
        return time.minusNanos(into);
    }

    private LocalDate start(LocalDate day) {
        long count = unit.count();
        if (unit.unit() == ChronoUnit.DAYS) {
            return day.minusDays(Math.floorMod(day.toEpochDay(), count));
        }
        if (unit.unit() == ChronoUnit.WEEKS) {
            return day.minusDays(Math.floorMod(day.toEpochDay() - MONDAY.toEpochDay(), 7 * count));
        }
        long months = day.getYear() * 12L + day.getMonthValue() - 1;
        long start = months - Math.floorMod(months, count);
        return LocalDate.of((int) Math.floorDiv(start, 12L), (int) Math.floorMod(start, 12L) + 1, 1);
    }
}

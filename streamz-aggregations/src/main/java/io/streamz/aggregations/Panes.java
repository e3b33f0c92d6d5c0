package io.streamz.aggregations;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Objects;

/**
 * Which intervals {@code [start, end)} of event time a row falls in: an immutable plan for {@link PaneGroups}. Times and lengths are
 * in the unit of the time column.
 */
public sealed interface Panes {
    /** Intervals of one length side by side, aligned to 1970-01-01. */
    static Panes tumbling(long size) {
        return hopping(size, size, 0);
    }

    /** Intervals of one length side by side, aligned to an offset. */
    static Panes tumbling(long size, long offset) {
        return hopping(size, size, offset);
    }

    /** An interval of {@code size} every {@code slide}, aligned to 1970-01-01. */
    static Panes hopping(long size, long slide) {
        return hopping(size, slide, 0);
    }

    /** An interval of {@code size} every {@code slide}, aligned to an offset. */
    static Panes hopping(long size, long slide, long offset) {
        return new Hopping(size, slide, offset);
    }

    /** From the first row of a key to its last before a gap of more than {@code gap}, and the gap. */
    static Panes session(long gap) {
        return new Session(gap, Long.MAX_VALUE);
    }

    /** Sessions that end, at the latest, {@code most} after their first row. */
    static Panes session(long gap, long most) {
        return new Session(gap, most);
    }

    /**
     * Calendar periods from local start to next local start.
     *
     * @param unit the unit of the time column: SECONDS, MILLIS, MICROS, NANOS, or DAYS for a date column
     */
    static Panes calendar(Period period, ZoneId zone, ChronoUnit unit) {
        return new Calendar(period, zone, unit);
    }

    /** Intervals in which every time falls, cut into slices so that each interval is made of whole ones. */
    sealed interface Aligned extends Panes {
        /** The start of the slice with this time. */
        long slice(long time);

        /** The end of the slice that starts here. */
        long sliceEnd(long slice);

        /** The start of the interval that ends here. */
        long start(long end);

        /** The end of the earliest interval that holds a slice. */
        long firstEnd(long slice);

        /** The end of the latest interval that holds a slice. */
        long lastEnd(long slice);

        /** The end of the interval after the one that ends here. */
        long nextEnd(long end);

        /** Whether each interval is one slice. */
        default boolean isWhole() {
            return true;
        }

        /** The start of the block of slices that the last one before {@code end} is in; a block is as long as an interval. */
        default long block(long end) {
            return start(end);
        }
    }

    /** See {@link Panes#hopping(long, long, long)}. */
    record Hopping(long size, long slide, long offset) implements Aligned {
        public Hopping {
            if (size <= 0 || slide <= 0) {
                throw new IllegalArgumentException("panes of " + size + " every " + slide + "; both take at least 1");
            }
            if (slide > size) {
                throw new IllegalArgumentException("panes of " + size + " every " + slide
                        + " leave out rows between them; the slide is at most the size");
            }
        }

        @Override
        public boolean isWhole() {
            return step() == size;
        }

        @Override
        public long block(long end) {
            return end - 1 - Math.floorMod(end - 1 - offset, size);
        }

        long step() {
            long a = size;
            long b = slide;
            while (b != 0) {
                long rest = a % b;
                a = b;
                b = rest;
            }
            return a;
        }

        @Override
        public long slice(long time) {
            return time - Math.floorMod(time - offset, step());
        }

        @Override
        public long sliceEnd(long slice) {
            return slice + step();
        }

        @Override
        public long start(long end) {
            return end - size;
        }

        @Override
        public long firstEnd(long slice) {
            long end = slice + step();
            return end + Math.floorMod(offset + size - end, slide);
        }

        @Override
        public long lastEnd(long slice) {
            return slice - Math.floorMod(slice - offset, slide) + size;
        }

        @Override
        public long nextEnd(long end) {
            return end + slide;
        }
    }

    /** See {@link Panes#session(long, long)}. */
    record Session(long gap, long most) implements Panes {
        public Session {
            if (gap <= 0 || most <= 0) {
                throw new IllegalArgumentException(
                        "sessions with a gap of " + gap + " and a length of " + most + "; both take at least 1");
            }
        }
    }

    /** The periods of {@link Panes#calendar}; weeks start on Monday. */
    enum Period {
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR;

        LocalDate start(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
                case MONTH -> day.withDayOfMonth(1);
                case QUARTER -> day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % 3);
                case YEAR -> day.with(TemporalAdjusters.firstDayOfYear());
            };
        }

        LocalDate step(LocalDate start, int periods) {
            return switch (this) {
                case DAY -> start.plusDays(periods);
                case WEEK -> start.plusWeeks(periods);
                case MONTH -> start.plusMonths(periods);
                case QUARTER -> start.plusMonths(3L * periods);
                case YEAR -> start.plusYears(periods);
            };
        }
    }

    /** See {@link Panes#calendar}. */
    record Calendar(Period period, ZoneId zone, ChronoUnit unit) implements Aligned {
        public Calendar {
            Objects.requireNonNull(period, "period");
            Objects.requireNonNull(zone, "zone");
            perSecond(unit);
        }

        private static long perSecond(ChronoUnit unit) {
            return switch (unit) {
                case SECONDS, DAYS -> 1;
                case MILLIS -> 1_000;
                case MICROS -> 1_000_000;
                case NANOS -> 1_000_000_000;
                default ->
                    throw new IllegalArgumentException("times in " + unit
                            + "; a time column is in SECONDS, MILLIS, MICROS or NANOS, a date column in DAYS");
            };
        }

        private LocalDate day(long time) {
            if (unit == ChronoUnit.DAYS) {
                return LocalDate.ofEpochDay(time);
            }
            return Instant.ofEpochSecond(Math.floorDiv(time, perSecond(unit)))
                    .atZone(zone)
                    .toLocalDate();
        }

        private long time(LocalDate day) {
            return unit == ChronoUnit.DAYS
                    ? day.toEpochDay()
                    : Math.multiplyExact(day.atStartOfDay(zone).toEpochSecond(), perSecond(unit));
        }

        /** Where clocks go back over midnight, a day's last hour comes again after its end and belongs to the next day. */
        @Override
        public long slice(long time) {
            LocalDate start = period.start(day(time));
            long next = time(period.step(start, 1));
            return next <= time ? next : time(start);
        }

        @Override
        public long sliceEnd(long slice) {
            return nextEnd(slice);
        }

        @Override
        public long start(long end) {
            LocalDate last = period.start(dayOfStart(end));
            int back = -1;
            while (time(period.step(last, back)) >= end) {
                back--; // a zone that crossed the date line skipped a day
            }
            return time(period.step(last, back));
        }

        @Override
        public long firstEnd(long slice) {
            return nextEnd(slice);
        }

        @Override
        public long lastEnd(long slice) {
            return nextEnd(slice);
        }

        @Override
        public long nextEnd(long end) {
            return time(period.step(period.start(dayOfStart(end)), 1));
        }

        /** The day that starts at a time; its local date may still be that of the day before where midnight came twice. */
        private LocalDate dayOfStart(long time) {
            LocalDate day = day(time);
            return time(day) <= time && time(day.plusDays(1)) > time ? day : day.plusDays(1);
        }
    }
}

package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRules;

/** Values of a time type as times of a zone, and back. A date is the same day in every zone. */
final class Clock {
    private static final long NANOS = 1_000_000_000L;

    private final Kind kind;
    private final ZoneId zone;
    private final ZoneRules rules;
    private final long perSecond;
    private final long nanosPerUnit;

    Clock(DataType type, ZoneId zone) {
        this.kind = type.kind();
        this.zone = kind == Kind.TIMESTAMP ? zone : ZoneOffset.UTC;
        this.rules = this.zone.getRules();
        this.nanosPerUnit =
                kind == Kind.DATE ? NANOS : type.unit().getDuration().toNanos();
        this.perSecond = NANOS / nanosPerUnit;
    }

    boolean isDate() {
        return kind == Kind.DATE;
    }

    /** Whether a wall clock there never jumps and stands at UTC. */
    boolean isUtc() {
        return rules.isFixedOffset() && rules.getOffset(Instant.EPOCH).equals(ZoneOffset.UTC);
    }

    long nanosPerUnit() {
        return nanosPerUnit;
    }

    /** What the wall shows. */
    LocalDateTime local(long value) {
        if (kind == Kind.TIME) {
            return LocalDate.EPOCH.atTime(LocalTime.ofNanoOfDay(value * nanosPerUnit));
        }
        if (kind == Kind.DATE) {
            return LocalDate.ofEpochDay(value).atStartOfDay();
        }
        Instant instant = instant(value);
        return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), rules.getOffset(instant));
    }

    ZonedDateTime zoned(long value) {
        return kind == Kind.DATE
                ? LocalDate.ofEpochDay(value).atStartOfDay(zone)
                : instant(value).atZone(zone);
    }

    private Instant instant(long value) {
        return Instant.ofEpochSecond(Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * nanosPerUnit);
    }

    /**
     * The value of a time.
     *
     * @throws ArithmeticException when it does not fit
     */
    long units(ZonedDateTime time) {
        if (kind == Kind.DATE) {
            return time.toLocalDate().toEpochDay();
        }
        return Math.addExact(Math.multiplyExact(time.toEpochSecond(), perSecond), time.getNano() / nanosPerUnit);
    }
}

package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** A cell as text: numbers plain, times as ISO 8601, durations as ISO 8601. */
final class ValueText {
    private ValueText() {}

    static String of(Lane lane, int row, DataType type) {
        if (lane instanceof DoubleLane doubles) {
            return Double.toString(doubles.values()[row]);
        }
        if (lane instanceof WideLane wide) {
            return new BigDecimal(Wide.big(wide, row), type.scale()).toPlainString();
        }
        if (lane instanceof TextLane text) {
            return "'" + text.text(row) + "'";
        }
        return of(((LongLane) lane).values()[row], type);
    }

    private static String of(long value, DataType type) {
        return switch (type.kind()) {
            case BOOL -> value == 0 ? "false" : "true";
            case DATE -> LocalDate.ofEpochDay(value).toString();
            case TIME -> LocalTime.ofNanoOfDay(value * nanos(type)).toString();
            case TIMESTAMP -> {
                long perSecond = 1_000_000_000L / nanos(type);
                yield Instant.ofEpochSecond(
                                Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * nanos(type))
                        .toString();
            }
            case DURATION -> Duration.of(value, type.unit()).toString();
            default -> Long.toString(value);
        };
    }

    private static long nanos(DataType type) {
        return type.unit().getDuration().toNanos();
    }
}

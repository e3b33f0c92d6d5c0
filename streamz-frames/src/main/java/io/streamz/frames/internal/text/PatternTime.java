package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.frames.internal.Cells;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Arrays;

/** Times that are written by a pattern. Lines that follow each other often have the same, so the last one is kept. */
final class PatternTime extends ColumnParser {
    private static final long DAY = 86_400;

    private final DateTimeFormatter format;
    private final long perSecond;
    private long[] values;
    private byte[] lastText = {};
    private long lastValue;

    PatternTime(int column, DataType type, DateTimeFormatter format, NullWords nulls) {
        super(column, type, nulls);
        this.format = format;
        this.perSecond = 1_000_000_000 / Cells.nanos(type.unit());
    }

    @Override
    void aim(Lane lane, Block block) {
        values = ((LongLane) lane).values();
    }

    @Override
    boolean put(byte[] bytes, int from, int to, int row) {
        if (!Arrays.equals(lastText, 0, lastText.length, bytes, from, to)) {
            try {
                lastValue = value(format.parse(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
            } catch (DateTimeException | ArithmeticException e) {
                lastText = new byte[0];
                return false;
            }
            lastText = Arrays.copyOfRange(bytes, from, to);
        }
        values[row] = lastValue;
        return true;
    }

    /** A time without a date is of 1970-01-01, a date without a time its first moment. */
    private long value(TemporalAccessor time) {
        long seconds;
        if (time.isSupported(ChronoField.INSTANT_SECONDS)) {
            seconds = time.getLong(ChronoField.INSTANT_SECONDS);
        } else {
            LocalDate date = time.query(TemporalQueries.localDate());
            ZoneOffset offset = time.query(TemporalQueries.offset());
            seconds = (date == null ? 0 : date.toEpochDay()) * DAY
                    + (time.isSupported(ChronoField.SECOND_OF_DAY) ? time.getLong(ChronoField.SECOND_OF_DAY) : 0)
                    - (offset == null ? 0 : offset.getTotalSeconds());
        }
        long nanos = time.isSupported(ChronoField.NANO_OF_SECOND) ? time.getLong(ChronoField.NANO_OF_SECOND) : 0;
        return Math.addExact(Math.multiplyExact(seconds, perSecond), nanos / (1_000_000_000 / perSecond));
    }
}

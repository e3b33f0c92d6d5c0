package io.streamz.aggregations;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lanes from Java values and back, null for null. */
final class Lanes {
    private Lanes() {}

    static Lane of(DataType type, Object... values) {
        return of(type, Arrays.asList(values));
    }

    static Lane of(DataType type, List<?> values) {
        Lane lane = type.kind().lane();
        lane.reset(values.size());
        for (int row = 0; row < values.size(); row++) {
            Object value = values.get(row);
            if (value == null) {
                lane.setNull(row);
            } else {
                set(lane, row, value);
            }
        }
        return lane;
    }

    private static void set(Lane lane, int row, Object value) {
        if (lane instanceof LongLane longs) {
            longs.values()[row] = value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).longValue();
        } else if (lane instanceof DoubleLane doubles) {
            doubles.values()[row] = ((Number) value).doubleValue();
        } else if (lane instanceof WideLane wide) {
            BigInteger whole = value instanceof BigInteger big ? big : BigInteger.valueOf(((Number) value).longValue());
            wide.low()[row] = whole.longValue();
            wide.high()[row] = whole.shiftRight(64).longValue();
        } else if (lane instanceof TextLane text) {
            byte[] bytes = ((String) value).getBytes(StandardCharsets.UTF_8);
            text.set(row, bytes, 0, bytes.length);
        }
    }

    /** Long, Double, BigInteger, String or null for each row. */
    static List<Object> values(Lane lane) {
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < lane.size(); row++) {
            values.add(lane.isNull(row) ? null : value(lane, row));
        }
        return values;
    }

    private static Object value(Lane lane, int row) {
        if (lane instanceof LongLane longs) {
            return longs.values()[row];
        }
        if (lane instanceof DoubleLane doubles) {
            return doubles.values()[row];
        }
        if (lane instanceof WideLane wide) {
            return Int128.toBig(wide.high()[row], wide.low()[row]);
        }
        return ((TextLane) lane).text(row);
    }
}

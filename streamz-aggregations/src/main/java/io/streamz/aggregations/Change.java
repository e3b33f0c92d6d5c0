package io.streamz.aggregations;

import java.time.temporal.ChronoUnit;
import java.util.function.IntConsumer;

/** What a column differs by from another of its type, as from its {@link Shift}ed self; null where either is null. */
public enum Change {
    /** {@code x - before}: ints as int64, floats as float64, decimals with 38 digits, times and durations as durations. */
    DIFF,
    /** {@code x / before - 1} of numbers, as float64. */
    PERCENT;

    private static final long SECONDS_OF_DAY = 86_400;
    private static final long LIMIT_HIGH = Int128.tenTo(38).shiftRight(64).longValue();
    private static final long LIMIT_LOW = Int128.tenTo(38).longValue();

    /**
     * The type of the answer.
     *
     * @throws IllegalArgumentException where values of this type have no difference
     */
    public DataType resultType(DataType type) {
        if (this == PERCENT) {
            if (!type.kind().isNumber()) {
                throw new IllegalArgumentException("pctChange needs a number but got " + type);
            }
            return DataType.FLOAT64;
        }
        return switch (type.kind()) {
            case INT -> DataType.INT64;
            case FLOAT -> DataType.FLOAT64;
            case DECIMAL -> DataType.decimal(38, type.scale());
            case DATE -> DataType.duration(ChronoUnit.SECONDS);
            case TIME, TIMESTAMP, DURATION -> DataType.duration(type.unit());
            case BOOL, TEXT, BINARY ->
                throw new IllegalArgumentException("diff needs a number or a time but got " + type);
        };
    }

    /**
     * Writes the changes as the whole of {@code out}, a lane of the result type.
     *
     * @param overflow told each row whose answer does not fit; that cell is null
     */
    public void apply(DataType type, Lane now, Lane before, int rows, Lane out, IntConsumer overflow) {
        out.reset(rows);
        for (int row = 0; row < rows; row++) {
            if (now.isNull(row) || before.isNull(row)) {
                out.setNull(row);
            } else if (this == PERCENT) {
                ((DoubleLane) out).values()[row] = number(type, now, row) / number(type, before, row) - 1;
            } else if (!subtract(type, now, before, row, out)) {
                out.setNull(row);
                overflow.accept(row);
            }
        }
    }

    private static boolean subtract(DataType type, Lane now, Lane before, int row, Lane out) {
        if (now instanceof DoubleLane left) {
            ((DoubleLane) out).values()[row] = left.values()[row] - ((DoubleLane) before).values()[row];
            return true;
        }
        if (now instanceof LongLane left) {
            long x = left.values()[row];
            long y = ((LongLane) before).values()[row];
            long change = x - y;
            if (((x ^ y) & (x ^ change)) < 0) {
                return false;
            }
            long unit = type.kind() == Kind.DATE ? SECONDS_OF_DAY : 1;
            ((LongLane) out).values()[row] = change * unit;
            return Math.abs(change) <= Long.MAX_VALUE / unit;
        }
        var left = (WideLane) now;
        var right = (WideLane) before;
        var target = (WideLane) out;
        long low = left.low()[row] - right.low()[row];
        target.low()[row] = low;
        target.high()[row] = left.high()[row]
                - right.high()[row]
                - (Long.compareUnsigned(left.low()[row], right.low()[row]) < 0 ? 1 : 0);
        long high = target.high()[row];
        boolean wrapped = ((left.high()[row] ^ right.high()[row]) & (left.high()[row] ^ high)) < 0;
        return !wrapped
                && Int128.compare(high, low, LIMIT_HIGH, LIMIT_LOW) < 0
                && Int128.compare(~high, ~low, LIMIT_HIGH, LIMIT_LOW) < 0;
    }

    private static double number(DataType type, Lane lane, int row) {
        if (lane instanceof DoubleLane doubles) {
            return doubles.values()[row];
        }
        if (lane instanceof LongLane longs) {
            return longs.values()[row];
        }
        var wide = (WideLane) lane;
        return Int128.toDouble(wide.high()[row], wide.low()[row]) / Math.pow(10, type.scale());
    }
}

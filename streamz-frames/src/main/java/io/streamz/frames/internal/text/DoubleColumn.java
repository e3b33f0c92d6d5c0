package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/** Floats of 64 bits, and of 32 rounded once from the text. */
final class DoubleColumn extends ColumnParser {
    /** A point behind {@link Swar#values}. */
    private static final long POINTS = Swar.values(Swar.repeat('.'));

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };
    /**
     * What a number of up to eight characters is divided by, by how many stand behind its point, and where it is negative
     * 16 further on; eight stand for no point.
     */
    private static final double[] DIVISORS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e0, 0, 0, 0, 0, 0, 0, 0, -1e0, -1e1, -1e2, -1e3, -1e4, -1e5, -1e6,
        -1e7, -1e0
    };

    private final DoubleText text = new DoubleText();
    private final boolean isDouble;
    private double[] values;

    DoubleColumn(int column, DataType type, NullWords nulls) {
        super(column, type, nulls);
        this.isDouble = type.bits() == 64;
    }

    @Override
    void aim(Lane lane, Block block) {
        values = ((DoubleLane) lane).values();
    }

    @Override
    boolean put(byte[] bytes, int from, int to, int row) {
        if (!text.read(bytes, from, to)) {
            return false;
        }
        values[row] = isDouble ? text.value : narrow(bytes, from, to);
        return isDouble || Double.isInfinite(text.value) || !Double.isInfinite(values[row]);
    }

    private float narrow(byte[] bytes, int from, int to) {
        double wide = text.value;
        boolean isHalfway = (Double.doubleToRawLongBits(wide) & 0x1fffffff) == 0x10000000;
        if (isHalfway || Math.abs(wide) < Float.MIN_NORMAL) {
            return Float.parseFloat(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
        }
        return (float) wide;
    }

    @Override
    void read(Block block, Lane lane, BitSet bad) {
        if (!isDouble || !isPlain(block)) {
            super.read(block, lane, bad);
            return;
        }
        aim(lane, block);
        int simple = readUnsigned(block);
        if (simple < block.rows) {
            readDoubles(block, simple, lane, bad);
        }
    }

    /** Reads numbers of up to eight characters without a sign, until one is another; gives its row. */
    private int readUnsigned(Block block) {
        byte[] bytes = block.bytes;
        int[] places = block.places;
        double[] into = values;
        int at = block.first;
        int row = 0;
        for (; row < block.rows; row++, at += block.step) {
            int to = places[at + 1];
            int length = to - places[at] - 1;
            if (length < 1 || length > 8) {
                return row;
            }
            long word = Swar.lastValues(Swar.load(bytes, to - 8), length);
            long point = Swar.firstZero(word ^ POINTS);
            long digits = point == 0 ? word : Swar.drop(word, point);
            if (!Swar.areDigits(digits) || length == 1 && point != 0) {
                return row;
            }
            into[row] = Swar.number(digits) / DIVISORS[Long.numberOfLeadingZeros(point) >>> 3];
        }
        return row;
    }

    private void readDoubles(Block block, int first, Lane lane, BitSet bad) {
        byte[] bytes = block.bytes;
        int[] places = block.places;
        double[] into = values;
        int at = block.first + first * block.step;
        for (int row = first; row < block.rows; row++, at += block.step) {
            int from = places[at] + 1;
            int to = places[at + 1];
            int sign = (bytes[from] ^ '-') - 1 >>> 31;
            int length = to - from - sign;
            if (length > 0 && length <= 8) {
                // At most one of the characters is a point: it is taken out, and the digits are one exact integer.
                long word = Swar.lastValues(Swar.load(bytes, to - 8), length);
                long point = Swar.firstZero(word ^ POINTS);
                long digits = point == 0 ? word : Swar.drop(word, point);
                if (Swar.areDigits(digits) && (length > 1 || point == 0)) {
                    into[row] = Swar.number(digits) / DIVISORS[sign << 4 | Long.numberOfLeadingZeros(point) >>> 3];
                    continue;
                }
            } else if (length > 8 && longNumber(bytes, to, length, sign, row)) {
                continue;
            }
            other(bytes, from, to, row, lane, bad);
        }
    }

    /** Nine to sixteen characters the same way, as two words. */
    private boolean longNumber(byte[] bytes, int to, int length, int sign, int row) {
        if (length > 16) {
            return false;
        }
        long late = Swar.values(Swar.load(bytes, to - 8));
        long early = Swar.lastValues(Swar.load(bytes, to - 16), length - 8);
        long latePoint = Swar.firstZero(late ^ POINTS);
        long earlyPoint = Swar.firstZero(early ^ POINTS);
        int decimals = 0;
        if (latePoint != 0) {
            late = Swar.drop(late, latePoint) | early >>> 56;
            early <<= 8;
            decimals = Long.numberOfLeadingZeros(latePoint) >>> 3;
        } else if (earlyPoint != 0) {
            early = Swar.drop(early, earlyPoint);
            decimals = 8 + (Long.numberOfLeadingZeros(earlyPoint) >>> 3);
        }
        if (!Swar.areDigits(late) || !Swar.areDigits(early)) {
            return false;
        }
        long digits = Swar.number(early) * 100_000_000 + Swar.number(late);
        if (digits > 1L << 53) {
            return false;
        }
        double size = digits / POWERS[decimals];
        values[row] = sign == 0 ? size : -size;
        return true;
    }

    private void other(byte[] bytes, int from, int to, int row, Lane lane, BitSet bad) {
        if (from == to) {
            lane.setNull(row);
        } else if (!put(bytes, from, to, row)) {
            bad.set(row);
        }
    }
}

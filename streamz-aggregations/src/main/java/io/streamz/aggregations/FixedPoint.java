package io.streamz.aggregations;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * A sum of doubles without any rounding, and the count of those that are not finite. The sum is a fixed-point number over the
 * whole range of a double and 64 bits beyond: 32-bit digits in longs, each of which takes 2^30 additions before its carries
 * must be handed on. The wide form of one group of {@link DoubleSums}.
 */
final class FixedPoint {
    private static final int DIGITS = (2098 + 64) / 32 + 2;
    private static final int ADDITIONS = 1 << 30;
    static final long BYTES = 16 + 8L * DIGITS + 64;

    private final long[] digits = new long[DIGITS];
    private int additions;
    long nan;
    long positive;
    long negative;

    /** Adds a value, or with {@code times} -1 takes one back. */
    void add(double value, int times) {
        if (Math.abs(value) <= Double.MAX_VALUE) {
            addFinite(times * value);
        } else if (value > 0) {
            positive += times;
        } else if (value < 0) {
            negative += times;
        } else {
            nan += times;
        }
    }

    private void addFinite(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> 52) & 0x7ff;
        long mantissa = bits & (1L << 52) - 1 | (exponent == 0 ? 0 : 1L << 52);
        int position = Math.max(0, exponent - 1);
        int at = position >>> 5;
        int shift = position & 31;
        long low = mantissa << shift & 0xffffffffL;
        long middle = mantissa >>> 32 - shift & 0xffffffffL;
        long high = mantissa >>> 63 - shift >>> 1;
        long sign = bits >> 63;
        digits[at] += (low ^ sign) - sign;
        digits[at + 1] += (middle ^ sign) - sign;
        digits[at + 2] += (high ^ sign) - sign;
        if (++additions == ADDITIONS) {
            carry();
        }
    }

    void add(FixedPoint other) {
        carry();
        other.carry();
        for (int i = 0; i < DIGITS; i++) {
            digits[i] += other.digits[i];
        }
        nan += other.nan;
        positive += other.positive;
        negative += other.negative;
    }

    boolean finite() {
        return (nan | positive | negative) == 0;
    }

    /** What the values that are not finite make of any sum; zero where there are none. */
    double special() {
        return special(nan, positive, negative);
    }

    static double special(long nan, long positive, long negative) {
        if (nan > 0 || positive > 0 && negative > 0) {
            return Double.NaN;
        }
        return positive > 0 ? Double.POSITIVE_INFINITY : negative > 0 ? Double.NEGATIVE_INFINITY : 0;
    }

    /** The exact sum of the finite values, as a multiple of 2^-1074. */
    BigInteger exact() {
        carry();
        var bytes = ByteBuffer.allocate(4 * (DIGITS - 1) + 8);
        bytes.putLong(digits[DIGITS - 1]);
        for (int i = DIGITS - 2; i >= 0; i--) {
            bytes.putInt((int) digits[i]);
        }
        return new BigInteger(bytes.array());
    }

    /** Makes the sum of the finite values what {@link #exact} gave. */
    void set(BigInteger sum) {
        for (int i = 0; i < DIGITS - 1; i++) {
            digits[i] = sum.shiftRight(32 * i).longValue() & 0xffffffffL;
        }
        digits[DIGITS - 1] = sum.shiftRight(32 * (DIGITS - 1)).longValue();
        additions = 0;
    }

    /** Leaves all digits but the topmost within 32 bits. */
    private void carry() {
        long carry = 0;
        for (int i = 0; i < DIGITS - 1; i++) {
            long digit = digits[i] + carry;
            digits[i] = digit & 0xffffffffL;
            carry = digit >> 32;
        }
        digits[DIGITS - 1] += carry;
        additions = 0;
    }

    /** How many digits lie between the highest and the lowest that are in use: few enough, and two doubles may do. */
    boolean narrow() {
        carry();
        int top = DIGITS - 1;
        long sign = digits[top] >> 63;
        while (top > 0 && (digits[top] == (top == DIGITS - 1 ? sign : sign & 0xffffffffL))) {
            top--;
        }
        int bottom = 0;
        while (bottom < top && digits[bottom] == 0) {
            bottom++;
        }
        return top - bottom <= 4;
    }
}

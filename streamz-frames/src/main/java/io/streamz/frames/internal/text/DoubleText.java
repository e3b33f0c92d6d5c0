package io.streamz.frames.internal.text;

import java.nio.charset.StandardCharsets;

/**
 * Reads floats from text, correctly rounded: {@code -?(d+.?d*|.d+)([eE][+-]?d+)?}, {@code NaN}, {@code Infinity} and
 * {@code -Infinity}. Too small becomes zero; finite text above the range is no value.
 *
 * <p>Up to 2^53 and 22 powers of ten, one multiplication or division of exact doubles does it. Else the digits are multiplied
 * by a 128-bit power of ten, and the few cases where that leaves a doubt go to the JDK (Lemire, "Number parsing at a gigabyte
 * per second", 2021; Mushtak and Lemire, "Fast number parsing without fallback", 2022).
 */
final class DoubleText {
    private static final double[] EXACT = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final int MOST_DIGITS = 19;
    /** No double: says that the fast way leaves a doubt. */
    private static final long DOUBT = -1;

    /** What the last text that was read says. */
    double value;

    private long digits;
    private int exponent;
    private boolean isCut;
    private int at;

    /** Reads {@code from..to}; false where it is no float. */
    boolean read(byte[] bytes, int from, int to) {
        boolean negative = from < to && bytes[from] == '-';
        at = negative ? from + 1 : from;
        if (!mantissa(bytes, to)) {
            return named(bytes, at, to, negative);
        }
        if (at < to && !power(bytes, to)) {
            return false;
        }
        double size = magnitude(bytes, from, to);
        value = negative ? -size : size;
        return size != Double.POSITIVE_INFINITY;
    }

    private boolean named(byte[] bytes, int from, int to, boolean negative) {
        if (is(bytes, from, to, "Infinity")) {
            value = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return true;
        }
        value = Double.NaN;
        return !negative && is(bytes, from, to, "NaN");
    }

    private static boolean is(byte[] bytes, int from, int to, String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Takes up the digits before and behind the point; false where there are none. */
    private boolean mantissa(byte[] bytes, int to) {
        digits = 0;
        exponent = 0;
        isCut = false;
        int first = at;
        int taken = take(bytes, to, 0, 0);
        boolean some = at > first;
        if (at < to && bytes[at] == '.') {
            first = ++at;
            take(bytes, to, taken, -1);
            some |= at > first;
        }
        return some;
    }

    /** Takes digits up to the 19th that counts; {@code step} is what each does to the exponent. */
    private int take(byte[] bytes, int to, int before, int step) {
        int taken = before;
        for (; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (taken < MOST_DIGITS) {
                digits = digits * 10 + digit;
                taken += digits == 0 ? 0 : 1;
                exponent += step;
            } else {
                isCut |= digit != 0;
                exponent += step + 1;
            }
        }
        return taken;
    }

    /** Takes up {@code e[+-]?d+}, which must end the text. */
    private boolean power(byte[] bytes, int to) {
        if ((bytes[at] | 0x20) != 'e') {
            return false;
        }
        at++;
        boolean negative = at < to && bytes[at] == '-';
        if (at < to && (negative || bytes[at] == '+')) {
            at++;
        }
        int first = at;
        int power = 0;
        for (; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            power = Math.min(power * 10 + bytes[at] - '0', 100_000_000);
        }
        exponent += negative ? -power : power;
        return at == to && at > first;
    }

    private double magnitude(byte[] bytes, int from, int to) {
        if (digits == 0) {
            return 0;
        }
        if (!isCut && digits >= 0 && digits <= 1L << 53 && exponent >= -22 && exponent <= 22) {
            return exponent < 0 ? digits / EXACT[-exponent] : digits * EXACT[exponent];
        }
        long bits = bits(digits, exponent);
        if (bits == DOUBT || isCut && bits != bits(digits + 1, exponent)) {
            return Math.abs(Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.US_ASCII)));
        }
        return Double.longBitsToDouble(bits);
    }

    /** The bits of the double nearest to {@code digits} (without sign, not 0) times a power of ten, or {@link #DOUBT}. */
    private static long bits(long digits, int power) {
        if (power < PowersOfTen.LEAST) {
            return 0;
        }
        if (power > 308) {
            return Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
        }
        int zeros = Long.numberOfLeadingZeros(digits);
        long wide = digits << zeros;
        long tenHigh = PowersOfTen.high(power);
        long tenLow = PowersOfTen.low(power);
        if (power < 0 && power >= -27) {
            // Rounded up, these make products of exact quotients end in zeros.
            tenLow++;
            tenHigh += tenLow == 0 ? 1 : 0;
        }
        long low = wide * tenHigh;
        long high = PowersOfTen.multiplyHigh(wide, tenHigh);
        if ((high & 0x1ff) == 0x1ff) {
            long more = PowersOfTen.multiplyHigh(wide, tenLow);
            low += more;
            high += Long.compareUnsigned(more, low) > 0 ? 1 : 0;
            if (low == -1 && (power < -27 || power > 55)) {
                return DOUBT;
            }
        }
        return round(high, low, power, zeros);
    }

    private static long round(long high, long low, int power, int zeros) {
        int top = (int) (high >>> 63);
        int shift = top + 9;
        long mantissa = high >>> shift;
        int scale = (217_706 * power >> 16) + 63 + top - zeros + 1023;
        if (scale <= 0) {
            return roundSubnormal(mantissa, scale);
        }
        boolean isHalf = Long.compareUnsigned(low, 1) <= 0 && power >= -4 && power <= 23 && (mantissa & 3) == 1;
        if (isHalf && mantissa << shift == high) {
            mantissa &= ~1L;
        }
        mantissa = (mantissa + (mantissa & 1)) >>> 1;
        if (mantissa == 1L << 53) {
            mantissa = 1L << 52;
            scale++;
        }
        if (scale >= 0x7ff) {
            return Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
        }
        return mantissa & ~(1L << 52) | (long) scale << 52;
    }

    private static long roundSubnormal(long mantissa, int scale) {
        if (1 - scale >= 64) {
            return 0;
        }
        long shifted = mantissa >>> 1 - scale;
        // A mantissa that rounds up to 2^52 is the least normal number, and its bits say so.
        return (shifted + (shifted & 1)) >>> 1;
    }
}

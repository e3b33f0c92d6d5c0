package io.streamz.frames.internal.text;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Reads decimals exactly, as integers of up to 128 bits: {@code -?(d+.?d*|.d+)} with no more digits than the type has. */
final class DecimalText {
    /** The most digits a long holds. */
    private static final int LONG_DIGITS = 18;

    private final int precision;
    private final int scale;

    /** The upper half of the last value that was read, times a power of ten by its scale. */
    long high;

    long low;

    DecimalText(int precision, int scale) {
        this.precision = precision;
        this.scale = scale;
    }

    boolean read(byte[] bytes, int from, int to) {
        boolean negative = from < to && bytes[from] == '-';
        int first = negative ? from + 1 : from;
        int point = first;
        while (point < to && bytes[point] >= '0' && bytes[point] <= '9') {
            point++;
        }
        int behind = point < to && bytes[point] == '.' ? point + 1 : point;
        int decimals = to - behind;
        if (decimals > scale || point - first + decimals == 0 || behind == point && point < to) {
            return false;
        }
        while (first < point && bytes[first] == '0') {
            first++;
        }
        if (point - first > precision - scale || !areDigits(bytes, behind, to)) {
            return false;
        }
        return precision <= LONG_DIGITS
                ? small(bytes, first, point, behind, to, negative)
                : large(bytes, first, point, behind, to, negative);
    }

    private static boolean areDigits(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] < '0' || bytes[at] > '9') {
                return false;
            }
        }
        return true;
    }

    private boolean small(byte[] bytes, int first, int point, int behind, int to, boolean negative) {
        long sum = 0;
        for (int at = first; at < point; at++) {
            sum = sum * 10 + bytes[at] - '0';
        }
        for (int place = 0; place < scale; place++) {
            sum = sum * 10 + (behind + place < to ? bytes[behind + place] - '0' : 0);
        }
        low = negative ? -sum : sum;
        high = low >> 63;
        return true;
    }

    private boolean large(byte[] bytes, int first, int point, int behind, int to, boolean negative) {
        String digits = "0"
                + new String(bytes, first, point - first, StandardCharsets.US_ASCII)
                + new String(bytes, behind, to - behind, StandardCharsets.US_ASCII)
                + "0".repeat(scale - (to - behind));
        BigInteger sum = new BigInteger(digits);
        sum = negative ? sum.negate() : sum;
        high = sum.shiftRight(64).longValue();
        low = sum.longValue();
        return true;
    }
}

package io.streamz.frames.internal.expr;

import io.streamz.aggregations.WideLane;
import java.math.BigInteger;

/** Numbers of 128 bits as two longs, the unscaled values of decimals: the fast cases without objects, the rest by BigInteger. */
final class Wide {
    /** The largest power of ten that fits a long. */
    static final int LONG_DIGITS = 18;

    private static final long[] TENS = new long[LONG_DIGITS + 1];
    private static final BigInteger[] BIG_TENS = new BigInteger[77];
    private static final BigInteger LIMIT;

    static {
        for (int digits = 0; digits < BIG_TENS.length; digits++) {
            BIG_TENS[digits] = BigInteger.TEN.pow(digits);
            if (digits <= LONG_DIGITS) {
                TENS[digits] = BIG_TENS[digits].longValueExact();
            }
        }
        LIMIT = BIG_TENS[38];
    }

    private Wide() {}

    static long ten(int digits) {
        return TENS[digits];
    }

    static BigInteger bigTen(int digits) {
        return BIG_TENS[digits];
    }

    static boolean isLong(long high, long low) {
        return high == low >> 63;
    }

    static BigInteger big(long high, long low) {
        BigInteger lower = BigInteger.valueOf(low);
        if (low < 0) {
            lower = lower.add(BigInteger.ONE.shiftLeft(64));
        }
        return BigInteger.valueOf(high).shiftLeft(64).add(lower);
    }

    static BigInteger big(WideLane lane, int row) {
        return big(lane.high()[row], lane.low()[row]);
    }

    static void set(WideLane lane, int row, BigInteger value) {
        lane.low()[row] = value.longValue();
        lane.high()[row] = value.shiftRight(64).longValue();
    }

    static void set(WideLane lane, int row, long value) {
        lane.low()[row] = value;
        lane.high()[row] = value >> 63;
    }

    /** Whether the number has at most 38 digits. */
    static boolean fits(BigInteger value) {
        return value.abs().compareTo(LIMIT) < 0;
    }

    /** Whether the number has at most so many digits. */
    static boolean fits(BigInteger value, int digits) {
        return value.abs().compareTo(BIG_TENS[digits]) < 0;
    }

    static int compare(long highA, long lowA, long highB, long lowB) {
        return highA != highB ? Long.compare(highA, highB) : Long.compareUnsigned(lowA, lowB);
    }

    /** Compares {@code a * 10^scaleUpA} with {@code b * 10^scaleUpB}, of which at least one power is zero. */
    static int compare(long highA, long lowA, int scaleUpA, long highB, long lowB, int scaleUpB) {
        if (scaleUpA == 0 && scaleUpB == 0) {
            return compare(highA, lowA, highB, lowB);
        }
        boolean small = scaleUpA <= LONG_DIGITS
                && scaleUpB <= LONG_DIGITS
                && (scaleUpA == 0 || isLong(highA, lowA))
                && (scaleUpB == 0 || isLong(highB, lowB));
        if (!small) {
            return big(highA, lowA)
                    .multiply(BIG_TENS[scaleUpA])
                    .compareTo(big(highB, lowB).multiply(BIG_TENS[scaleUpB]));
        }
        long timesA = TENS[scaleUpA];
        long timesB = TENS[scaleUpB];
        return compare(
                scaleUpA == 0 ? highA : Math.multiplyHigh(lowA, timesA),
                lowA * timesA,
                scaleUpB == 0 ? highB : Math.multiplyHigh(lowB, timesB),
                lowB * timesB);
    }

    /** The float64 nearest to {@code value / 10^scale}. */
    static double toDouble(long high, long low, int scale) {
        if (isLong(high, low) && Math.abs(low) <= 1L << 53 && scale <= LONG_DIGITS) {
            // Both are exact as doubles below 10^22, so that the one division rounds once.
            return (double) low / (double) TENS[scale];
        }
        return new java.math.BigDecimal(big(high, low), scale).doubleValue();
    }
}

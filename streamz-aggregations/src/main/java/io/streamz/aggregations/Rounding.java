package io.streamz.aggregations;

import java.math.BigInteger;

/** Exact values to doubles, rounded once, half to even. */
final class Rounding {
    /** The exponent of the smallest double: every double is a whole multiple of 2 to this power. */
    static final int LEAST = -1074;

    private Rounding() {}

    /** The double nearest to {@code value * 2^exponent}; infinity above the range. */
    static double nearest(BigInteger value, int exponent) {
        return nearest(value, exponent, false);
    }

    /** The double nearest to {@code numerator * 2^exponent / denominator}, for a denominator above zero. */
    static double ratio(BigInteger numerator, int exponent, BigInteger denominator) {
        int shift = Math.max(0, denominator.bitLength() - numerator.bitLength() + 66);
        BigInteger[] parts = numerator.abs().shiftLeft(shift).divideAndRemainder(denominator);
        double ratio = nearest(parts[0], exponent - shift, parts[1].signum() != 0);
        return numerator.signum() < 0 ? -ratio : ratio;
    }

    /** The whole number nearest to {@code numerator / denominator}, half to even, for a denominator above zero. */
    static BigInteger wholeRatio(BigInteger numerator, BigInteger denominator) {
        BigInteger[] parts = numerator.abs().divideAndRemainder(denominator);
        int half = parts[1].shiftLeft(1).compareTo(denominator);
        BigInteger whole = half > 0 || half == 0 && parts[0].testBit(0) ? parts[0].add(BigInteger.ONE) : parts[0];
        return numerator.signum() < 0 ? whole.negate() : whole;
    }

    /** A finite double as a whole multiple of 2 to the power {@link #LEAST}. */
    static BigInteger exact(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> 52) & 0x7ff;
        long mantissa = bits & (1L << 52) - 1 | (exponent == 0 ? 0 : 1L << 52);
        return BigInteger.valueOf(bits < 0 ? -mantissa : mantissa).shiftLeft(Math.max(0, exponent - 1));
    }

    private static double nearest(BigInteger value, int exponent, boolean more) {
        BigInteger magnitude = value.abs();
        int drop = Math.max(magnitude.bitLength() - 53, LEAST - exponent);
        double rounded;
        if (drop <= 0) {
            rounded = Math.scalb((double) magnitude.longValue(), exponent);
        } else {
            long kept = magnitude.shiftRight(drop).longValue();
            boolean half = magnitude.testBit(drop - 1);
            boolean above = more || magnitude.getLowestSetBit() < drop - 1 && magnitude.signum() != 0;
            rounded = Math.scalb((double) (half && (above || (kept & 1) != 0) ? kept + 1 : kept), exponent + drop);
        }
        return value.signum() < 0 ? -rounded : rounded;
    }

    /**
     * The double nearest to {@code (high + low) / divisor}, the exact value of two terms by a whole number up to 2^48; or NaN
     * where that cannot be told in double arithmetic: near the ends of the range.
     */
    static double quotient(double high, double low, double divisor) {
        double sum = high + low;
        double rest = low - (sum - high) + (high - (sum - (sum - high)));
        double first = sum / divisor;
        double magnitude = Math.abs(first);
        if (!(magnitude < 0x1p960 && magnitude > 0x1p-900) || Math.abs(sum) > 0x1p960) {
            return sum == 0 && rest == 0 ? 0 : Double.NaN;
        }
        double second = (Math.fma(-first, divisor, sum) + rest) / divisor;
        double slack = Math.abs(second) * 0x1p-50;
        double below = first + (second - slack);
        double above = first + (second + slack);
        return below == above ? below : nearer(below, above, sum, rest, divisor);
    }

    /**
     * Of two neighbours the one nearer to {@code (sum + rest) / divisor}, the even one of a tie. What the sum is away from the product of
     * divisor and midpoint is a multiple of half a last place of the lower neighbour and at most 5/2 divisors of those, so each step but
     * the last is exact, and that has the sign of the exact value.
     */
    private static double nearer(double below, double above, double sum, double rest, double divisor) {
        if (divisor > 0x1p48) {
            return Double.NaN;
        }
        double half = (above - below) / 2;
        double away = Math.fma(-below, divisor, sum) - half * divisor + rest;
        if (away == 0) {
            return (Double.doubleToRawLongBits(below) & 1) == 0 ? below : above;
        }
        return away < 0 ? below : above;
    }
}

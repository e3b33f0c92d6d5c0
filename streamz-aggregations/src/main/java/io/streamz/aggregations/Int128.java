package io.streamz.aggregations;

import java.math.BigInteger;

/** 128-bit two's complement integers as a signed high and an unsigned low half. */
final class Int128 {
    private static final BigInteger[] POWERS = new BigInteger[64];

    static {
        POWERS[0] = BigInteger.ONE;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1].multiply(BigInteger.TEN);
        }
    }

    private Int128() {}

    static int compare(long high, long low, long otherHigh, long otherLow) {
        return high != otherHigh ? Long.compare(high, otherHigh) : Long.compareUnsigned(low, otherLow);
    }

    /** 1 where an unsigned sum wrapped, given the sum and one of its terms, else 0. */
    static long carry(long sum, long term) {
        return sum + Long.MIN_VALUE < term + Long.MIN_VALUE ? 1 : 0;
    }

    /** The nearest double. */
    static double toDouble(long high, long low) {
        return high == low >> 63 ? (double) low : toBig(high, low).doubleValue();
    }

    static BigInteger toBig(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(64).add(unsigned(low));
    }

    static BigInteger unsigned(long low) {
        BigInteger value = BigInteger.valueOf(low & Long.MAX_VALUE);
        return low < 0 ? value.setBit(63) : value;
    }

    /** Ten to a power of at most 63. */
    static BigInteger tenTo(int power) {
        return POWERS[power];
    }
}

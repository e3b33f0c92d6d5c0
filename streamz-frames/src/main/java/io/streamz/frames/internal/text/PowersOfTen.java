package io.streamz.frames.internal.text;

import java.math.BigInteger;

/**
 * The first 128 bits of the powers of ten, rounded down: what both ways between decimal and binary floats multiply by.
 * The table is worked out when it is first used, which takes a few milliseconds.
 */
final class PowersOfTen {
    static final int LEAST = -342;
    static final int MOST = 324;

    private static final long[] HIGH = new long[MOST - LEAST + 1];
    private static final long[] LOW = new long[MOST - LEAST + 1];

    static {
        BigInteger five = BigInteger.valueOf(5);
        BigInteger power = BigInteger.ONE;
        for (int exponent = 0; exponent <= MOST; exponent++) {
            put(exponent, power.shiftLeft(128).shiftRight(power.bitLength()));
            power = power.multiply(five);
        }
        power = BigInteger.ONE;
        for (int exponent = -1; exponent >= LEAST; exponent--) {
            power = power.multiply(five);
            // 5^n lies between 2^(bits-1) and 2^bits, so that the quotient has 128 bits.
            put(exponent, BigInteger.ONE.shiftLeft(power.bitLength() + 127).divide(power));
        }
    }

    private PowersOfTen() {}

    private static void put(int exponent, BigInteger bits) {
        HIGH[exponent - LEAST] = bits.shiftRight(64).longValue();
        LOW[exponent - LEAST] = bits.longValue();
    }

    /** The upper 64 bits; the top one is set. */
    static long high(int exponent) {
        return HIGH[exponent - LEAST];
    }

    static long low(int exponent) {
        return LOW[exponent - LEAST];
    }

    /** The upper 64 bits of the product of two numbers without sign. */
    static long multiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }
}

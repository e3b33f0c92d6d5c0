package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundingTest {
    private static final int TRIES = 200_000;

    private static double exact(double high, double low, double divisor) {
        BigInteger sum = Rounding.exact(high).add(Rounding.exact(low));
        return Rounding.ratio(sum, Rounding.LEAST, BigInteger.valueOf((long) divisor));
    }

    /** Sums whose quotient is a tie of two doubles, or one unit of the lower term beside one. */
    @Test
    void quotientsAtTiesAreRoundedOnce() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < TRIES; i++) {
            double divisor = 1 + random.nextLong(1L << 1 + random.nextInt(47));
            double below = Math.scalb(1 + random.nextDouble(), random.nextInt(-400, 400));
            if (random.nextInt(8) == 0) {
                below = Math.nextDown(
                        Math.scalb(1.0, Math.getExponent(below))); // its neighbours stand apart by two units
            }
            double half = (Math.nextUp(below) - below) / 2;
            double high = below * divisor;
            double low = Math.fma(below, divisor, -high) + half * divisor + random.nextInt(-1, 2) * Math.ulp(half);
            double sign = random.nextBoolean() ? 1 : -1;
            assertThat(Rounding.quotient(sign * high, sign * low, divisor))
                    .as("seed %d, %s + %s over %s", seed, sign * high, sign * low, divisor)
                    .isEqualTo(exact(sign * high, sign * low, divisor));
        }
    }

    @Test
    void quotientsOfAnySumsAreRoundedOnce() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < TRIES; i++) {
            double high = Math.scalb(random.nextDouble(-1, 1), random.nextInt(-100, 100));
            double low = Math.ulp(high) * random.nextDouble(-0.5, 0.5);
            double divisor = 1 + random.nextInt(1 << 1 + random.nextInt(29));
            assertThat(Rounding.quotient(high, low, divisor))
                    .as("seed %d, %s + %s over %s", seed, high, low, divisor)
                    .isEqualTo(exact(high, low, divisor));
        }
    }

    @Test
    void quotientsAtTheEndsOfTheRangeAreLeftToWholeNumbers() {
        assertThat(Rounding.quotient(Double.MAX_VALUE, 0, 3)).isNaN();
        assertThat(Rounding.quotient(Double.MIN_VALUE, 0, 3)).isNaN();
        assertThat(Rounding.quotient(0, 0, 3)).isZero();
        assertThat(Rounding.quotient(Double.NaN, 0, 3)).isNaN();
    }
}

package io.streamz.frames.internal.expr;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Rounding of doubles to decimal digits: the exact value of the double is rounded, halves to the even digit. */
final class Rounds {
    private static final double[] TENS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    /** Below this a product with a power of ten is off by less than 2^-13. */
    private static final double SAFE = 0x1p40;

    private static final double NEAR_HALF = 0x1p-12;

    private Rounds() {}

    static double round(double x, int digits) {
        if (digits == 0) {
            return Math.rint(x);
        }
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            return x;
        }
        if (digits > 0 && digits < TENS.length) {
            double scaled = x * TENS[digits];
            if (Math.abs(scaled) < SAFE) {
                double whole = Math.rint(scaled);
                if (Math.abs(Math.abs(scaled - whole) - 0.5) > NEAR_HALF) {
                    // Both are exact, so that the one division rounds once.
                    return whole / TENS[digits];
                }
            }
        }
        double rounded =
                new BigDecimal(x).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
        return rounded == 0 ? Math.copySign(0.0, x) : rounded;
    }
}

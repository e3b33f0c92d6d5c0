package io.streamz.frames.internal.text;

/**
 * Writes floats in the fewest digits that read back as the same float, and of those the nearest: the same bytes on every JDK,
 * those that {@link Double#toString(double)} gives from JDK 19 on.
 *
 * <p>The method is Giulietti's ("The Schubfach way to render doubles", 2020): the floats that round to {@code c 2^q} are an
 * interval; scaled by the power of ten that makes it between one and ten units wide, it holds at least one integer, and at
 * most one multiple of ten; both are found from three products with a 126-bit power of ten.
 */
final class FloatText {
    private static final long LOW_63 = Long.MAX_VALUE;

    /** The digits and the power of ten that were found last. */
    private long digits;

    private int exponent;

    void put(double value, TextBuffer out) {
        if (isSpecial(value, out)) {
            return;
        }
        long bits = Double.doubleToRawLongBits(value);
        int scale = (int) (bits >>> 52) & 0x7ff;
        long fraction = bits & (1L << 52) - 1;
        find(scale == 0 ? fraction : fraction | 1L << 52, Math.max(scale, 1) - 1075, 1L << 52, -1074, 3);
        layOut(bits < 0, out);
    }

    void put(float value, TextBuffer out) {
        if (isSpecial(value, out)) {
            return;
        }
        int bits = Float.floatToRawIntBits(value);
        int scale = bits >>> 23 & 0xff;
        int fraction = bits & (1 << 23) - 1;
        find(scale == 0 ? fraction : fraction | 1 << 23, Math.max(scale, 1) - 150, 1 << 23, -149, 8);
        layOut(bits < 0, out);
    }

    private static boolean isSpecial(double value, TextBuffer out) {
        if (value == 0) {
            out.put(Double.doubleToRawLongBits(value) < 0 ? "-0.0" : "0.0");
        } else if (Double.isNaN(value)) {
            out.put("NaN");
        } else if (Double.isInfinite(value)) {
            out.put(value < 0 ? "-Infinity" : "Infinity");
        } else {
            return false;
        }
        return true;
    }

    /**
     * Finds the decimal for {@code c 2^q}.
     *
     * @param least the least c of a normal number
     * @param leastQ the least q
     * @param tiny below this, c is too small to give two digits, and is scaled by ten
     */
    private void find(long c, int q, long least, int leastQ, int tiny) {
        if (q == leastQ && c < tiny) {
            decimal(c * 10, q, true);
            exponent--;
        } else {
            decimal(c, q, c != least || q == leastQ);
        }
        while (digits % 10 == 0) {
            digits /= 10;
            exponent++;
        }
    }

    /**
     * @param isRegular whether the next smaller float is as far away as the next greater one, and not half as far
     */
    private void decimal(long c, int q, boolean isRegular) {
        // floor(log10(2^q)), and of three quarters of it
        int k = (int) (isRegular ? q * 661_971_961_083L >> 41 : q * 661_971_961_083L - 274_743_187_321L >> 41);
        // q + floor(log2(10^-k)) + 2
        int shift = q + (int) (-k * 913_124_641_741L >> 38) + 2;
        long lower = scaled(-k, (isRegular ? 4 * c - 2 : 4 * c - 1) << shift);
        long exact = scaled(-k, 4 * c << shift);
        long upper = scaled(-k, 4 * c + 2 << shift);
        long open = c & 1;
        long floor = exact >> 2;
        exponent = k;
        if (floor >= 100) {
            long tens = floor / 10 * 10;
            boolean below = lower + open <= tens << 2;
            boolean above = (tens + 10 << 2) + open <= upper;
            if (below != above) {
                digits = below ? tens : tens + 10;
                return;
            }
        }
        boolean below = lower + open <= floor << 2;
        boolean above = (floor + 1 << 2) + open <= upper;
        if (below != above) {
            digits = below ? floor : floor + 1;
            return;
        }
        long middle = exact - (2 * floor + 1 << 1);
        digits = middle < 0 || middle == 0 && (floor & 1) == 0 ? floor : floor + 1;
    }

    /** The product of a number with a power of ten, scaled, rounded to odd. */
    private static long scaled(int power, long number) {
        long high = PowersOfTen.high(power);
        long low = high << 62 | PowersOfTen.low(power) >>> 2;
        long lowUp = low + 1;
        long topUp = (high >>> 2) + (lowUp == 0 ? 1 : 0);
        long g1 = topUp << 1 | lowUp >>> 63;
        long g0 = lowUp & LOW_63;
        long x1 = Math.multiplyHigh(g0, number);
        long y0 = g1 * number;
        long y1 = Math.multiplyHigh(g1, number);
        long z = (y0 >>> 1) + x1;
        long w = y1 + (z >>> 63);
        return w | (z & LOW_63) + LOW_63 >>> 63;
    }

    /** Plain from 10^-3 to 10^7, else with an exponent; always with a digit on both sides of the point. */
    private void layOut(boolean negative, TextBuffer out) {
        if (negative) {
            out.put('-');
        }
        int count = 1;
        for (long power = 10; count < 18 && digits >= power; power *= 10) {
            count++;
        }
        int point = count + exponent;
        if (point > 7 || point < -2) {
            split(count, 1, out);
            out.put('E');
            out.put(point - 1L);
        } else if (point <= 0) {
            out.put("0.");
            out.putDigits(0, -point);
            out.putDigits(digits, count);
        } else {
            split(count, point, out);
        }
    }

    /** The digits with a point behind {@code before} of them. */
    private void split(int count, int before, TextBuffer out) {
        if (before >= count) {
            out.putDigits(digits, count);
            out.putDigits(0, before - count);
            out.put(".0");
            return;
        }
        long power = 1;
        for (int i = before; i < count; i++) {
            power *= 10;
        }
        out.putDigits(digits / power, before);
        out.put('.');
        out.putDigits(digits % power, count - before);
    }
}

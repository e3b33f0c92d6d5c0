package io.streamz.sketches;

/** The approximate aggregations, by factory. */
public final class Sketches {
    private Sketches() {}

    /** {@link #approxDistinct(int)} with 2^12 registers: within 3.2 % in 95 of 100 cases, about 4 KB a group. */
    public static ApproxDistinct approxDistinct() {
        return approxDistinct(ApproxDistinct.DEFAULT);
    }

    /**
     * The number of different values, nearly; 0 of nothing. Of any type; int64.
     *
     * @param log2Registers the size, 4 to 21: 2^n bytes a group at most; {@link ApproxDistinct#relativeError} tells the error
     */
    public static ApproxDistinct approxDistinct(int log2Registers) {
        return new ApproxDistinct(log2Registers);
    }

    /** {@link #approxQuantile(double, int)} of size 200: within 1.33 % of the ranks in 99 of 100 cases. */
    public static ApproxQuantile approxQuantile(double quantile) {
        return approxQuantile(quantile, ApproxQuantile.DEFAULT);
    }

    /**
     * A value near the one below which a share of the values lies; NaN where one is inside, null of nothing. Of numbers;
     * float64.
     *
     * @param quantile the share, 0 to 1
     * @param size how much is kept, 8 to 65535; {@link ApproxQuantile#rankError} tells the error
     */
    public static ApproxQuantile approxQuantile(double quantile, int size) {
        return new ApproxQuantile(quantile, size);
    }
}

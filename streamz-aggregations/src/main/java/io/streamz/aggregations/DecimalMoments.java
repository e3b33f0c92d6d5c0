package io.streamz.aggregations;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/** The variance of decimals for each group from Σx and Σx² as big integers of the column's unit. */
final class DecimalMoments extends GroupStates {
    private final double ddof;
    private final Spread spread;
    private final BigInteger unit;
    private BigInteger[] sums = {};
    private BigInteger[] squares = {};
    private long[] counts = {};

    DecimalMoments(double ddof, Spread spread, int scale) {
        this.ddof = ddof;
        this.spread = spread;
        unit = Int128.tenTo(scale);
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public void ensure(int groups) {
        int used = counts.length;
        if (used < groups) {
            counts = Arrays.copyOf(counts, Lane.grown(used, groups));
            sums = Arrays.copyOf(sums, counts.length);
            squares = Arrays.copyOf(squares, counts.length);
            Arrays.fill(sums, used, sums.length, BigInteger.ZERO);
            Arrays.fill(squares, used, squares.length, BigInteger.ZERO);
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        BigInteger x = value(inputs, row);
        sums[id] = sums[id].add(x);
        squares[id] = squares[id].add(x.multiply(x));
        counts[id]++;
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        BigInteger x = value(inputs, row);
        sums[id] = sums[id].subtract(x);
        squares[id] = squares[id].subtract(x.multiply(x));
        counts[id]--;
    }

    private static BigInteger value(Lane[] inputs, int row) {
        WideLane wide = (WideLane) inputs[0];
        return Int128.toBig(wide.high()[row], wide.low()[row]);
    }

    @Override
    public long count(int id) {
        return counts[id];
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof DecimalMoments;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        var that = (DecimalMoments) held;
        double degrees = that.counts[id] - ddof;
        if (degrees <= 0) {
            out.setNull(row);
        } else {
            BigInteger count = BigInteger.valueOf(that.counts[id]);
            BigInteger sum = that.sums[id];
            BigInteger moment = that.squares[id].multiply(count).subtract(sum.multiply(sum));
            double variance = Rounding.ratio(moment, 0, count.multiply(unit).multiply(unit)) / degrees;
            ((DoubleLane) out).values()[row] = spread.of(variance, 1, (double) that.counts[id]);
        }
        return true;
    }

    BigInteger sum(int id) {
        return sums[id];
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        var that = (DecimalMoments) other;
        sums[id] = sums[id].add(that.sums[otherId]);
        squares[id] = squares[id].add(that.squares[otherId]);
        counts[id] += that.counts[otherId];
    }

    @Override
    public void free(int id) {
        sums[id] = BigInteger.ZERO;
        squares[id] = BigInteger.ZERO;
        counts[id] = 0;
    }

    @Override
    public long bytes() {
        return 200L * counts.length; // two references, two integers of up to five words, a count
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        out.i64(counts[id]);
        out.integer(sums[id]);
        out.integer(squares[id]);
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        counts[id] = in.i64();
        sums[id] = in.integer();
        squares[id] = in.integer();
    }
}

package io.streamz.aggregations;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The exact sum of longs for each group in 128 bits, and its mean: ints, bools and durations. Three longs a group, low half, high
 * half and the number of values, in four places.
 */
final class LongSums extends GroupStates {
    private static final int SHIFT = 2;
    private static final int HIGH = 1;
    private static final int COUNT = 2;

    private final boolean mean;
    private long[] cells = {};

    LongSums(boolean mean) {
        this.mean = mean;
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public void ensure(int groups) {
        if (cells.length >> SHIFT < groups) {
            cells = Arrays.copyOf(cells, Math.multiplyExact(Lane.grown(cells.length >> SHIFT, groups), 1 << SHIFT));
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        add(cells, id << SHIFT, ((LongLane) inputs[0]).values()[row]);
    }

    private static void add(long[] state, int at, long x) {
        long low = state[at] + x;
        state[at] = low;
        state[at + HIGH] += (x >> 63) + Int128.carry(low, x);
        state[at + COUNT]++;
    }

    @Override
    void addRange(int[] ids, int from, int to, Lane[] inputs) {
        long[] values = ((LongLane) inputs[0]).values();
        long[] state = cells;
        if (ids == null) {
            addRun(values, from, to);
            return;
        }
        for (int row = from; row < to; row++) {
            if (ids[row] >= 0) {
                add(state, ids[row] << SHIFT, values[row]);
            }
        }
    }

    /** Sums upper and lower halves apart, which cannot overflow over the rows of one lane. */
    private void addRun(long[] values, int from, int to) {
        long upper = 0;
        long lower = 0;
        for (int row = from; row < to; row++) {
            upper += values[row] >> 32;
            lower += values[row] & 0xffffffffL;
        }
        add(cells, 0, upper << 32);
        cells[HIGH] += (upper >> 32) - (upper << 32 >> 63);
        add(cells, 0, lower);
        cells[COUNT] += to - from - 2;
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        int at = id << SHIFT;
        long x = ((LongLane) inputs[0]).values()[row];
        long borrow = Long.compareUnsigned(cells[at], x) < 0 ? 1 : 0;
        cells[at] -= x;
        cells[at + HIGH] -= (x >> 63) + borrow;
        cells[at + COUNT]--;
    }

    @Override
    public long count(int id) {
        return cells[(id << SHIFT) + COUNT];
    }

    @Override
    public boolean result(int id, Lane out, int row) {
        int at = id << SHIFT;
        long low = cells[at];
        long high = cells[at + HIGH];
        long count = cells[at + COUNT];
        if (mean && count == 0) {
            out.setNull(row);
        } else if (mean && out instanceof DoubleLane doubles) {
            doubles.values()[row] = mean(high, low, count);
        } else if (mean) {
            ((LongLane) out).values()[row] = wholeMean(high, low, count);
        } else if (high == low >> 63) {
            ((LongLane) out).values()[row] = low;
        } else {
            out.setNull(row);
            return false;
        }
        return true;
    }

    static double mean(long high, long low, long count) {
        if (high == low >> 63 && count <= 1L << 53) {
            double upper = (double) (low >> 32) * 0x1p32;
            double quotient = Rounding.quotient(upper, (double) (low & 0xffffffffL), (double) count);
            if (!Double.isNaN(quotient)) {
                return quotient;
            }
        }
        return Rounding.ratio(Int128.toBig(high, low), 0, BigInteger.valueOf(count));
    }

    private static long wholeMean(long high, long low, long count) {
        return Rounding.wholeRatio(Int128.toBig(high, low), BigInteger.valueOf(count))
                .longValue();
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        long[] theirs = ((LongSums) other).cells;
        int at = id << SHIFT;
        int from = otherId << SHIFT;
        long low = cells[at] + theirs[from];
        cells[at + HIGH] += theirs[from + HIGH] + Int128.carry(low, theirs[from]);
        cells[at] = low;
        cells[at + COUNT] += theirs[from + COUNT];
    }

    @Override
    public void free(int id) {
        Arrays.fill(cells, id << SHIFT, (id + 1) << SHIFT, 0);
    }

    @Override
    public long bytes() {
        return 8L * cells.length;
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        int at = id << SHIFT;
        out.i64(cells[at + COUNT]);
        out.i64(cells[at]);
        out.i64(cells[at + HIGH]);
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        int at = id << SHIFT;
        cells[at + COUNT] = in.i64();
        cells[at] = in.i64();
        cells[at + HIGH] = in.i64();
    }
}

package io.streamz.aggregations;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The variance of longs for each group from exact state: Σx in 128 bits, Σx² in 192, lowest first, and the number of values. Then
 * M2 = (n Σx² - (Σx)²) / n has no rounding but the last.
 */
final class LongMoments extends GroupStates {
    private static final int SHIFT = 3;
    private static final int SQUARES = 2;
    private static final int COUNT = 5;
    private static final int FIELDS = 6;

    private final double ddof;
    private final Spread spread;
    private long[] cells = {};

    LongMoments(double ddof, Spread spread) {
        this.ddof = ddof;
        this.spread = spread;
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
        state[at + 1] += (x >> 63) + Int128.carry(low, x);
        long square = x * x;
        long first = state[at + SQUARES] + square;
        state[at + SQUARES] = first;
        long high = Math.multiplyHigh(x, x) + Int128.carry(first, square); // at most 2^62 + 1
        long second = state[at + SQUARES + 1] + high;
        state[at + SQUARES + 1] = second;
        state[at + SQUARES + 2] += Int128.carry(second, high);
        state[at + COUNT]++;
    }

    @Override
    void addRange(int[] ids, int from, int to, Lane[] inputs) {
        long[] values = ((LongLane) inputs[0]).values();
        long[] state = cells;
        for (int row = from; row < to; row++) {
            int id = ids == null ? 0 : ids[row];
            if (id >= 0) {
                add(state, id << SHIFT, values[row]);
            }
        }
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        int at = id << SHIFT;
        long x = ((LongLane) inputs[0]).values()[row];
        long borrow = Long.compareUnsigned(cells[at], x) < 0 ? 1 : 0;
        cells[at] -= x;
        cells[at + 1] -= (x >> 63) + borrow;
        long square = x * x;
        long high = Math.multiplyHigh(x, x) + (Long.compareUnsigned(cells[at + SQUARES], square) < 0 ? 1 : 0);
        cells[at + SQUARES] -= square;
        cells[at + SQUARES + 2] -= Long.compareUnsigned(cells[at + SQUARES + 1], high) < 0 ? 1 : 0;
        cells[at + SQUARES + 1] -= high;
        cells[at + COUNT]--;
    }

    @Override
    public long count(int id) {
        return cells[(id << SHIFT) + COUNT];
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof LongMoments;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        var that = (LongMoments) held;
        long count = that.count(id);
        double degrees = count - ddof;
        if (degrees <= 0) {
            out.setNull(row);
        } else {
            double variance = that.scaledMoment(id << SHIFT) / count / degrees;
            ((DoubleLane) out).values()[row] = spread.of(variance, 1, (double) count);
        }
        return true;
    }

    long sumLow(int id) {
        return cells[id << SHIFT];
    }

    long sumHigh(int id) {
        return cells[(id << SHIFT) + 1];
    }

    /** n Σx² - (Σx)²: in 128 bits where both factors of each product have 63. */
    private double scaledMoment(int at) {
        long sum = cells[at];
        long squares = cells[at + SQUARES];
        long count = cells[at + COUNT];
        if (cells[at + 1] == sum >> 63 && (cells[at + SQUARES + 1] | cells[at + SQUARES + 2]) == 0 && squares >= 0) {
            long left = count * squares;
            long low = left - sum * sum;
            long borrow = Long.compareUnsigned(left, sum * sum) < 0 ? 1 : 0;
            long high = Math.multiplyHigh(count, squares) - Math.multiplyHigh(sum, sum) - borrow;
            return high * 0x1p64 + ((low >>> 32) * 0x1p32 + (low & 0xffffffffL));
        }
        BigInteger total = Int128.toBig(cells[at + 1], sum);
        BigInteger allSquares = Int128.toBig(cells[at + SQUARES + 2], cells[at + SQUARES + 1])
                .shiftLeft(64)
                .add(Int128.unsigned(squares));
        return allSquares
                .multiply(BigInteger.valueOf(count))
                .subtract(total.multiply(total))
                .doubleValue();
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        long[] theirs = ((LongMoments) other).cells;
        int at = id << SHIFT;
        int from = otherId << SHIFT;
        long low = cells[at] + theirs[from];
        cells[at + 1] += theirs[from + 1] + Int128.carry(low, theirs[from]);
        cells[at] = low;
        long carry = 0;
        for (int digit = SQUARES; digit < SQUARES + 3; digit++) {
            long term = theirs[from + digit];
            long part = cells[at + digit] + term;
            cells[at + digit] = part + carry;
            carry = Int128.carry(part, term) + Int128.carry(part + carry, carry);
        }
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
        for (int field = 0; field < FIELDS; field++) {
            out.i64(cells[(id << SHIFT) + field]);
        }
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        for (int field = 0; field < FIELDS; field++) {
            cells[(id << SHIFT) + field] = in.i64();
        }
    }
}

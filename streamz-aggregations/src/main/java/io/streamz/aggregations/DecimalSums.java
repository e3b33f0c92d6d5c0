package io.streamz.aggregations;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/** The exact sum of decimals for each group in 192 bits, lowest first, and its mean; the fourth long is the number of values. */
final class DecimalSums extends GroupStates {
    private static final int SHIFT = 2;
    private static final int COUNT = 3;
    private static final BigInteger LIMIT = Int128.tenTo(38);

    private final boolean mean;
    private final BigInteger unit;
    private long[] cells = {};

    DecimalSums(boolean mean, int scale) {
        this.mean = mean;
        unit = Int128.tenTo(scale);
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
        WideLane wide = (WideLane) inputs[0];
        long high = wide.high()[row];
        add(id << SHIFT, high >> 63, high, wide.low()[row]);
        cells[(id << SHIFT) + COUNT]++;
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        WideLane wide = (WideLane) inputs[0];
        long low = -wide.low()[row];
        long high = ~wide.high()[row] + (low == 0 ? 1 : 0);
        boolean positive = wide.high()[row] < 0 || wide.high()[row] == 0 && low == 0;
        add(id << SHIFT, positive ? 0 : -1, high, low);
        cells[(id << SHIFT) + COUNT]--;
    }

    private void add(int at, long top, long high, long low) {
        long sum = cells[at] + low;
        long carry = Int128.carry(sum, low);
        cells[at] = sum;
        long middle = cells[at + 1] + high;
        long over = Int128.carry(middle, high);
        long carried = middle + carry;
        cells[at + 1] = carried;
        cells[at + 2] += top + over + Int128.carry(carried, carry);
    }

    private BigInteger exact(int at) {
        return Int128.toBig(cells[at + 2], cells[at + 1]).shiftLeft(64).add(Int128.unsigned(cells[at]));
    }

    @Override
    public long count(int id) {
        return cells[(id << SHIFT) + COUNT];
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof DecimalSums || held instanceof DecimalMoments;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        if (mean && held.count(id) == 0) {
            out.setNull(row);
            return true;
        }
        BigInteger sum =
                held instanceof DecimalMoments moments ? moments.sum(id) : ((DecimalSums) held).exact(id << SHIFT);
        if (mean) {
            BigInteger count = BigInteger.valueOf(held.count(id));
            ((DoubleLane) out).values()[row] = Rounding.ratio(sum, 0, unit.multiply(count));
        } else if (sum.abs().compareTo(LIMIT) >= 0) {
            out.setNull(row);
            return false;
        } else {
            ((WideLane) out).low()[row] = sum.longValue();
            ((WideLane) out).high()[row] = sum.shiftRight(64).longValue();
        }
        return true;
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        long[] theirs = ((DecimalSums) other).cells;
        int from = otherId << SHIFT;
        add(id << SHIFT, theirs[from + 2], theirs[from + 1], theirs[from]);
        cells[(id << SHIFT) + COUNT] += theirs[from + COUNT];
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
        for (int i = 0; i < COUNT; i++) {
            out.i64(cells[at + i]);
        }
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        int at = id << SHIFT;
        cells[at + COUNT] = in.i64();
        for (int i = 0; i < COUNT; i++) {
            cells[at + i] = in.i64();
        }
    }
}

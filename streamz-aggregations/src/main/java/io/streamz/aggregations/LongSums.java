package io.streamz.aggregations;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The exact sum of longs for each group in 128 bits, and its mean: ints, bools and durations. Two longs a group, the sum's low half and the number of
 * values, so that a row touches one cache line; how often a low half, as a signed number, has wrapped around is counted elsewhere, for it hardly ever does.
 */
final class LongSums extends GroupStates {
    private static final int SHIFT = 1;
    private static final int COUNT = 1;

    private final boolean mean;
    private long[] cells = {};

    /** By id, as far as there were some: the sum is the low half, signed, and so often 2^64. */
    private long[] wraps = {};

    /** What was read ahead, so that no compiler may leave the reading out. */
    @SuppressWarnings("unused") // nobody needs the value
    private long touched;

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
        add(cells, id, ((LongLane) inputs[0]).values()[row]);
    }

    private void add(long[] state, int id, long x) {
        int at = id << SHIFT;
        long before = state[at];
        long sum = before + x;
        state[at] = sum;
        state[at + COUNT]++;
        if (((before ^ sum) & (x ^ sum)) < 0) {
            wrap(id, x < 0 ? -1 : 1);
        }
    }

    private void wrap(int id, long times) {
        if (wraps.length <= id) {
            wraps = Arrays.copyOf(wraps, Lane.grown(wraps.length, id + 1));
        }
        wraps[id] += times;
    }

    private long wraps(int id) {
        return id < wraps.length ? wraps[id] : 0;
    }

    private long high(int id) {
        return wraps(id) + (cells[id << SHIFT] >> 63);
    }

    @Override
    void addRange(int[] ids, int from, int to, Lane[] inputs) {
        long[] values = ((LongLane) inputs[0]).values();
        long[] state = cells;
        if (ids == null) {
            addRun(values, from, to);
            return;
        }
        int row = from;
        while (row < to) {
            int end = to;
            if (ReadAhead.isFar(state.length)) {
                end = Math.min(to, row + ReadAhead.ROWS);
                touched = ReadAhead.touch(state, 1 << SHIFT, ids, row, end);
            }
            for (; row < end; row++) {
                if (ids[row] >= 0) {
                    add(state, ids[row], values[row]);
                }
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
        if (upper >> 32 != upper << 32 >> 63) {
            wrap(0, (upper >> 32) - (upper << 32 >> 63));
        }
        add(cells, 0, lower);
        cells[COUNT] += to - from - 2;
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        int at = id << SHIFT;
        long x = ((LongLane) inputs[0]).values()[row];
        long before = cells[at];
        long sum = before - x;
        cells[at] = sum;
        cells[at + COUNT]--;
        if (((before ^ x) & (before ^ sum)) < 0) {
            wrap(id, x < 0 ? 1 : -1);
        }
    }

    @Override
    public long count(int id) {
        return cells[(id << SHIFT) + COUNT];
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof LongSums || held instanceof LongMoments;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        if (held instanceof LongMoments moments) {
            return result(moments.sumHigh(id), moments.sumLow(id), moments.count(id), out, row);
        }
        var that = (LongSums) held;
        int at = id << SHIFT;
        return result(that.high(id), that.cells[at], that.cells[at + COUNT], out, row);
    }

    private boolean result(long high, long low, long count, Lane out, int row) {
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
        var that = (LongSums) other;
        int at = id << SHIFT;
        int from = otherId << SHIFT;
        long count = cells[at + COUNT] + that.cells[from + COUNT];
        if (that.wraps(otherId) != 0) {
            wrap(id, that.wraps(otherId));
        }
        add(cells, id, that.cells[from]);
        cells[at + COUNT] = count;
    }

    @Override
    public void free(int id) {
        Arrays.fill(cells, id << SHIFT, (id + 1) << SHIFT, 0);
        if (id < wraps.length) {
            wraps[id] = 0;
        }
    }

    @Override
    public long bytes() {
        return 8L * (cells.length + wraps.length);
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        int at = id << SHIFT;
        out.i64(cells[at + COUNT]);
        out.i64(cells[at]);
        out.i64(high(id));
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        int at = id << SHIFT;
        cells[at + COUNT] = in.i64();
        cells[at] = in.i64();
        long wrapped = in.i64() - (cells[at] >> 63);
        if (wrapped != 0) {
            wrap(id, wrapped);
        }
    }
}

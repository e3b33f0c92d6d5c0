package io.streamz.aggregations;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The exact sum of doubles for each group, and its mean.
 *
 * <p>Three doubles a group: high, low and the number of values. The exact sum is high + low:
 * a value goes to high by TwoSum, whose error is added to low, and as long as that addition is exact nothing has been lost. It is exact if
 * and only if the sum less either term is the other: the one that takes the larger term away is without error (Dekker's
 * Fast2Sum), and a NaN equals nothing. When it is not, because the values span more than two doubles hold or because one is not finite, the
 * group gets a {@link FixedPoint} number, whose place in a side table low tells, and its high is NaN: that makes every later error NaN too, so that the loop needs no other
 * test. Sum, order, cut, merge and forgetting therefore cannot show. (TwoSum: Knuth, The Art of Computer Programming 2, 4.2.2.)
 */
final class DoubleSums extends GroupStates {
    private static final int WIDTH = 3;
    private static final int COUNT = 2;
    private static final int TERMS_FOLLOW = 0;
    private static final int INTEGER_FOLLOWS = 1;
    private static final int DEMOTE_EVERY = 64;

    private final boolean mean;
    private double[] cells = {};
    private final WideSums wides = new WideSums();
    private int slowSteps;

    /** What was read ahead, so that no compiler may leave the reading out. */
    @SuppressWarnings("unused") // nobody needs the value
    private double touched;

    /** For whole columns that go to group 0; null until there is one. */
    private BlockSum blocks;

    /** For the newest rows of all, in group 0; null until there is one. */
    private SlidingSums sliding;

    DoubleSums(boolean mean) {
        this.mean = mean;
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public void ensure(int groups) {
        if (cells.length / WIDTH < groups) {
            cells = Arrays.copyOf(cells, Math.multiplyExact(Lane.grown(cells.length / WIDTH, groups), WIDTH));
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        add(cells, id * WIDTH, ((DoubleLane) inputs[0]).values()[row]);
    }

    void add(int id, double x) {
        add(cells, id * WIDTH, x);
    }

    /** Adds the negative; what the terms cannot take is taken back from a wide sum. */
    void forget(int id, double x) {
        if (adds(cells, id * WIDTH, -x)) {
            cells[id * WIDTH + COUNT]--;
        } else {
            addWide(id * WIDTH, x, -1);
        }
    }

    private void add(double[] state, int at, double x) {
        if (adds(state, at, x)) {
            state[at + COUNT]++;
        } else {
            addWide(at, x, 1);
        }
    }

    /** Adds to the terms, if these can take it. */
    private static boolean adds(double[] state, int at, double x) {
        double high = state[at];
        double low = state[at + 1];
        double sum = high + x;
        double part = sum - high;
        double error = high - (sum - part) + (x - part);
        double rest = low + error;
        if (rest - low == error && rest - error == low) {
            state[at] = sum;
            state[at + 1] = rest;
            return true;
        }
        return false;
    }

    /** The same as the one-row forms, with the arrays at hand. */
    @Override
    boolean exchange(int[] ids, int left, int entered, int count, Lane[] inputs) {
        double[] values = ((DoubleLane) inputs[0]).values();
        double[] state = cells;
        for (int i = 0; i < count; i++) {
            int old = ids[left + i];
            if (old >= 0) {
                double x = values[left + i];
                if (adds(state, old * WIDTH, -x)) {
                    state[old * WIDTH + COUNT]--;
                } else {
                    addWide(old * WIDTH, x, -1);
                }
            }
            int id = ids[entered + i];
            if (id >= 0) {
                add(state, id * WIDTH, values[entered + i]);
            }
        }
        return true;
    }

    @Override
    void addRange(int[] ids, int from, int to, Lane[] inputs) {
        double[] values = ((DoubleLane) inputs[0]).values();
        double[] state = cells;
        if (ids == null) {
            addRun(values, from, to);
            return;
        }
        int row = from;
        while (row < to) {
            int end = to;
            if (ReadAhead.isFar(state.length)) {
                end = Math.min(to, row + ReadAhead.ROWS);
                touched = ReadAhead.touch(state, WIDTH, ids, row, end);
            }
            for (; row < end; row++) {
                if (ids[row] >= 0) {
                    add(state, ids[row] * WIDTH, values[row]);
                }
            }
        }
    }

    @Override
    void addWords(int[] ids, long[] words, int rows, Lane[] inputs) {
        if (ids != null || rows < BlockSum.LEAST_ROWS) {
            super.addWords(ids, words, rows, inputs);
            return;
        }
        double[] values = ((DoubleLane) inputs[0]).values();
        for (int start = 0; start < rows; start += BlockSum.ROWS) {
            int end = Math.min(rows, start + BlockSum.ROWS);
            boolean summed = blocks().sum(values, start, end, words);
            int count = 0;
            for (int row = start; row < end; row += 64) {
                long word = BatchLoops.word(words, row, end);
                count += Long.bitCount(word);
                for (; !summed && word != 0; word &= word - 1) {
                    add(cells, 0, values[row + Long.numberOfTrailingZeros(word)]);
                }
            }
            if (summed) {
                addParts(count);
            }
        }
    }

    /** Adds to group 0. */
    private void addRun(double[] values, int from, int to) {
        int row = from;
        while (to - row >= BlockSum.LEAST_ROWS) {
            int end = Math.min(to, row + BlockSum.ROWS);
            if (blocks().sum(values, row, end, null)) {
                addParts(end - row);
            } else {
                addRows(values, row, end);
            }
            row = end;
        }
        addRows(values, row, to);
    }

    private BlockSum blocks() {
        if (blocks == null) {
            blocks = new BlockSum();
        }
        return blocks;
    }

    /** Adds what a block of so many values came to. */
    private void addParts(int count) {
        double[] parts = blocks.parts();
        addRows(parts, 0, parts.length);
        cells[COUNT] += count - parts.length;
    }

    /** Adds with the terms in registers, up to a value that does not fit them. */
    private void addRows(double[] values, int from, int to) {
        int row = from;
        while (row < to) {
            int stop = addFitting(values, row, to);
            if (stop < to) {
                addWide(0, values[stop], 1);
                stop++;
            }
            row = stop;
        }
    }

    private int addFitting(double[] values, int from, int to) {
        double high = cells[0];
        double low = cells[1];
        int row = from;
        for (; row < to; row++) {
            double x = values[row];
            double sum = high + x;
            double part = sum - high;
            double error = high - (sum - part) + (x - part);
            double rest = low + error;
            if (!(rest - low == error && rest - error == low)) {
                break;
            }
            high = sum;
            low = rest;
        }
        cells[0] = high;
        cells[1] = low;
        cells[COUNT] += row - from;
        return row;
    }

    @Override
    int slideRun(Lane[] olds, int oldFrom, Lane[] inputs, int from, int to, Lane out) {
        double[] old = ((DoubleLane) olds[0]).values();
        double[] values = ((DoubleLane) inputs[0]).values();
        if (sliding == null) {
            sliding = new SlidingSums(mean);
        }
        return sliding.slide(cells, old, oldFrom, values, from, to, ((DoubleLane) out).values());
    }

    /** Rows of many groups, up to one that takes no old row's place. The old value is taken from the new one first: one addition to each term. */
    @Override
    int slide(Lane[] olds, Rings rings, Lane[] inputs, int from, int first, Lane out) {
        double[] old = ((DoubleLane) olds[0]).values();
        double[] values = ((DoubleLane) inputs[0]).values();
        double[] answers = ((DoubleLane) out).values();
        int[] slots = rings.slots;
        int[] ids = rings.ids;
        double[] state = cells;
        int i = first;
        for (; i < rings.taken && slots[i] < 0; i++) {
            int at = ids[i] * WIDTH;
            double x = values[from + i];
            double y = old[i];
            double change = x - y;
            double part = change - x;
            double changeError = x - (change - part) - (y + part);
            double high = state[at];
            double sum = high + change;
            double sumPart = sum - high;
            double sumError = high - (sum - sumPart) + (change - sumPart);
            double error = changeError + sumError;
            double low = state[at + 1];
            double rest = low + error;
            double answer = mean ? Rounding.quotient(sum, rest, state[at + COUNT]) : sum + rest;
            boolean exact = error - changeError == sumError
                    && error - sumError == changeError
                    && rest - low == error
                    && rest - error == low;
            if (!exact || Double.isNaN(answer)) {
                break;
            }
            state[at] = sum;
            state[at + 1] = rest;
            answers[from + i] = answer;
        }
        return i;
    }

    @Override
    int accumulate(int[] ids, int rows, Lane[] inputs, Lane out) {
        double[] values = ((DoubleLane) inputs[0]).values();
        double[] answers = ((DoubleLane) out).values();
        return mean ? 0 : ids == null ? accumulate(rows, values, answers) : accumulate(ids, rows, values, answers);
    }

    private int accumulate(int rows, double[] values, double[] answers) {
        double high = cells[0];
        double low = cells[1];
        int row = 0;
        for (; row < rows; row++) {
            double x = values[row];
            double sum = high + x;
            double part = sum - high;
            double error = high - (sum - part) + (x - part);
            double rest = low + error;
            if (!(rest - low == error && rest - error == low)) {
                break;
            }
            high = sum;
            low = rest;
            answers[row] = high + low;
        }
        cells[0] = high;
        cells[1] = low;
        cells[COUNT] += row;
        return row;
    }

    private int accumulate(int[] ids, int rows, double[] values, double[] answers) {
        double[] state = cells;
        int row = 0;
        for (; row < rows; row++) {
            int at = ids[row] * WIDTH;
            double x = values[row];
            double high = state[at];
            double low = state[at + 1];
            double sum = high + x;
            double part = sum - high;
            double error = high - (sum - part) + (x - part);
            double rest = low + error;
            if (!(rest - low == error && rest - error == low)) {
                break;
            }
            state[at] = sum;
            state[at + 1] = rest;
            state[at + COUNT]++;
            answers[row] = sum + rest;
        }
        return row;
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        forget(id, ((DoubleLane) inputs[0]).values()[row]);
    }

    /** Adds ({@code times} 1) or takes back (-1) a value that the two terms cannot take. */
    private void addWide(int at, double x, int times) {
        FixedPoint wide = promote(at);
        wide.add(x, times);
        cells[at + COUNT] += times;
        if (cells[at + COUNT] == 0 || ++slowSteps % DEMOTE_EVERY == 0) {
            demote(at);
        }
    }

    private FixedPoint promote(int at) {
        if (!isWide(at)) {
            FixedPoint wide = new FixedPoint();
            wide.add(cells[at], 1);
            wide.add(cells[at + 1], 1);
            cells[at] = Double.NaN;
            cells[at + 1] = wides.put(wide);
        }
        return wide(at);
    }

    /** Returns to two terms where they hold the sum. */
    private void demote(int at) {
        FixedPoint wide = wide(at);
        if (!wide.finite() || !wide.narrow()) {
            return;
        }
        BigInteger sum = wide.exact();
        double high = Rounding.nearest(sum, Rounding.LEAST);
        if (Double.isInfinite(high)) {
            return;
        }
        BigInteger rest = sum.subtract(Rounding.exact(high));
        double low = Rounding.nearest(rest, Rounding.LEAST);
        if (Rounding.exact(low).equals(rest)) {
            dropPlace(at);
            cells[at] = high;
            cells[at + 1] = low;
        }
    }

    private void dropPlace(int at) {
        if (isWide(at)) {
            wides.drop((int) cells[at + 1]);
        }
    }

    private boolean isWide(int at) {
        return Double.isNaN(cells[at]);
    }

    private FixedPoint wide(int at) {
        return wides.get((int) cells[at + 1]);
    }

    @Override
    public long count(int id) {
        return (long) cells[id * WIDTH + COUNT];
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof DoubleSums;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        var that = (DoubleSums) held;
        int at = id * WIDTH;
        if (mean && that.cells[at + COUNT] == 0) {
            out.setNull(row);
        } else {
            ((DoubleLane) out).values()[row] = mean ? that.mean(at) : that.sum(at);
        }
        return true;
    }

    double sumOf(int id) {
        return sum(id * WIDTH);
    }

    /** The sum of a group here and there, both finite, rounded once. */
    double sumWith(int id, DoubleSums others) {
        BigInteger sum = exact(id * WIDTH).add(others.exact(id * WIDTH));
        return Rounding.nearest(sum, Rounding.LEAST);
    }

    double meanOf(int id) {
        return mean(id * WIDTH);
    }

    private double sum(int at) {
        if (!isWide(at)) {
            return cells[at] + cells[at + 1];
        }
        FixedPoint wide = wide(at);
        return wide.finite() ? Rounding.nearest(wide.exact(), Rounding.LEAST) : wide.special();
    }

    private double mean(int at) {
        if (isWide(at) && !wide(at).finite()) {
            return wide(at).special();
        }
        double quotient = Rounding.quotient(cells[at], cells[at + 1], cells[at + COUNT]);
        if (!Double.isNaN(quotient)) {
            return quotient;
        }
        return Rounding.ratio(exact(at), Rounding.LEAST, BigInteger.valueOf((long) cells[at + COUNT]));
    }

    private BigInteger exact(int at) {
        return isWide(at) ? wide(at).exact() : Rounding.exact(cells[at]).add(Rounding.exact(cells[at + 1]));
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        var that = (DoubleSums) other;
        int at = id * WIDTH;
        int from = otherId * WIDTH;
        double total = cells[at + COUNT] + that.cells[from + COUNT];
        if (!that.isWide(from)) {
            add(cells, at, that.cells[from]);
            add(cells, at, that.cells[from + 1]);
        } else {
            promote(at).add(that.wide(from));
            demote(at);
        }
        cells[at + COUNT] = total;
    }

    @Override
    public void free(int id) {
        int at = id * WIDTH;
        dropPlace(at);
        Arrays.fill(cells, at, at + WIDTH, 0);
    }

    @Override
    public long bytes() {
        return 8L * cells.length
                + wides.bytes()
                + (blocks == null ? 0 : blocks.bytes())
                + (sliding == null ? 0 : sliding.bytes());
    }

    /** The count, the counts of values that are not finite, and the sum as its nearest double, that of the rest, and so on. */
    @Override
    void write(int id, StateOut out) throws IOException {
        int at = id * WIDTH;
        FixedPoint wide = isWide(at) ? wide(at) : null;
        out.i64(count(id));
        boolean finite = wide == null || wide.finite();
        out.u8(finite ? 0 : 1);
        if (!finite) {
            out.i64(wide.nan);
            out.i64(wide.positive);
            out.i64(wide.negative);
        }
        double sum = wide == null ? cells[at] + cells[at + 1] : Double.NaN;
        if (Math.abs(sum) <= 0x1p1000) {
            double low = cells[at + 1] - (sum - cells[at]) + (cells[at] - (sum - (sum - cells[at])));
            writeTerms(out, sum + 0.0, low);
        } else {
            writeExact(out, exact(at));
        }
    }

    private static void writeTerms(StateOut out, double high, double low) throws IOException {
        out.u8(TERMS_FOLLOW);
        out.u8(high == 0 ? 0 : low == 0 ? 1 : 2);
        if (high != 0) {
            out.f64(high);
        }
        if (low != 0) {
            out.f64(low);
        }
    }

    private static void writeExact(StateOut out, BigInteger sum) throws IOException {
        double[] terms = new double[64];
        int count = 0;
        BigInteger rest = sum;
        while (rest.signum() != 0) {
            terms[count] = Rounding.nearest(rest, Rounding.LEAST);
            if (Double.isInfinite(terms[count])) {
                out.u8(INTEGER_FOLLOWS);
                out.integer(sum);
                return;
            }
            rest = rest.subtract(Rounding.exact(terms[count++]));
        }
        out.u8(TERMS_FOLLOW);
        out.u8(count);
        for (int i = 0; i < count; i++) {
            out.f64(terms[i]);
        }
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        int at = id * WIDTH;
        long count = in.i64();
        if (in.u8() != 0) {
            FixedPoint wide = promote(at);
            wide.nan = in.i64();
            wide.positive = in.i64();
            wide.negative = in.i64();
        }
        if (in.u8() == INTEGER_FOLLOWS) {
            promote(at).set(in.integer());
        } else {
            for (int terms = in.u8(); terms > 0; terms--) {
                add(cells, at, in.f64());
            }
        }
        cells[at + COUNT] = count;
    }
}

package io.streamz.aggregations;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A quantile of each group, from all its values; a NaN inside makes it NaN.
 *
 * <p>Values are only listed ({@link ValueLists}) until somebody asks. The first question is answered by selection, which costs a few passes over
 * the list; so are a few of the same list, and a later one when the list has doubled since. Otherwise, and where a value is forgotten, what is listed goes to {@link
 * SortedValues}, where a question costs next to nothing: whoever asks after each batch pays for its rows only. Decimals are sorted at once.
 */
final class Quantiles extends GroupStates implements HoldsExtremes {
    private static final int MOST_SCRATCH = 1 << 16;

    /** So many quantiles of the same list cost less by selection. */
    private static final int MOST_SELECTIONS = 4;

    private final DataType type;
    private final double quantile;
    private final Interpolation interpolation;
    private final boolean wide;
    private final ValueLists lists = new ValueLists();
    private SortedValues[] sorted = {};
    private long[] nans = {};

    /** By id: the length of the list when it was last selected from, and how often at that length. */
    private int[] asked = {};

    private byte[] times = {};

    /** The bytes of all {@link #sorted}. */
    private long sortedBytes;

    private long[] scratch = {};

    /** The two values that an answer lies between, of 128 bits each. */
    private long lowerHigh;

    private long lowerLow;
    private long upperHigh;
    private long upperLow;

    Quantiles(DataType type, double quantile, Interpolation interpolation) {
        this.type = type;
        this.quantile = quantile;
        this.interpolation = interpolation;
        this.wide = type.kind() == Kind.DECIMAL;
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public void ensure(int groups) {
        if (sorted.length < groups) {
            sorted = Arrays.copyOf(sorted, Lane.grown(sorted.length, groups));
            nans = Arrays.copyOf(nans, sorted.length);
            asked = Arrays.copyOf(asked, sorted.length);
            times = Arrays.copyOf(times, sorted.length);
            lists.ensure(sorted.length);
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        if (isNaN(inputs[0], row)) {
            nans[id]++;
        } else if (wide) {
            WideLane lane = (WideLane) inputs[0];
            addSorted(id, lane.high()[row], lane.low()[row]);
        } else {
            lists.add(id, low(inputs[0], row));
        }
    }

    private void addSorted(int id, long high, long low) {
        SortedValues group = settled(id);
        sortedBytes -= group.bytes();
        group.add(high, low);
        sortedBytes += group.bytes();
    }

    @Override
    void addRange(int[] ids, int from, int to, Lane[] inputs) {
        if (ids == null || !(inputs[0] instanceof DoubleLane doubles)) {
            super.addRange(ids, from, to, inputs);
            return;
        }
        double[] values = doubles.values();
        for (int row = from; row < to; row++) {
            double value = values[row];
            if (ids[row] >= 0 && !Double.isNaN(value)) {
                lists.add(ids[row], inOrder(Double.doubleToRawLongBits(value + 0.0)));
            } else if (ids[row] >= 0) {
                nans[ids[row]]++;
            }
        }
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        if (isNaN(inputs[0], row)) {
            nans[id]--;
            return;
        }
        SortedValues group = settled(id);
        sortedBytes -= group.bytes();
        group.remove(high(inputs[0], row), low(inputs[0], row));
        sortedBytes += group.bytes();
    }

    /** All values of a group in order. */
    private SortedValues settled(int id) {
        if (sorted[id] == null) {
            sorted[id] = new SortedValues(wide ? 2 : 1);
            sortedBytes += sorted[id].bytes();
        }
        SortedValues group = sorted[id];
        int count = lists.size(id);
        if (count > 0) {
            sortedBytes -= group.bytes();
            group.addAll(listed(id), count);
            sortedBytes += group.bytes();
            lists.clear(id);
            dropScratch();
        }
        return group;
    }

    /** A copy of what is listed, in an array that may be longer. */
    private long[] listed(int id) {
        int count = lists.size(id);
        if (scratch.length < count) {
            scratch = new long[Lane.grown(scratch.length, count)];
        }
        lists.copy(id, scratch);
        return scratch;
    }

    private void dropScratch() {
        if (scratch.length > MOST_SCRATCH) {
            scratch = new long[0];
        }
    }

    private static boolean isNaN(Lane lane, int row) {
        return lane instanceof DoubleLane doubles && Double.isNaN(doubles.values()[row]);
    }

    private static long high(Lane lane, int row) {
        return lane instanceof WideLane wide ? wide.high()[row] : 0;
    }

    private static long low(Lane lane, int row) {
        if (lane instanceof LongLane longs) {
            return longs.values()[row];
        }
        if (lane instanceof DoubleLane doubles) {
            return inOrder(Double.doubleToLongBits(doubles.values()[row] + 0.0));
        }
        return ((WideLane) lane).low()[row];
    }

    /** The bits of doubles as longs in the same order, and back. */
    private static long inOrder(long bits) {
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    @Override
    public long count(int id) {
        return nans[id] + size(id);
    }

    private long size(int id) {
        return lists.size(id) + (sorted[id] == null ? 0 : sorted[id].size());
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof Quantiles;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        var that = (Quantiles) held;
        if (that.hasOrder(id, out, row)) {
            answer(that, id, out, row);
        }
        return true;
    }

    @Override
    public boolean extreme(boolean greatest, int id, Lane out, int row) {
        if (hasOrder(id, out, row)) {
            if (sorted[id] == null) {
                pick(0, lists.extreme(id, greatest), out, row); // a pass is less than to sort
            } else {
                long rank = greatest ? size(id) - 1 : 0;
                find(id, rank, rank);
                pick(lowerHigh, lowerLow, out, row);
            }
        }
        return true;
    }

    /** Whether the values in order tell the answer; otherwise it is given here. */
    private boolean hasOrder(int id, Lane out, int row) {
        if (count(id) == 0) {
            out.setNull(row);
        } else if (nans[id] != 0) {
            ((DoubleLane) out).values()[row] = Double.NaN;
        } else {
            return true;
        }
        return false;
    }

    private void answer(Quantiles that, int id, Lane out, int row) {
        long size = that.size(id);
        double place = (size - 1) * quantile;
        long lower = (long) place;
        double weight = interpolation.weight((double) lower, place - lower);
        that.find(id, lower, Math.min(lower + 1, size - 1));
        if (interpolation.picks()) {
            boolean exact = weight == 0;
            pick(exact ? that.lowerHigh : that.upperHigh, exact ? that.lowerLow : that.upperLow, out, row);
        } else if (out instanceof DoubleLane doubles) {
            doubles.values()[row] = that.between(weight);
        } else {
            ((LongLane) out).values()[row] = wholeBetween(that.lowerLow, that.upperLow, weight);
        }
    }

    /** Finds the values at two ranks, of which the upper is the lower or the next. */
    private void find(int id, long lower, long upper) {
        int count = lists.size(id);
        boolean again = count == asked[id] && times[id] < MOST_SELECTIONS;
        if (sorted[id] == null && (again || count >= 2L * asked[id])) {
            times[id] = again ? (byte) (times[id] + 1) : 1;
            asked[id] = count;
            long[] values = listed(id);
            Selection.select(values, count, (int) lower);
            lowerLow = values[(int) lower];
            upperLow = upper == lower ? lowerLow : Selection.least(values, (int) upper, count);
            dropScratch();
            return;
        }
        SortedValues group = settled(id);
        lowerLow = group.low(lower);
        upperLow = group.low(upper);
        if (wide) {
            lowerHigh = group.high(lower);
            upperHigh = group.high(upper);
        }
    }

    private static void pick(long high, long low, Lane out, int row) {
        if (out instanceof LongLane longs) {
            longs.values()[row] = low;
        } else if (out instanceof DoubleLane doubles) {
            doubles.values()[row] = Double.longBitsToDouble(inOrder(low));
        } else {
            ((WideLane) out).high()[row] = high;
            ((WideLane) out).low()[row] = low;
        }
    }

    private double between(double weight) {
        return switch (type.kind()) {
            case FLOAT ->
                between(Double.longBitsToDouble(inOrder(lowerLow)), Double.longBitsToDouble(inOrder(upperLow)), weight);
            case DECIMAL -> between(Int128.toBig(lowerHigh, lowerLow), Int128.toBig(upperHigh, upperLow), weight);
            default -> between(BigInteger.valueOf(lowerLow), BigInteger.valueOf(upperLow), weight);
        };
    }

    /** Stays between the two, does not overflow on the way; half way it is the nearest double. */
    static double between(double lower, double upper, double weight) {
        if (weight == 0 || lower == upper) {
            return lower;
        }
        double sum = lower + upper;
        if (weight == 0.5 && Math.abs(sum) <= Double.MAX_VALUE) {
            return sum / 2; // rounded once, also where the two nearly cancel
        }
        double distance = upper - lower;
        double value = distance <= Double.MAX_VALUE ? lower + distance * weight : lower * (1 - weight) + upper * weight;
        return Math.min(Math.max(value, lower), upper);
    }

    private double between(BigInteger lower, BigInteger upper, double weight) {
        return Rounding.ratio(scaledBetween(lower, upper, weight), -53, Int128.tenTo(type.scale()));
    }

    private static long wholeBetween(long lower, long upper, double weight) {
        BigInteger value = scaledBetween(BigInteger.valueOf(lower), BigInteger.valueOf(upper), weight);
        return Rounding.wholeRatio(value, BigInteger.ONE.shiftLeft(53)).longValue();
    }

    /** The exact value between two whole numbers, times 2^53; the weight is taken to 53 bits behind the point. */
    private static BigInteger scaledBetween(BigInteger lower, BigInteger upper, double weight) {
        BigInteger share = BigInteger.valueOf((long) (weight * 0x1p53));
        return lower.shiftLeft(53).add(upper.subtract(lower).multiply(share));
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        var that = (Quantiles) other;
        nans[id] += that.nans[otherId];
        SortedValues theirs = that.sorted[otherId];
        if (wide && theirs != null) {
            for (long rank = 0; rank < theirs.size(); rank++) {
                addSorted(id, theirs.high(rank), theirs.low(rank));
            }
        } else if (theirs != null) {
            theirs.copy(lists, id);
        }
        int count = that.lists.size(otherId);
        long[] values = that.listed(otherId);
        for (int i = 0; i < count; i++) {
            lists.add(id, values[i]);
        }
    }

    @Override
    public void free(int id) {
        nans[id] = 0;
        asked[id] = 0;
        lists.clear(id);
        if (sorted[id] != null) {
            sortedBytes -= sorted[id].bytes();
            sorted[id] = null;
        }
    }

    @Override
    public long bytes() {
        return 17L * sorted.length + lists.bytes() + sortedBytes + 8L * scratch.length;
    }

    /** The values in order. */
    @Override
    void write(int id, StateOut out) throws IOException {
        out.i64(nans[id]);
        long size = size(id);
        out.i64(size);
        if (size > 0) {
            SortedValues group = settled(id);
            for (long rank = 0; rank < size; rank++) {
                if (wide) {
                    out.i64(group.high(rank));
                }
                out.i64(group.low(rank));
            }
        }
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        nans[id] = in.i64();
        long size = in.i64();
        for (long rank = 0; rank < size; rank++) {
            if (wide) {
                addSorted(id, in.i64(), in.i64());
            } else {
                lists.add(id, in.i64());
            }
        }
    }
}

package io.streamz.aggregations;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/** A quantile of each group, from all its values in order; a NaN inside makes it NaN. */
final class Quantiles extends GroupStates {
    private final DataType type;
    private final double quantile;
    private final Interpolation interpolation;
    private SortedValues[] values = {};
    private long[] nans = {};
    private long held;

    Quantiles(DataType type, double quantile, Interpolation interpolation) {
        this.type = type;
        this.quantile = quantile;
        this.interpolation = interpolation;
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public void ensure(int groups) {
        if (values.length < groups) {
            values = Arrays.copyOf(values, Lane.grown(values.length, groups));
            nans = Arrays.copyOf(nans, values.length);
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        if (isNaN(inputs[0], row)) {
            nans[id]++;
            return;
        }
        SortedValues group = group(id);
        held -= group.bytes();
        group.add(high(inputs[0], row), low(inputs[0], row));
        held += group.bytes();
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        if (isNaN(inputs[0], row)) {
            nans[id]--;
            return;
        }
        SortedValues group = group(id);
        held -= group.bytes();
        group.remove(high(inputs[0], row), low(inputs[0], row));
        held += group.bytes();
    }

    private SortedValues group(int id) {
        if (values[id] == null) {
            values[id] = new SortedValues(type.kind() == Kind.DECIMAL ? 2 : 1);
            held += values[id].bytes();
        }
        return values[id];
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
        return nans[id] + (values[id] == null ? 0 : values[id].size());
    }

    @Override
    public boolean result(int id, Lane out, int row) {
        if (count(id) == 0) {
            out.setNull(row);
        } else if (nans[id] != 0) {
            ((DoubleLane) out).values()[row] = Double.NaN;
        } else {
            SortedValues group = values[id];
            held -= group.bytes();
            answer(group, out, row);
            held += group.bytes();
        }
        return true;
    }

    private void answer(SortedValues group, Lane out, int row) {
        double place = (group.size() - 1) * quantile;
        long lower = (long) place;
        double weight = interpolation.weight((double) lower, place - lower);
        long upper = Math.min(lower + 1, group.size() - 1);
        if (interpolation.picks()) {
            pick(group, weight == 0 ? lower : upper, out, row);
        } else if (out instanceof DoubleLane doubles) {
            doubles.values()[row] = between(group, lower, upper, weight);
        } else {
            ((LongLane) out).values()[row] = wholeBetween(group.low(lower), group.low(upper), weight);
        }
    }

    private static void pick(SortedValues group, long rank, Lane out, int row) {
        if (out instanceof LongLane longs) {
            longs.values()[row] = group.low(rank);
        } else if (out instanceof DoubleLane doubles) {
            doubles.values()[row] = Double.longBitsToDouble(inOrder(group.low(rank)));
        } else {
            ((WideLane) out).high()[row] = group.high(rank);
            ((WideLane) out).low()[row] = group.low(rank);
        }
    }

    private double between(SortedValues group, long lower, long upper, double weight) {
        return switch (type.kind()) {
            case FLOAT ->
                between(
                        Double.longBitsToDouble(inOrder(group.low(lower))),
                        Double.longBitsToDouble(inOrder(group.low(upper))),
                        weight);
            case DECIMAL -> {
                BigInteger low = Int128.toBig(group.high(lower), group.low(lower));
                yield between(low, Int128.toBig(group.high(upper), group.low(upper)), weight);
            }
            default -> between(BigInteger.valueOf(group.low(lower)), BigInteger.valueOf(group.low(upper)), weight);
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
        if (that.values[otherId] != null) {
            SortedValues group = group(id);
            held -= group.bytes();
            group.addAll(that.values[otherId]);
            held += group.bytes();
        }
    }

    @Override
    public void free(int id) {
        nans[id] = 0;
        if (values[id] != null) {
            held -= values[id].bytes();
            values[id] = null;
        }
    }

    @Override
    public long bytes() {
        return 12L * values.length + held;
    }

    /** The values in order. */
    @Override
    void write(int id, StateOut out) throws IOException {
        out.i64(nans[id]);
        long size = values[id] == null ? 0 : values[id].size();
        out.i64(size);
        for (long rank = 0; rank < size; rank++) {
            if (type.kind() == Kind.DECIMAL) {
                out.i64(values[id].high(rank));
            }
            out.i64(values[id].low(rank));
        }
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        nans[id] = in.i64();
        long size = in.i64();
        for (long rank = 0; rank < size; rank++) {
            long high = type.kind() == Kind.DECIMAL ? in.i64() : 0;
            group(id).add(high, in.i64());
        }
        held = 0;
        for (SortedValues group : values) {
            held += group == null ? 0 : group.bytes();
        }
    }
}

package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * A quantile of the doubles among the last n rows of all: two heaps of places in the ring, the values up to the quantile with the largest on
 * top, those above it with the smallest on top, and for each place where in its heap it stands. A new value takes the place of the oldest in its
 * heap and rises or sinks a little; where it belongs into the other heap, the tops change sides. At most log2(n) steps a row, two
 * or three as a rule. (Härdle and Steiger 1995.)
 *
 * <p>A row that does not count holds no place in a heap; one with NaN is counted apart.
 */
final class RingQuantiles extends RingSlide {
    private static final int ABSENT = Integer.MIN_VALUE;
    private static final int FEWEST_IN_RUN = 32;

    private final Rings rings;
    private final Measure measure;
    private final Quantile quantile;
    private final DoubleLane olds;
    private final LongLane oldWhere;
    private final Lane[] inputs = new Lane[1];
    private LongLane where;

    /** By place: the value, and where it stands: from 0 on in the lower heap, -1 downwards in the upper one. */
    private double[] values = {};

    private int[] stands = {};
    private boolean[] isNaN = {};
    private int[] lower = {};
    private int[] upper = {};
    private int lowerSize;
    private int upperSize;
    private int nans;

    private SortedRun leaving = new SortedRun();
    private SortedRun entering = new SortedRun();
    private double[] inOrder = {};

    RingQuantiles(Measure measure, Rings rings) {
        this.measure = measure;
        this.rings = rings;
        quantile = (Quantile) measure.aggregation();
        olds = (DoubleLane) measure.inputs(rings.lanes)[0];
        oldWhere = measure.where(rings.lanes);
    }

    static boolean takes(Measure measure, DataType[] types) {
        return measure.aggregation() instanceof Quantile
                && measure.inputType(types).kind() == Kind.FLOAT;
    }

    @Override
    void ensure(int keys) {
        int wanted = Math.min(rings.n, rings.count(0));
        int from = values.length;
        if (from < wanted) {
            int room = Math.min(rings.n, Lane.grown(from, wanted));
            values = Arrays.copyOf(values, room);
            stands = Arrays.copyOf(stands, room);
            Arrays.fill(stands, from, room, ABSENT);
            isNaN = Arrays.copyOf(isNaN, room);
            lower = Arrays.copyOf(lower, room);
            upper = Arrays.copyOf(upper, room);
        }
    }

    @Override
    void bind(Lane[] columns) {
        measure.inputs(columns, inputs);
        where = measure.where(columns);
    }

    @Override
    void play(int from, Lane out, int place, Overflow overflow) {
        int base = rings.base(0);
        for (int i = 0; i < rings.taken; i++) {
            int slot = rings.slots[i];
            take((slot < 0 ? ~slot : slot) - base, from + i, out);
        }
    }

    @Override
    boolean playsRuns() {
        return true;
    }

    @Override
    void playRun(int from, int to, Lane out, int place, Overflow overflow) {
        int at = rings.slotAfterOldest(0) - rings.base(0);
        int row = to - from >= rings.n ? byRuns(from, to, at, (DoubleLane) out) : from;
        for (; row < to; row++) {
            take(at, row, out);
            at = at + 1 == rings.n ? 0 : at + 1;
        }
    }

    /** Rows in runs as long as the window, of values only; returns the row behind them, which stands at the same place as the first. */
    private int byRuns(int from, int to, int oldest, DoubleLane out) {
        var lane = (DoubleLane) inputs[0];
        int n = rings.n;
        if (n < FEWEST_IN_RUN
                || lowerSize + upperSize < n
                || measure.minCount() > n
                || lane.nullCount() != 0
                || where != null) {
            return from;
        }
        inOrder = inOrder.length < n ? new double[n] : inOrder;
        System.arraycopy(values, oldest, inOrder, 0, n - oldest);
        System.arraycopy(values, 0, inOrder, n - oldest, oldest);
        int row = from;
        if (leaving.fill(inOrder, 0, n)) {
            leaving.mark(lowerSize - 1);
            for (; to - row >= n && entering.fill(lane.values(), row, n); row += n) {
                entering.empty();
                slide(row, out.values());
                SortedRun run = leaving;
                leaving = entering;
                entering = run;
            }
            settle(leaving, oldest);
        }
        return row;
    }

    private void slide(int from, double[] answers) {
        SortedRun a = leaving;
        SortedRun b = entering;
        int before = lowerSize - 1;
        double weight = quantile.interpolation().weight(before, (rings.n - 1) * quantile.quantile() - before);
        boolean picks = quantile.interpolation().picks();
        boolean last = upperSize == 0;
        for (int i = 0; i < rings.n; i++) {
            a.take(i);
            b.putBack(i);
            if (a.small + b.small < before) {
                if (a.values[a.mark] <= b.values[b.mark]) {
                    a.advance();
                } else {
                    b.advance();
                }
            }
            double x = a.values[a.mark];
            double y = b.values[b.mark];
            double low = Math.min(x, y);
            double high =
                    last ? low : x <= y ? Math.min(a.values[a.next[a.mark]], y) : Math.min(x, b.values[b.next[b.mark]]);
            answers[from + i] = picks ? weight == 0 ? low : high : Quantiles.between(low, high, weight);
        }
    }

    /** What is in order is a heap from its middle on, upwards and downwards. */
    private void settle(SortedRun run, int oldest) {
        int n = rings.n;
        for (int rank = 0; rank < n; rank++) {
            int at = run.places[rank] + oldest;
            at = at < n ? at : at - n;
            values[at] = run.values[rank];
            if (rank < lowerSize) {
                standLow(lowerSize - 1 - rank, at);
            } else {
                standHigh(rank - lowerSize, at);
            }
        }
    }

    private void take(int at, int row, Lane out) {
        var lane = (DoubleLane) inputs[0];
        put(at, lane.values()[row], RingExtremes.counts(lane, where, row));
        int count = lowerSize + upperSize + nans;
        if (count == 0 || count < measure.minCount()) {
            out.setNull(row);
        } else {
            ((DoubleLane) out).values()[row] = nans > 0 ? Double.NaN : answer();
        }
    }

    private double answer() {
        double place = (lowerSize + upperSize - 1) * quantile.quantile();
        int whole = lowerSize - 1;
        double weight = quantile.interpolation().weight(whole, place - whole);
        double low = values[lower[0]];
        double high = upperSize == 0 ? low : values[upper[0]];
        if (quantile.interpolation().picks()) {
            return weight == 0 ? low : high;
        }
        return Quantiles.between(low, high, weight);
    }

    /** Puts a value into a place instead of what stands there. */
    private void put(int at, double x, boolean counts) {
        boolean enters = counts && !Double.isNaN(x);
        if (enters && stands[at] != ABSENT) {
            replace(at, x + 0.0); // minus zero is zero
            return;
        }
        if (isNaN[at]) {
            isNaN[at] = false;
            nans--;
        } else if (stands[at] != ABSENT) {
            remove(at);
        }
        if (enters) {
            insert(at, x + 0.0);
        } else if (counts) {
            isNaN[at] = true;
            nans++;
        }
        balance();
    }

    private void replace(int at, double x) {
        values[at] = x;
        settle(at);
        if (upperSize > 0 && values[lower[0]] > values[upper[0]]) {
            int down = lower[0];
            int up = upper[0];
            standLow(0, up);
            standHigh(0, down);
            sinkLow(0);
            sinkHigh(0);
        }
    }

    private void settle(int at) {
        int stand = stands[at];
        if (stand >= 0) {
            riseLow(stand);
            sinkLow(stands[at]);
        } else {
            riseHigh(~stand);
            sinkHigh(~stands[at]);
        }
    }

    private void insert(int at, double x) {
        values[at] = x;
        if (lowerSize > 0 && x <= values[lower[0]]) {
            standLow(lowerSize, at);
            riseLow(lowerSize++);
        } else {
            standHigh(upperSize, at);
            riseHigh(upperSize++);
        }
    }

    private void remove(int at) {
        int stand = stands[at];
        stands[at] = ABSENT;
        if (stand >= 0) {
            int last = lower[--lowerSize];
            if (last != at) {
                standLow(stand, last);
                settle(last);
            }
        } else {
            int last = upper[--upperSize];
            if (last != at) {
                standHigh(~stand, last);
                settle(last);
            }
        }
    }

    /** Gives the lower heap the values up to the one at or below the quantile. */
    private void balance() {
        int count = lowerSize + upperSize;
        int wanted = count == 0 ? 0 : (int) ((count - 1) * quantile.quantile()) + 1;
        while (lowerSize < wanted) {
            int moved = upper[0];
            remove(moved);
            standLow(lowerSize, moved);
            riseLow(lowerSize++);
        }
        while (lowerSize > wanted) {
            int moved = lower[0];
            remove(moved);
            standHigh(upperSize, moved);
            riseHigh(upperSize++);
        }
    }

    private void standLow(int stand, int at) {
        lower[stand] = at;
        stands[at] = stand;
    }

    private void standHigh(int stand, int at) {
        upper[stand] = at;
        stands[at] = ~stand;
    }

    private void riseLow(int from) {
        int at = lower[from];
        double x = values[at];
        int stand = from;
        while (stand > 0 && values[lower[stand - 1 >> 1]] < x) {
            standLow(stand, lower[stand - 1 >> 1]);
            stand = stand - 1 >> 1;
        }
        standLow(stand, at);
    }

    private void sinkLow(int from) {
        int at = lower[from];
        double x = values[at];
        int stand = from;
        for (int child = 2 * stand + 1; child < lowerSize; child = 2 * stand + 1) {
            if (child + 1 < lowerSize && values[lower[child + 1]] > values[lower[child]]) {
                child++;
            }
            if (!(values[lower[child]] > x)) {
                break;
            }
            standLow(stand, lower[child]);
            stand = child;
        }
        standLow(stand, at);
    }

    private void riseHigh(int from) {
        int at = upper[from];
        double x = values[at];
        int stand = from;
        while (stand > 0 && values[upper[stand - 1 >> 1]] > x) {
            standHigh(stand, upper[stand - 1 >> 1]);
            stand = stand - 1 >> 1;
        }
        standHigh(stand, at);
    }

    private void sinkHigh(int from) {
        int at = upper[from];
        double x = values[at];
        int stand = from;
        for (int child = 2 * stand + 1; child < upperSize; child = 2 * stand + 1) {
            if (child + 1 < upperSize && values[upper[child + 1]] < values[upper[child]]) {
                child++;
            }
            if (!(values[upper[child]] < x)) {
                break;
            }
            standHigh(stand, upper[child]);
            stand = child;
        }
        standHigh(stand, at);
    }

    @Override
    void free(int id) {
        Arrays.fill(stands, ABSENT);
        Arrays.fill(isNaN, false);
        lowerSize = 0;
        upperSize = 0;
        nans = 0;
    }

    @Override
    long bytes() {
        return 8L * values.length
                + 4L * (stands.length + lower.length + upper.length)
                + isNaN.length
                + 8L * inOrder.length
                + leaving.bytes()
                + entering.bytes();
    }

    /** The values are the ring's. */
    @Override
    void write(int[] ids, int keys, StateOut out) {}

    @Override
    void read(int keys, StateIn in) throws IOException {
        for (int at = 0; at < rings.count(0); at++) {
            int slot = rings.base(0) + at;
            put(at, olds.values()[slot], RingExtremes.counts(olds, oldWhere, slot));
        }
    }
}

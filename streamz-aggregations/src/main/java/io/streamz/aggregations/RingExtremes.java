package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * The least or greatest double of the last n rows of all, the greatest of the negatives being the least (van Herk 1992; Gil and Werman
 * 1993). Each time the ring begins anew, its values become, from the last to the first, the greatest from there on:
 *
 * <pre>
 *   window = the rest of the last round, behind the new row's place; and this round, up to it
 *   answer = max(rest[place + 1], greatest of this round)
 * </pre>
 *
 * three comparisons a row, whatever n is. A null is a value below all others that is not counted. NaN is above all others.
 */
final class RingExtremes extends RingSlide {
    private final Rings rings;
    private final Measure measure;
    private final double sign;
    private final DoubleLane olds;
    private final LongLane oldWhere;
    private final Lane[] inputs = new Lane[1];
    private LongLane where;
    private double[] rest = {};
    private double greatest = Double.NEGATIVE_INFINITY;
    private long count;

    RingExtremes(Measure measure, Rings rings) {
        this.measure = measure;
        this.rings = rings;
        sign = measure.aggregation().name().equals("max") ? 1 : -1;
        olds = (DoubleLane) measure.inputs(rings.lanes)[0];
        oldWhere = measure.where(rings.lanes);
    }

    static boolean takes(Measure measure, DataType[] types) {
        return measure.aggregation() instanceof Extreme
                && measure.resultType(types).kind() == Kind.FLOAT;
    }

    @Override
    void ensure(int keys) {
        int wanted = Math.min(rings.n, rings.count(0));
        if (rest.length <= wanted) {
            rest = Arrays.copyOf(rest, Math.min(Lane.grown(rest.length, wanted + 1), rings.n + 1));
            rest[rest.length - 1] = Double.NEGATIVE_INFINITY;
        }
    }

    @Override
    void bind(Lane[] columns) {
        measure.inputs(columns, inputs);
        where = measure.where(columns);
    }

    @Override
    void play(int from, Lane out, int place, Overflow overflow) {
        var values = (DoubleLane) inputs[0];
        double[] answers = ((DoubleLane) out).values();
        int base = rings.base(0);
        boolean plain = values.nullCount() == 0 && olds.nullCount() == 0 && where == null;
        int i = 0;
        while (i < rings.taken) {
            int slot = rings.slots[i];
            int at = (slot < 0 ? ~slot : slot) - base;
            if (at == 0) {
                begin(slot < 0);
            }
            if (plain && slot < 0 && measure.minCount() <= rings.n) {
                int end = Math.min(rings.taken, i + rings.n - at);
                run(values.values(), answers, from + i, from + end, at);
                i = end;
            } else {
                take(values, from + i, at, slot < 0, slot < 0 && counts(olds, oldWhere, ~slot), out);
                i++;
            }
        }
    }

    @Override
    boolean playsRuns() {
        return true;
    }

    @Override
    void playRun(int from, int to, Lane out, int place, Overflow overflow) {
        var values = (DoubleLane) inputs[0];
        double[] answers = ((DoubleLane) out).values();
        boolean plain = values.nullCount() == 0 && olds.nullCount() == 0 && where == null;
        for (int row = from; row < to; ) {
            int done = row - from;
            int at = rings.slotAfterOldest(done % rings.n) - rings.base(0);
            if (at == 0) {
                begin(true);
            }
            if (plain && measure.minCount() <= rings.n) {
                int end = Math.min(to, row + rings.n - at);
                run(values.values(), answers, row, end, at);
                row = end;
            } else {
                boolean counted = done < rings.n
                        ? counts(olds, oldWhere, rings.slotAfterOldest(done))
                        : counts(values, where, row - rings.n);
                take(values, row, at, true, counted, out);
                row++;
            }
        }
    }

    /** A round begins: the values of the last one, if there was one, become the greatest from there on. */
    private void begin(boolean full) {
        greatest = Double.NEGATIVE_INFINITY;
        if (full) {
            double[] array = rest;
            double most = Double.NEGATIVE_INFINITY;
            for (int at = rings.n - 1; at >= 0; at--) {
                most = greater(array[at], most);
                array[at] = most;
            }
            array[rings.n] = Double.NEGATIVE_INFINITY;
        }
    }

    private void run(double[] values, double[] answers, int from, int to, int place) {
        double[] array = rest;
        double most = greatest;
        double flip = sign;
        int shift = place - from;
        for (int row = from; row < to; row++) {
            double x = flip * values[row];
            most = greater(x, most);
            array[row + shift] = x;
            answers[row] = flip * greater(array[row + shift + 1], most) + 0.0;
        }
        greatest = most;
    }

    private void take(DoubleLane values, int row, int at, boolean full, boolean oldCounted, Lane out) {
        if (oldCounted) {
            count--;
        }
        double x = Double.NEGATIVE_INFINITY;
        if (counts(values, where, row)) {
            x = sign * values.values()[row];
            count++;
        }
        greatest = greater(x, greatest);
        rest[at] = x;
        if (count == 0 || count < measure.minCount()) {
            out.setNull(row);
        } else {
            double most = full ? greater(rest[at + 1], greatest) : greatest;
            ((DoubleLane) out).values()[row] = sign * most + 0.0;
        }
    }

    static boolean counts(DoubleLane values, LongLane where, int row) {
        return !values.isNull(row) && (where == null || !where.isNull(row) && where.values()[row] != 0);
    }

    /** The greater of two, NaN where either is. */
    private static double greater(double x, double most) {
        return x <= most ? most : x > most || Double.isNaN(x) ? x : most;
    }

    @Override
    void free(int id) {
        count = 0;
        greatest = Double.NEGATIVE_INFINITY;
    }

    @Override
    long bytes() {
        return 8L * rest.length;
    }

    @Override
    void write(int[] ids, int keys, StateOut out) {}

    @Override
    void read(int keys, StateIn in) throws IOException {
        int rows = rings.count(0);
        int head = rows == rings.n ? rings.oldest(0) - rings.base(0) : rows;
        for (int at = 0; at < rows; at++) {
            boolean counted = counts(olds, oldWhere, rings.base(0) + at);
            rest[at] = counted ? sign * olds.values()[rings.base(0) + at] : Double.NEGATIVE_INFINITY;
            count += counted ? 1 : 0;
            greatest = at < head ? greater(rest[at], greatest) : greatest;
        }
        for (int at = rows - 1; at > head; at--) {
            rest[at - 1] = greater(rest[at - 1], rest[at]);
        }
    }
}

package io.streamz.aggregations;

import java.util.Arrays;

/**
 * Answers that a scheme gives when something ends, in order, one row each: the key, where it starts and ends, and a column for each
 * measure. Lent: they stay until the next call to the scheme.
 */
public final class Answers {
    private final Tallies tallies;
    private final Lane[] columns;
    private int count;
    private long[] starts = {};
    private long[] ends = {};
    private int[] ids = {};
    private boolean[] last = {};
    private Overflow overflow;

    Answers(Tallies tallies) {
        this.tallies = tallies;
        columns = new Lane[tallies.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = tallies.resultType(i).kind().lane();
        }
    }

    void begin(Overflow told) {
        overflow = told;
        count = 0;
        for (Lane column : columns) {
            column.reset(0);
            if (column instanceof TextLane text) {
                text.clearBytes();
            }
        }
    }

    void give(long start, long end, int id, int state, boolean isLast) {
        if (count == starts.length) {
            int grown = Lane.grown(count, count + 1);
            starts = Arrays.copyOf(starts, grown);
            ends = Arrays.copyOf(ends, grown);
            ids = Arrays.copyOf(ids, grown);
            last = Arrays.copyOf(last, grown);
        }
        starts[count] = start;
        ends[count] = end;
        ids[count] = id;
        last[count] = isLast;
        for (int i = 0; i < columns.length; i++) {
            columns[i].resize(count + 1);
            if (!tallies.result(i, state, columns[i], count)) {
                overflow.at(i, count);
            }
        }
        count++;
    }

    /** The number of answers. */
    public int count() {
        return count;
    }

    /** Where the rows of each answer start: a time, or the number of a row. */
    public long[] starts() {
        return starts;
    }

    /** Where they end, exclusive. */
    public long[] ends() {
        return ends;
    }

    /** The key of each answer. */
    public int[] ids() {
        return ids;
    }

    /** Whether each answer is the last of its kind, and no more rows can change it. */
    public boolean[] last() {
        return last;
    }

    /** The answers of a measure, a lane of its result type. */
    public Lane column(int measure) {
        return columns[measure];
    }

    long bytes() {
        long bytes = 21L * starts.length;
        for (Lane column : columns) {
            bytes += column.memory();
        }
        return bytes;
    }
}

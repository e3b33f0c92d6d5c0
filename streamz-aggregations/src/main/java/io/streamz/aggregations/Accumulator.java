package io.streamz.aggregations;

/**
 * The state of one group while an {@link Aggregation} looks at it: four doubles and two longs for the aggregation, which start
 * at zero, and the number of values inside, which the engine keeps. Lent for one call only.
 */
public final class Accumulator {
    /** The number of longs that a group takes in an array. */
    static final int WIDTH = 8;

    public double a;
    public double b;
    public double c;
    public double d;
    public long i;
    public long j;
    long count;

    Accumulator() {}

    /** The number of values inside, that of a call's own row included. */
    public long count() {
        return count;
    }

    void load(long[] cells, int at) {
        a = Double.longBitsToDouble(cells[at]);
        b = Double.longBitsToDouble(cells[at + 1]);
        c = Double.longBitsToDouble(cells[at + 2]);
        d = Double.longBitsToDouble(cells[at + 3]);
        i = cells[at + 4];
        j = cells[at + 5];
        count = cells[at + 6];
    }

    void store(long[] cells, int at) {
        cells[at] = Double.doubleToRawLongBits(a);
        cells[at + 1] = Double.doubleToRawLongBits(b);
        cells[at + 2] = Double.doubleToRawLongBits(c);
        cells[at + 3] = Double.doubleToRawLongBits(d);
        cells[at + 4] = i;
        cells[at + 5] = j;
        cells[at + 6] = count;
    }
}

package io.streamz.aggregations;

import java.io.IOException;
import java.math.BigInteger;

/** The distance of the least and the greatest value of each group. */
final class Ranges extends GroupStates implements HoldsExtremes {
    private static final BigInteger LIMIT = Int128.tenTo(38);

    private final GroupStates least;
    private final GroupStates greatest;
    private final Lane low;
    private final Lane high;

    Ranges(DataType type) {
        least = new Extreme(false).states(type);
        greatest = new Extreme(true).states(type);
        low = type.kind().lane();
        high = type.kind().lane();
    }

    @Override
    public void ensure(int groups) {
        least.ensure(groups);
        greatest.ensure(groups);
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        least.add(id, inputs, row);
        greatest.add(id, inputs, row);
    }

    @Override
    void addRange(int[] ids, int from, int to, Lane[] inputs) {
        least.addRange(ids, from, to, inputs);
        greatest.addRange(ids, from, to, inputs);
    }

    @Override
    public long count(int id) {
        return least.count(id);
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof HoldsExtremes;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        if (held.count(id) == 0) {
            out.setNull(row);
            return true;
        }
        low.reset(1);
        high.reset(1);
        ((HoldsExtremes) held).extreme(false, id, low, 0);
        ((HoldsExtremes) held).extreme(true, id, high, 0);
        if (out instanceof DoubleLane doubles) {
            doubles.values()[row] = ((DoubleLane) high).values()[0] - ((DoubleLane) low).values()[0];
            return true;
        }
        return out instanceof LongLane longs ? whole(longs, row) : wide((WideLane) out, row);
    }

    @Override
    public boolean extreme(boolean isGreatest, int id, Lane out, int row) {
        return (isGreatest ? greatest : least).result(id, out, row);
    }

    private boolean whole(LongLane out, int row) {
        long to = ((LongLane) high).values()[0];
        long from = ((LongLane) low).values()[0];
        out.values()[row] = to - from;
        if (to - from < 0) {
            out.setNull(row);
            return false;
        }
        return true;
    }

    private boolean wide(WideLane out, int row) {
        WideLane to = (WideLane) high;
        WideLane from = (WideLane) low;
        BigInteger range =
                Int128.toBig(to.high()[0], to.low()[0]).subtract(Int128.toBig(from.high()[0], from.low()[0]));
        if (range.compareTo(LIMIT) >= 0) {
            out.setNull(row);
            return false;
        }
        out.high()[row] = range.shiftRight(64).longValue();
        out.low()[row] = range.longValue();
        return true;
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        least.merge(id, ((Ranges) other).least, otherId);
        greatest.merge(id, ((Ranges) other).greatest, otherId);
    }

    @Override
    public void free(int id) {
        least.free(id);
        greatest.free(id);
    }

    @Override
    public long bytes() {
        return least.bytes() + greatest.bytes();
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        least.write(id, out);
        greatest.write(id, out);
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        least.read(id, in);
        greatest.read(id, in);
    }
}

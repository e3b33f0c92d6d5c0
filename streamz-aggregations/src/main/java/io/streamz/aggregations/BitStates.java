package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/** The bitwise and, or or exclusive or of the ints of each group: two longs a group, the bits and the number of values. */
final class BitStates extends GroupStates {
    /** How two words are combined. */
    enum Operator {
        AND("bitAnd"),
        OR("bitOr"),
        XOR("bitXor");

        final String label;

        Operator(String label) {
            this.label = label;
        }

        long of(long left, long right) {
            return switch (this) {
                case AND -> left & right;
                case OR -> left | right;
                case XOR -> left ^ right;
            };
        }
    }

    private final Operator operator;
    private long[] cells = {};

    BitStates(Operator operator) {
        this.operator = operator;
    }

    @Override
    public boolean canForget() {
        return operator == Operator.XOR;
    }

    @Override
    public void ensure(int groups) {
        if (cells.length >> 1 < groups) {
            cells = Arrays.copyOf(cells, Math.multiplyExact(Lane.grown(cells.length >> 1, groups), 2));
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        combine(id, ((LongLane) inputs[0]).values()[row], 1);
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        combine(id, ((LongLane) inputs[0]).values()[row], -1);
    }

    private void combine(int id, long bits, long count) {
        if (count != 0) {
            cells[2 * id] = cells[2 * id + 1] == 0 ? bits : operator.of(cells[2 * id], bits);
            cells[2 * id + 1] += count;
        }
    }

    @Override
    public long count(int id) {
        return cells[2 * id + 1];
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof BitStates that && that.operator == operator;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        if (held.count(id) == 0) {
            out.setNull(row);
        } else {
            ((LongLane) out).values()[row] = ((BitStates) held).cells[2 * id];
        }
        return true;
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        long[] theirs = ((BitStates) other).cells;
        combine(id, theirs[2 * otherId], theirs[2 * otherId + 1]);
    }

    @Override
    public void free(int id) {
        cells[2 * id] = 0;
        cells[2 * id + 1] = 0;
    }

    @Override
    public long bytes() {
        return 8L * cells.length;
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        out.i64(count(id));
        out.i64(count(id) == 0 ? 0 : cells[2 * id]);
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        cells[2 * id + 1] = in.i64();
        cells[2 * id] = in.i64();
    }
}

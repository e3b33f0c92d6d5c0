package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.frames.internal.Columns;

/** And and or in three-valued logic: a side that decides makes the other one's null harmless. */
final class Logic extends Binary {
    private final Guarded guarded;
    private final LongLane out = new LongLane();
    private LongLane known;
    private final Guarded.Need undecided = this::isUndecided;
    private long[] present = {};

    Logic(Op op, BoundExpr left, BoundExpr right) {
        super(DataType.BOOL, op, left, right);
        this.guarded = new Guarded(right);
    }

    @Override
    Lane compute(Columns in) {
        LongLane x = (LongLane) left.compute(in);
        known = x;
        LongLane y = (LongLane) guarded.whole(in, undecided);
        int rows = in.rows();
        out.reset(rows);
        combine(x.values(), y.values(), out.values(), rows);
        if (x.nullCount() != 0 || y.nullCount() != 0) {
            nulls(x, y, rows);
        }
        return out;
    }

    private boolean isUndecided(int row) {
        return known.isNull(row) || known.values()[row] != (op == Op.AND ? 0 : 1);
    }

    /** What a null side holds may be anything: a 0 still decides and, the lowest bit alone decides or. */
    private void combine(long[] x, long[] y, long[] target, int rows) {
        if (op == Op.AND) {
            for (int i = 0; i < rows; i++) {
                target[i] = x[i] & y[i];
            }
        } else {
            for (int i = 0; i < rows; i++) {
                target[i] = (x[i] | y[i]) & 1;
            }
        }
    }

    /** The answer is there where both sides are, or where one is there and decides: false for and, true for or. */
    private void nulls(LongLane x, LongLane y, int rows) {
        int words = Lane.words(rows);
        if (present.length < words) {
            present = new long[words];
        }
        for (int word = 0; word < words; word++) {
            long validX = valid(x, word);
            long validY = valid(y, word);
            present[word] = validX & validY | validX & deciding(x, word, rows) | validY & deciding(y, word, rows);
        }
        out.setValidity(present, Bits.nulls(present, rows));
    }

    private long deciding(LongLane lane, int word, int rows) {
        long bits = Bits.pack(lane.values(), word, rows);
        return op == Op.AND ? ~bits : bits;
    }

    private static long valid(LongLane lane, int word) {
        return lane.nullCount() == 0 ? -1 : lane.validity()[word];
    }
}

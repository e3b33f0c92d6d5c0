package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.frames.internal.Columns;
import java.util.Arrays;

/** And and or in three-valued logic: a side that decides makes the other one's null harmless. */
final class Logic extends Binary {
    private final Guarded guarded;
    private final LongLane out = new LongLane();
    private LongLane known;
    private final Guarded.Need undecided = this::isUndecided;
    private long[] leftDecides = {};
    private long[] rightDecides = {};

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

    private void combine(long[] x, long[] y, long[] target, int rows) {
        if (op == Op.AND) {
            for (int i = 0; i < rows; i++) {
                target[i] = x[i] & y[i];
            }
        } else {
            for (int i = 0; i < rows; i++) {
                target[i] = x[i] | y[i];
            }
        }
    }

    /** The answer is there where both sides are, or where one is there and decides: false for and, true for or. */
    private void nulls(LongLane x, LongLane y, int rows) {
        int words = Lane.words(rows);
        if (leftDecides.length < words) {
            leftDecides = new long[words];
            rightDecides = new long[words];
        }
        long deciding = op == Op.AND ? 0 : 1;
        decided(x, deciding, leftDecides, rows);
        decided(y, deciding, rightDecides, rows);
        long flip = op == Op.AND ? 0 : -1;
        long[] values = out.values();
        for (int word = 0; word < words; word++) {
            long decides = leftDecides[word] | rightDecides[word];
            leftDecides[word] = decides | valid(x, word) & valid(y, word);
            rightDecides[word] = decides;
        }
        // A null side's value is unspecified, so a decided row is written again.
        for (int row = 0; row < rows; row++) {
            long decides = -(rightDecides[row >>> 6] >>> row & 1);
            values[row] = values[row] & ~decides | decides & flip & 1;
        }
        out.setValidity(leftDecides, Bits.nulls(leftDecides, rows));
    }

    private static void decided(LongLane lane, long deciding, long[] into, int rows) {
        int words = Lane.words(rows);
        Arrays.fill(into, 0, words, 0);
        Bits.pack(lane.values(), rows, into);
        for (int word = 0; word < words; word++) {
            into[word] = (deciding == 1 ? into[word] : ~into[word]) & valid(lane, word);
        }
    }

    private static long valid(LongLane lane, int word) {
        return lane.nullCount() == 0 ? -1 : lane.validity()[word];
    }
}

package io.streamz.frames.internal.expr;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.frames.internal.Columns;

/**
 * What an aggregate takes in of the rows for which its condition is true: a row that it does not take cannot fail. The other
 * rows may hold anything.
 */
final class Shielded extends BoundExpr {
    private final Guarded value;
    /** Of its own, because its lane is written again when it is asked of some of the rows. */
    private final BoundExpr where;

    private Shielded(BoundExpr value, BoundExpr where) {
        super(value.type());
        this.value = new Guarded(value);
        this.where = where;
    }

    /** The value, shielded where it is one that can fail. */
    static BoundExpr of(BoundExpr value, BoundExpr where) {
        return value instanceof ColumnRef || value instanceof Constant ? value : new Shielded(value, where);
    }

    @Override
    Lane compute(Columns in) {
        return value.operand(in, new Taken(in));
    }

    /** The rows that are taken; looked at only when a row has no answer. */
    private final class Taken implements Guarded.Need {
        private final Columns in;
        private LongLane taken;

        Taken(Columns in) {
            this.in = in;
        }

        @Override
        public boolean of(int row) {
            if (taken == null) {
                taken = (LongLane) where.compute(in);
            }
            return !taken.isNull(row) && taken.values()[row] != 0;
        }
    }
}

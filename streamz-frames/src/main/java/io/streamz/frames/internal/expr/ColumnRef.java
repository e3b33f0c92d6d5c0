package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.frames.internal.Columns;

/** A column: its lane as it is. */
final class ColumnRef extends BoundExpr {
    private final int column;

    ColumnRef(DataType type, int column) {
        super(type);
        this.column = column;
    }

    @Override
    Lane compute(Columns in) {
        return in.lane(column);
    }
}

package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;

/** Two operands. Their lanes are read at {@code row & mask}, where the mask of a constant is 0 and picks its only row. */
abstract class Binary extends BoundExpr {
    final Op op;
    final BoundExpr left;
    final BoundExpr right;
    final int leftMask;
    final int rightMask;

    Binary(DataType type, Op op, BoundExpr left, BoundExpr right) {
        super(type);
        this.op = op;
        this.left = left;
        this.right = right;
        this.leftMask = left instanceof Constant ? 0 : -1;
        this.rightMask = right instanceof Constant ? 0 : -1;
    }
}

package io.streamz.frames.internal.expr;

import io.streamz.core.PlanException;

/** Computes what has only constants below it once, when the plan is built. */
final class Fold {
    private Fold() {}

    /** The expression, or its value where all its operands are constants. */
    static BoundExpr of(BoundExpr made, BoundExpr... operands) {
        for (BoundExpr operand : operands) {
            if (!(operand instanceof Constant)) {
                return made;
            }
        }
        try {
            return Constant.of(made);
        } catch (RowFault fault) {
            throw new PlanException(fault.code(), fault.text(), fault.problem(), fault.remedy());
        }
    }
}

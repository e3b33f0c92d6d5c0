package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.frames.internal.Columns;
import java.util.Arrays;

/** Tests of one operand: not, is null, is NaN. */
final class Check extends BoundExpr {
    private final Op op;
    private final BoundExpr arg;
    private final LongLane out = new LongLane();

    Check(Op op, BoundExpr arg) {
        super(DataType.BOOL);
        this.op = op;
        this.arg = arg;
    }

    @Override
    Lane compute(Columns in) {
        Lane lane = arg.operand(in);
        int rows = in.rows();
        out.reset(rows);
        switch (op) {
            case NOT -> not((LongLane) lane, rows);
            case IS_NULL -> isNull(lane, rows);
            default -> isNaN((DoubleLane) lane, rows);
        }
        return out;
    }

    private void not(LongLane lane, int rows) {
        Bits.inherit(out, lane);
        long[] values = lane.values();
        long[] target = out.values();
        for (int i = 0; i < rows; i++) {
            target[i] = values[i] ^ 1;
        }
    }

    private void isNull(Lane lane, int rows) {
        long[] target = out.values();
        if (lane.nullCount() == 0) {
            Arrays.fill(target, 0, rows, 0);
            return;
        }
        long[] valid = lane.validity();
        for (int i = 0; i < rows; i++) {
            target[i] = ~valid[i >>> 6] >>> i & 1;
        }
    }

    private void isNaN(DoubleLane lane, int rows) {
        Bits.inherit(out, lane);
        double[] values = lane.values();
        long[] target = out.values();
        for (int i = 0; i < rows; i++) {
            target[i] = Double.isNaN(values[i]) ? 1 : 0;
        }
    }
}

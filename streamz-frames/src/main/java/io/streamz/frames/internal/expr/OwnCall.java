package io.streamz.frames.internal.expr;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.TextLane;
import io.streamz.core.DataException;
import io.streamz.core.StreamzException;
import io.streamz.frames.ExprFunction;
import io.streamz.frames.internal.CellWriter;
import io.streamz.frames.internal.Cells;
import io.streamz.frames.internal.Columns;
import java.util.List;

/** Calls a user's function, row by row or once a batch. What it throws is a data error that names the row, where there is one. */
final class OwnCall extends BoundExpr {
    private final ExprFunction function;
    private final Node node;
    private final BoundExpr[] args;
    private final Lane[] lanes;
    private final Object[] values;
    private final Lane out;

    OwnCall(ExprFunction function, Node node, List<BoundExpr> args) {
        super(function.result());
        this.function = function;
        this.node = node;
        this.args = args.toArray(BoundExpr[]::new);
        this.lanes = new Lane[this.args.length];
        this.values = new Object[this.args.length];
        this.out = function.result().kind().lane();
    }

    @Override
    Lane compute(Columns in) {
        int rows = in.rows();
        for (int i = 0; i < args.length; i++) {
            lanes[i] = args[i].compute(in);
        }
        CellWriter.begin(out, rows);
        if (function.batchBody() != null) {
            batch(rows);
        } else {
            for (int row = 0; row < rows; row++) {
                scalar(row);
            }
        }
        return out;
    }

    private void scalar(int row) {
        boolean hasNull = false;
        for (int i = 0; i < lanes.length; i++) {
            values[i] = Cells.value(args[i].type(), lanes[i], row);
            hasNull |= values[i] == null;
        }
        if (hasNull && !function.takesNulls()) {
            CellWriter.set(type(), out, row, null, "");
            return;
        }
        Object answer;
        try {
            answer = function.scalarBody().apply(values.clone());
        } catch (Exception e) {
            throw fault(row, e.toString());
        }
        try {
            CellWriter.set(type(), out, row, answer, function.label());
        } catch (DataException e) {
            throw fault(row, "gave " + answer + ", which is no " + type());
        }
    }

    private RowFault fault(int row, String what) {
        String text = Printer.print(node);
        return new RowFault("function", text, row, "the function " + text + " failed: " + what, "");
    }

    private void batch(int rows) {
        try {
            function.batchBody().apply(List.of(lanes), rows, out);
        } catch (StreamzException e) {
            throw e;
        } catch (Exception e) {
            throw new DataException(
                    "function", Printer.print(node), "the function " + function.label() + " failed: " + e, "");
        }
        if (out.size() != rows) {
            throw new DataException(
                    "function",
                    Printer.print(node),
                    "the function " + function.label() + " gave " + out.size() + " rows for " + rows,
                    "fill the lane as it is given");
        }
        if (!function.takesNulls()) {
            for (Lane lane : lanes) {
                inheritNulls(lane, rows);
            }
        }
    }

    private void inheritNulls(Lane lane, int rows) {
        if (lane.nullCount() == 0) {
            return;
        }
        for (int row = 0; row < rows; row++) {
            if (lane.isNull(row)) {
                out.setNull(row);
                if (out instanceof TextLane text) {
                    text.lengths()[row] = 0;
                }
            }
        }
    }
}

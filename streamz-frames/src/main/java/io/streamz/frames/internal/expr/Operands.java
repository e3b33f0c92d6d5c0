package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import io.streamz.core.PlanException;
import java.util.List;

/** What a function's operands are, or the error that says what they should be. */
final class Operands {
    private final Node.Call call;
    private final List<BoundExpr> args;

    Operands(Node.Call call, List<BoundExpr> args) {
        this.call = call;
        this.args = args;
    }

    int count() {
        return args.size();
    }

    BoundExpr get(int arg) {
        return args.get(arg);
    }

    /** An operand of one of these kinds; an untyped null becomes a null of the type given. */
    BoundExpr of(int arg, DataType ofNull, String wanted, Kind... kinds) {
        BoundExpr operand = args.get(arg);
        if (operand instanceof Constant constant && constant.isUntyped()) {
            return Constant.ofNull(ofNull);
        }
        for (Kind kind : kinds) {
            if (operand.type().kind() == kind) {
                return operand;
            }
        }
        throw TypeErrors.in(
                call,
                place(arg) + " needs " + wanted + " but is " + operand.type(),
                operand.type().kind() == Kind.TEXT ? "a column's name stands without quotes" : "cast it");
    }

    BoundExpr text(int arg) {
        return of(arg, DataType.UTF8, "a text", Kind.TEXT);
    }

    BoundExpr whole(int arg) {
        return of(arg, DataType.INT64, "an integer", Kind.INT);
    }

    /** Any number as a float. */
    BoundExpr real(int arg) {
        BoundExpr number = of(arg, DataType.FLOAT64, "a number", Kind.INT, Kind.FLOAT, Kind.DECIMAL);
        return Arithmetic.isNull(number) ? Constant.ofNull(DataType.FLOAT64) : Arithmetic.toDouble(number, call);
    }

    /** A text that is the same for all rows. */
    String constantText(int arg, String what, String example) {
        if (args.get(arg) instanceof Constant constant
                && !constant.isNull()
                && constant.type().kind() == Kind.TEXT) {
            return constant.asText();
        }
        throw wrong("constant", place(arg) + " is " + what + ": a constant text", "write it as " + example);
    }

    /** An integer that is the same for all rows. */
    long constantWhole(int arg, String what, long least, long most) {
        if (args.get(arg) instanceof Constant constant
                && !constant.isNull()
                && constant.type().kind() == Kind.INT
                && constant.asLong() >= least
                && constant.asLong() <= most) {
            return constant.asLong();
        }
        throw wrong("constant", place(arg) + " is " + what + ": a constant from " + least + " to " + most, "");
    }

    private String place(int arg) {
        return "argument " + (arg + 1) + " of " + call.op().text();
    }

    /** An error in what stands there. */
    PlanException wrong(String code, String message, String remedy) {
        String text = Printer.print(call);
        return new PlanException(code, text, message + " in " + text, remedy);
    }
}

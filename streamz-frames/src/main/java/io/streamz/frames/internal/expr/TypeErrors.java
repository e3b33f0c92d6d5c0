package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The plan errors about types. */
final class TypeErrors {
    private TypeErrors() {}

    static PlanException operands(Node node, Op op, String remedy, BoundExpr... operands) {
        String types = Arrays.stream(operands)
                .map(operand -> operand.type().toString())
                .collect(Collectors.joining(" and "));
        return in(node, "cannot apply '" + op.text() + "' to " + types, remedy);
    }

    static PlanException in(Node node, String message, String remedy) {
        String text = Printer.print(node);
        return new PlanException("type-mismatch", text, message + " in " + text, remedy);
    }

    static PlanException needsBool(Node node, DataType type, String who) {
        return in(node, who + " needs a bool but got " + type, "compare it with a value");
    }
}

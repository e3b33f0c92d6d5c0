package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.core.DataException;

/** The data errors of expressions. */
final class Faults {
    private Faults() {}

    /**
     * A value that does not fit.
     *
     * @param row the row within its batch
     * @param computed what did not fit, as numbers
     */
    static DataException overflow(Node node, DataType type, int row, String computed) {
        String text = Printer.print(node);
        return new DataException(
                "overflow",
                text,
                "overflow in " + text + " at row " + row + " of the batch: " + computed + " does not fit " + type,
                remedy(type));
    }

    private static String remedy(DataType type) {
        return switch (type.kind()) {
            case INT, DECIMAL -> "cast an operand to float64";
            default -> "";
        };
    }

    /** A value that a strict cast cannot convert. */
    static DataException cast(Node node, DataType type, int row, String value) {
        String text = Printer.print(node);
        return new DataException(
                "cast",
                text,
                "cannot convert " + value + " to " + type + " in " + text + " at row " + row + " of the batch",
                "try_cast gives null instead");
    }
}

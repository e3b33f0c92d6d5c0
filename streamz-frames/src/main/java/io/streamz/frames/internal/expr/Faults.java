package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;

/** What can go wrong with a row. */
final class Faults {
    private Faults() {}

    /**
     * A value that does not fit.
     *
     * @param computed what did not fit, as numbers
     */
    static RowFault overflow(Node node, DataType type, int row, String computed) {
        String text = Printer.print(node);
        return new RowFault(
                "overflow", text, row, "overflow in " + text + ": " + computed + " does not fit " + type, remedy(type));
    }

    private static String remedy(DataType type) {
        return switch (type.kind()) {
            case INT, DECIMAL -> "cast an operand to float64";
            default -> "";
        };
    }

    /** A value that a strict cast cannot convert. */
    static RowFault cast(Node node, DataType type, int row, String value) {
        String text = Printer.print(node);
        return new RowFault(
                "cast",
                text,
                row,
                "cannot convert " + value + " to " + type + " in " + text,
                "try_cast gives null instead");
    }
}

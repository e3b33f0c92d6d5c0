package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;

/** The entries to this package for text and values. */
public final class Texts {
    private Texts() {}

    /** An expression and the name behind its {@code as}, or null. */
    public record Named(Node node, String name) {}

    /** Reads one expression that may end in {@code as name}. */
    public static Named expression(String text) {
        Cursor cursor = new Cursor(text);
        Node node = new Parser(cursor).expression();
        String name = cursor.acceptWord("as") ? cursor.expectName("a name") : null;
        cursor.expectEnd(name == null ? "an operator" : "nothing more");
        return new Named(node, name);
    }

    /** A Java value as a literal. */
    public static Node value(Object value) {
        return Literals.value(value);
    }

    /** The type that a text names. */
    public static DataType type(String text) {
        return TypeText.parse(text)
                .orElseThrow(() -> new PlanException(
                        "unknown-type", "type", "no type '" + text + "'", "types are: " + TypeText.VALID));
    }
}

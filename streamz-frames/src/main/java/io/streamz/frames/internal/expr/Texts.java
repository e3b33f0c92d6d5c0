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
        Cursor cursor = new Cursor(text, "an expression");
        Node node = new Parser(cursor).expression();
        String name = cursor.acceptWord("as") ? cursor.expectName("a name") : null;
        cursor.expectEnd(name == null ? "an operator or " : "");
        return new Named(node, name);
    }

    /** Reads {@code name = expression}; the name is raw, or in backticks where it has an equals sign. */
    public static Named assignment(String text) {
        int end = text.startsWith("`") ? closing(text) : text.indexOf('=');
        if (end < 0) {
            throw SyntaxError.at(text, text.length(), "expected name = expression");
        }
        String name = text.substring(0, end).strip();
        boolean quoted = name.startsWith("`");
        int equals = text.indexOf('=', end);
        if (name.isEmpty() || equals < 0 || !text.substring(end, equals).isBlank()) {
            throw SyntaxError.at(text, end, "expected name = expression");
        }
        Node node = expression(text.substring(equals + 1)).node();
        return new Named(node, quoted ? name.substring(1, name.length() - 1).replace("``", "`") : name);
    }

    /** Behind the backtick that ends a name which starts with one, or -1. */
    private static int closing(String text) {
        int at = text.indexOf('`', 1);
        while (at >= 0 && text.startsWith("``", at)) {
            at = text.indexOf('`', at + 2);
        }
        return at < 0 ? -1 : at + 1;
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

package io.streamz.frames;

import io.streamz.frames.internal.expr.Node;

/** The words of the library, to be imported statically. */
public final class Frames {
    private Frames() {}

    /** The column of exactly this name. */
    public static Expr col(String name) {
        return new Expr(new Node.Column(name));
    }

    /** A value: null, a number, boolean, String, or a LocalDate, LocalTime, Instant or Duration. */
    public static Expr lit(Object value) {
        return Expr.of(value);
    }

    /** The expression that a text describes, such as {@code price * qty > 100}. */
    public static Expr expr(String text) {
        return Expr.parse(text);
    }

    public static Expr not(Expr condition) {
        return condition.not();
    }
}

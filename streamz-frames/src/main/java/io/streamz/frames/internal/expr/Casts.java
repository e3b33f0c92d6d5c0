package io.streamz.frames.internal.expr;

/** Chooses the conversion of a cast. */
final class Casts {
    private Casts() {}

    static BoundExpr bind(BoundExpr arg, Node.Cast cast) {
        if (Arithmetic.isNull(arg)) {
            return Constant.ofNull(cast.type());
        }
        if (arg.type().equals(cast.type())) {
            return arg;
        }
        throw TypeErrors.in(cast, "cannot convert " + arg.type() + " to " + cast.type(), "");
    }
}

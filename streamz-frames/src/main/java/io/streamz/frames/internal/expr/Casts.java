package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which type can become which, and the kernel that does it. */
final class Casts {
    /** For each kind the others that can become it. */
    private static final Map<Kind, Set<Kind>> FROM = Map.of(
            Kind.BOOL, EnumSet.of(Kind.INT, Kind.TEXT),
            Kind.INT, EnumSet.complementOf(EnumSet.of(Kind.BINARY)),
            Kind.FLOAT, EnumSet.of(Kind.BOOL, Kind.INT, Kind.FLOAT, Kind.DECIMAL, Kind.TEXT),
            Kind.DECIMAL, EnumSet.of(Kind.INT, Kind.FLOAT, Kind.DECIMAL, Kind.TEXT),
            Kind.TEXT, EnumSet.complementOf(EnumSet.of(Kind.BINARY)),
            Kind.BINARY, EnumSet.of(Kind.TEXT),
            Kind.DATE, EnumSet.of(Kind.INT, Kind.TEXT, Kind.TIMESTAMP),
            Kind.TIME, EnumSet.of(Kind.INT, Kind.TEXT, Kind.TIME, Kind.TIMESTAMP),
            Kind.TIMESTAMP, EnumSet.of(Kind.INT, Kind.TEXT, Kind.DATE, Kind.TIMESTAMP),
            Kind.DURATION, EnumSet.of(Kind.INT, Kind.TEXT, Kind.DURATION));

    private Casts() {}

    static BoundExpr bind(BoundExpr arg, Node.Cast cast) {
        DataType to = cast.type();
        boolean untyped = arg instanceof Constant constant && constant.isUntyped();
        boolean possible = untyped
                || arg.type().kind() == to.kind()
                || FROM.get(to.kind()).contains(arg.type().kind());
        if (!possible) {
            throw TypeErrors.in(cast, "no conversion from " + arg.type() + " to " + to, "");
        }
        if (Arithmetic.isNull(arg)) {
            return Constant.ofNull(to);
        }
        return arg.type().equals(to) ? arg : Fold.of(new Convert(arg, cast), arg);
    }
}

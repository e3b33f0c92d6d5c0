package io.streamz.frames;

import io.streamz.frames.internal.expr.Node;
import io.streamz.frames.internal.expr.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition that waits for its value: {@code when(col("x").gt(0)).then("up").when(...).then(...).otherwise("down")}. The first
 * condition that holds chooses.
 */
public final class When {
    private final List<Node> parts;
    private final Expr condition;

    When(List<Node> parts, Expr condition) {
        this.parts = parts;
        this.condition = condition;
    }

    /** The value where the condition holds. */
    public Cases then(Object value) {
        List<Node> more = new ArrayList<>(parts);
        more.add(condition.node());
        more.add(Expr.of(value).node());
        return new Cases(more);
    }

    /** Conditions with their values. */
    public static final class Cases {
        private final List<Node> parts;

        private Cases(List<Node> parts) {
            this.parts = parts;
        }

        /** A further condition, asked where none before it holds. */
        public When when(Expr condition) {
            return new When(parts, condition);
        }

        /** {@link #when(Expr)} with the text of a condition. */
        public When when(String condition) {
            return when(Expr.parse(condition));
        }

        /** The value where no condition holds. */
        public Expr otherwise(Object value) {
            List<Node> all = new ArrayList<>(parts);
            all.add(Expr.of(value).node());
            return new Expr(Node.call(Op.CASE, all));
        }

        /** Null where no condition holds. */
        public Expr otherwiseNull() {
            return otherwise(null);
        }
    }
}

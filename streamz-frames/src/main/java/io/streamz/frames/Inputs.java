package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.core.DataException;
import io.streamz.frames.internal.Columns;
import io.streamz.frames.internal.expr.AggText;
import io.streamz.frames.internal.expr.Binder;
import io.streamz.frames.internal.expr.BoundExpr;
import io.streamz.frames.internal.expr.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the kernels of a step take in: expressions over its rows, each computed once a batch, conditions among them. */
final class Inputs {
    private final Binder binder;
    private final List<Asked> asked = new ArrayList<>();
    private final List<BoundExpr> bound = new ArrayList<>();
    private Lane[] lanes = {};

    Inputs(Schema schema, String path) {
        binder = new Binder(schema, path);
    }

    /**
     * What is computed.
     *
     * @param where the condition for the rows that need it, or null for all
     */
    private record Asked(Node node, Node where) {}

    /** The place of an expression; equal ones share theirs. */
    int place(Node node) {
        return place(node, null);
    }

    /** The places of what an aggregate takes in: a row that its condition leaves out cannot fail. */
    int[] places(AggText call) {
        return call.inputs().stream()
                .mapToInt(node -> place(node, node instanceof Node.Column ? null : call.where()))
                .toArray();
    }

    private int place(Node node, Node where) {
        return place(new Asked(node, where), () -> binder.input(node, DataType.FLOAT64, where));
    }

    /** The place of a condition. */
    int condition(Node node) {
        return place(new Asked(node, null), () -> binder.predicate(node, "where"));
    }

    private int place(Asked wanted, Supplier<BoundExpr> bind) {
        int place = asked.indexOf(wanted);
        if (place < 0) {
            bound.add(bind.get());
            asked.add(wanted);
            place = asked.size() - 1;
        }
        return place;
    }

    DataType type(int place) {
        return bound.get(place).type();
    }

    DataType[] types() {
        return bound.stream().map(BoundExpr::type).toArray(DataType[]::new);
    }

    /** How many rows have all of them before the first one that has not. */
    int answered(Columns rows) {
        return bound.stream().mapToInt(input -> input.answered(rows)).min().orElse(rows.rows());
    }

    /**
     * Computes all of them; the lanes stay until the next call.
     *
     * @param reject who is told of a row that has no value, which is null then; null lets the error out
     */
    Lane[] evaluate(Columns rows, Consumer<DataException> reject) {
        if (lanes.length < bound.size()) {
            lanes = new Lane[bound.size()];
        }
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] =
                    reject == null ? bound.get(i).evaluate(rows) : bound.get(i).evaluate(rows, reject);
        }
        return lanes;
    }
}

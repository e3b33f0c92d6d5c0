package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.core.DataException;
import io.streamz.frames.internal.Columns;
import io.streamz.frames.internal.expr.Binder;
import io.streamz.frames.internal.expr.BoundExpr;
import io.streamz.frames.internal.expr.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the kernels of a step take in: expressions over its rows, each computed once a batch, conditions among them. */
final class Inputs {
    private final Binder binder;
    private final List<Node> nodes = new ArrayList<>();
    private final List<BoundExpr> bound = new ArrayList<>();
    private Lane[] lanes = {};

    Inputs(Schema schema, String path) {
        binder = new Binder(schema, path);
    }

    /** The place of an expression; equal ones share theirs. */
    int place(Node node) {
        return place(node, null);
    }

    /** The place of a condition. */
    int condition(Node node) {
        return place(node, "where");
    }

    private int place(Node node, String condition) {
        int place = nodes.indexOf(node);
        if (place < 0) {
            bound.add(condition == null ? binder.bind(node, DataType.FLOAT64) : binder.predicate(node, condition));
            nodes.add(node);
            place = nodes.size() - 1;
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

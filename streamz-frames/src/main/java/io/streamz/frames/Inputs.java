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
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

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
     * @param type its type, or that to give to what has no values
     */
    private record Asked(Node node, Node where, DataType type) {}

    /** The place of an expression; equal ones share theirs. */
    int place(Node node) {
        return place(node, null, DataType.FLOAT64);
    }

    /** The places of what an aggregate takes in: a row that its condition leaves out cannot fail. */
    int[] places(AggText call) {
        DataType[] types = new DataType[call.inputs().size()];
        Arrays.fill(types, DataType.FLOAT64);
        return places(call, types);
    }

    /** @param types the types to give to inputs that have no values */
    int[] places(AggText call, DataType[] types) {
        int[] places = new int[types.length];
        for (int i = 0; i < places.length; i++) {
            Node node = call.inputs().get(i);
            places[i] = place(node, node instanceof Node.Column ? null : call.where(), types[i]);
        }
        return places;
    }

    private int place(Node node, Node where, DataType valueless) {
        BoundExpr input = binder.input(node, valueless, where);
        return place(new Asked(node, where, input.type()), input);
    }

    /** The place of a condition. */
    int condition(Node node) {
        return place(new Asked(node, null, DataType.BOOL), binder.predicate(node, "where"));
    }

    private int place(Asked wanted, BoundExpr input) {
        int place = asked.indexOf(wanted);
        if (place < 0) {
            asked.add(wanted);
            bound.add(input);
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

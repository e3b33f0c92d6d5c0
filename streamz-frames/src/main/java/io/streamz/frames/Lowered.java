package io.streamz.frames;

import io.streamz.frames.internal.expr.Moving;
import io.streamz.frames.internal.expr.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Expressions of a step without what is made of many rows: that is computed by steps before it, innermost first, and stands in
 * columns whose names are its text.
 *
 * @param input the step with these columns
 * @param columns the expressions over it
 */
record Lowered(PlanNode input, List<Expr> columns) {
    static Lowered of(PlanNode input, List<Expr> columns) {
        PlanNode step = input;
        List<Expr> rest = columns;
        while (true) {
            Set<Moving> innermost = new LinkedHashSet<>();
            rest.forEach(column -> innermost(column.node(), innermost));
            if (innermost.isEmpty()) {
                return new Lowered(step, rest);
            }
            Map<String, Moving> named = new LinkedHashMap<>();
            Map<Node, Node> columnsOf = new LinkedHashMap<>();
            for (Moving moving : innermost) {
                String name = free(moving.toString(), step.schema());
                named.put(name, moving);
                columnsOf.put(moving, new Node.Column(name));
            }
            step = MovingNode.of(step, named, null);
            List<Expr> next = new ArrayList<>();
            rest.forEach(column -> next.add(column.with(replaced(column.node(), columnsOf))));
            rest = next;
        }
    }

    private static String free(String name, Schema schema) {
        String one = name;
        while (schema.indexOf(one) >= 0) {
            one += "'";
        }
        return one;
    }

    /** Adds what is made of many rows and of nothing that is so itself; whether there was any. */
    private static boolean innermost(Node node, Set<Moving> into) {
        boolean found = false;
        for (Node part : node.below()) {
            found |= innermost(part, into);
        }
        if (!found && node instanceof Moving moving) {
            into.add(moving);
            return true;
        }
        return found;
    }

    private static Node replaced(Node node, Map<Node, Node> by) {
        if (by.containsKey(node)) {
            return by.get(node);
        }
        return node.below().isEmpty()
                ? node
                : node.over(
                        node.below().stream().map(part -> replaced(part, by)).toList());
    }
}

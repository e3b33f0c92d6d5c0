package io.streamz.frames;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the rows of a join and those of its live table part. From there on both sides are given runs of rows so short that the table
 * stands, when a row is looked up, as the rows up to that one have left it: one row at a time, or, where a row changes nothing but
 * the answer of its own key, rows of different keys.
 */
final class Fork {
    private final Set<PlanNode> places;
    /** The columns in which the rows of a run differ; none where a run is one row. */
    private final List<String> keys;

    private Fork(Set<PlanNode> places, List<String> keys) {
        this.places = places;
        this.keys = keys;
    }

    /** Where two sides part; null where they have no rows in common. */
    static Fork of(PlanNode left, TableNode right) {
        Set<PlanNode> shared = roots(left);
        shared.retainAll(roots(right));
        if (shared.isEmpty()) {
            return null;
        }
        for (PlanNode place = left; place != null; place = place.input()) {
            if (!comesAround(left, place, shared) && !comesAround(right, place, shared)) {
                boolean ofKey = behindFilters(left) == behindFilters(place) && isOfKey(right, place);
                return new Fork(Set.of(place), ofKey ? right.keys() : List.of());
            }
        }
        return new Fork(shared, List.of());
    }

    private static Set<PlanNode> roots(PlanNode node) {
        Set<PlanNode> all = above(node, Set.of());
        all.removeIf(each -> !each.inputs().isEmpty());
        return all;
    }

    /** A step and those that lead to it, up to these and with them. */
    static Set<PlanNode> above(PlanNode node, Set<PlanNode> upTo) {
        Set<PlanNode> seen = new LinkedHashSet<>();
        collect(node, upTo, seen);
        return seen;
    }

    private static void collect(PlanNode node, Set<PlanNode> upTo, Set<PlanNode> seen) {
        if (seen.add(node) && !upTo.contains(node)) {
            node.inputs().forEach(input -> collect(input, upTo, seen));
        }
    }

    /** Whether rows of one of these roots come to a step by a way that does not lead over a place. */
    private static boolean comesAround(PlanNode node, PlanNode place, Set<PlanNode> roots) {
        return above(node, Set.of(place)).stream().anyMatch(each -> each != place && roots.contains(each));
    }

    private static PlanNode behindFilters(PlanNode node) {
        return node instanceof FilterNode ? behindFilters(node.input()) : node;
    }

    /** Whether a row at the place changes no row of the table but that of its own key. */
    private static boolean isOfKey(TableNode right, PlanNode place) {
        PlanNode table = right;
        while (table instanceof LiveFilterNode || table instanceof LiveProjectNode) {
            table = table.input();
        }
        return table instanceof AggregateNode groups
                && groups.isOfEachKey()
                && groups.keys().equals(right.keys())
                && !groups.keys().isEmpty()
                && above(groups.input(), Set.of(place)).stream()
                        .allMatch(each -> each == place || each instanceof FilterNode);
    }

    /** The steps of one side that run for the join alone, the places among them. */
    Set<PlanNode> behind(PlanNode side) {
        Set<PlanNode> behind = new HashSet<>();
        for (PlanNode node : above(side, places)) {
            if (above(node, places).stream().anyMatch(places::contains)) {
                behind.add(node);
            }
        }
        return behind;
    }

    /** The columns that both sides of a join read at each place. */
    Map<PlanNode, Set<String>> reads(TableJoinNode join, Set<String> wanted) {
        Map<PlanNode, Set<String>> read = new LinkedHashMap<>();
        places.forEach(place -> read.put(place, new LinkedHashSet<>(keys)));
        read(join.left(), join.reads(0, wanted), read);
        read(join.right(), join.reads(1, wanted), read);
        return read;
    }

    private void read(PlanNode node, Set<String> wanted, Map<PlanNode, Set<String>> read) {
        if (places.contains(node)) {
            read.get(node).addAll(wanted);
            return;
        }
        for (int input = 0; input < node.inputs().size(); input++) {
            read(node.inputs().get(input), node.reads(input, wanted), read);
        }
    }

    /** The step that cuts the rows of a place. */
    PlanNode runs(PlanNode place) {
        String rows = keys.isEmpty() ? "row by row" : "runs of different " + String.join(", ", keys);
        return StepNode.keeping(
                place,
                "as of each row",
                rows,
                Set.copyOf(keys),
                (node, rejects) -> new RunsOperator(node.schema(), node.path(), keys));
    }
}

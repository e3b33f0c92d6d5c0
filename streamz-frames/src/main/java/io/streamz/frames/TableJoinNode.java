package io.streamz.frames;

import io.streamz.core.PlanException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rows of a frame with the rows of a table that have equal keys: of a frame that ends, which is read whole before the first answer,
 * or of a live table as it stands when the row comes.
 */
final class TableJoinNode extends PlanNode {
    private final JoinColumns keys;
    private final JoinKind kind;
    private final int[] rightColumns;
    /** Where both sides part, where they have rows in common and the right one is a live table. */
    private final Fork fork;

    private final boolean before;
    /** Whether the right side is a table that another reader gives once more. */
    private final boolean replays;

    private TableJoinNode(
            PlanNode left, PlanNode right, Schema schema, JoinColumns keys, JoinKind kind, Fork fork, boolean before) {
        super(
                List.of(left, right),
                schema,
                "join(" + right.path() + ").on(" + keys + ")" + (before ? ".before()" : "") + "." + kind + "()");
        this.keys = keys;
        this.kind = kind;
        this.fork = fork;
        this.before = before;
        this.replays = !isLive() && roots(right).allMatch(RootNode::replays);
        this.rightColumns = JoinColumns.rightColumns(right, Set.copyOf(keys.names()));
    }

    /** A join with the rows of a frame, or with a live table by its keys. */
    static TableJoinNode of(PlanNode left, PlanNode right, List<String> on, JoinKind kind, boolean before) {
        List<String> names = right instanceof TableNode table ? tableKeys(left, table, on) : on;
        if (names.isEmpty()) {
            throw new PlanException(
                    "no-keys",
                    left.path(),
                    "join needs the columns that must be equal",
                    "say join(...).on(\"" + example(left, right) + "\")");
        }
        JoinColumns keys = JoinColumns.of(left, right, names, "join");
        Schema schema = kind.widens() ? JoinColumns.schema(left, right, Set.copyOf(names), "join") : left.schema();
        Fork fork = right instanceof TableNode table ? Fork.of(left, table) : null;
        if (before && fork == null) {
            throw new PlanException(
                    "no-rows-in-common",
                    left.path(),
                    "before() is about a live table that is made of the rows it is joined with, and " + right.path()
                            + " is not",
                    "leave before() out");
        }
        return new TableJoinNode(left, right, schema, keys, kind, fork, before);
    }

    private static List<String> tableKeys(PlanNode left, TableNode table, List<String> on) {
        if (!on.isEmpty() && !Set.copyOf(on).equals(Set.copyOf(table.keys()))) {
            throw new PlanException(
                    "no-keys",
                    left.path(),
                    "a live table is joined on its keys " + table.keys() + ", not on " + on,
                    table.keys().isEmpty()
                            ? "group it by the columns"
                            : "say on(\"" + String.join("\", \"", table.keys()) + "\")");
        }
        return table.keys();
    }

    private static Stream<RootNode> roots(PlanNode node) {
        return node instanceof RootNode root
                ? Stream.of(root)
                : node.inputs().stream().flatMap(TableJoinNode::roots);
    }

    private static String example(PlanNode left, PlanNode right) {
        return left.schema().names().stream()
                .filter(name -> right.schema().indexOf(name) >= 0)
                .findFirst()
                .orElse("key");
    }

    PlanNode left() {
        return inputs().get(0);
    }

    PlanNode right() {
        return inputs().get(1);
    }

    JoinColumns keys() {
        return keys;
    }

    JoinKind join() {
        return kind;
    }

    /** The columns of the right side that come out. */
    int[] rightColumns() {
        return kind.widens() ? rightColumns : new int[0];
    }

    boolean isLive() {
        return right() instanceof TableNode;
    }

    /** Where both sides part; null where they have no rows in common, or the right side is no live table. */
    Fork fork() {
        return fork;
    }

    /** Whether a row has the answer over the rows before it, without its own. */
    boolean before() {
        return before;
    }

    /** The table is. */
    @Override
    boolean takesReloads(int input) {
        return input == 1;
    }

    /** The rows are those of the left side. */
    @Override
    boolean reloads() {
        return false;
    }

    /** Event time goes on as on the left side. */
    @Override
    EventTime eventTime() {
        return left().eventTime();
    }

    @Override
    boolean inOrder() {
        return left().inOrder();
    }

    @Override
    Set<String> reads(Set<String> wanted) {
        return reads(0, wanted);
    }

    /** The keys and what is wanted; of a live table all, and of rows that come once all: who is attached later may want more. */
    @Override
    Set<String> reads(int input, Set<String> wanted) {
        Schema side = inputs().get(input).schema();
        if (isLive() ? input == 1 : !fixesColumns()) {
            return Set.copyOf(side.names());
        }
        Set<String> reads = new LinkedHashSet<>(keys.names());
        if (input == 0) {
            wanted.stream().filter(name -> side.indexOf(name) >= 0).forEach(reads::add);
        } else {
            for (int column : rightColumns()) {
                if (wanted.contains(side.field(column).name())) {
                    reads.add(side.field(column).name());
                }
            }
        }
        return reads;
    }

    /** A table that can be read again for those who want more of its columns later is kept without what nobody reads. */
    @Override
    boolean fixesColumns() {
        return replays;
    }

    @Override
    String state() {
        return isLive()
                ? "state of a row for each key of the table"
                        + (fork == null ? ", as it stands" : before ? ", as before each row" : ", as of each row")
                : "state of the table" + (replays ? ", with the columns that are read," : ",")
                        + " and of rows that come before it is read: sources wait when there are "
                        + TableJoinOperator.MOST_HELD;
    }

    @Override
    FrameOperator operator(Wanted wanted, Rejects rejects) {
        return new TableJoinOperator(this, wanted.names());
    }
}

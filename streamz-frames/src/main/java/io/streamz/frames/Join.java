package io.streamz.frames;

import io.streamz.core.PlanException;
import java.util.List;

/**
 * The rows of a frame with those of a table that have equal keys. Begun by {@link StreamFrame#join}, ended by {@link #inner},
 * {@link #left}, {@link #semi} or {@link #anti}; immutable.
 *
 * <p>Keys are equal as those of groups are, but a null matches nothing. Rows keep their order; the matches of one row come in the
 * order of the table. The keys of the table do not come out a second time.
 */
public final class Join {
    private final Pipeline pipeline;
    private final PlanNode left;
    private final PlanNode right;
    private final List<String> keys;
    private final boolean before;

    Join(Pipeline pipeline, PlanNode left, PlanNode right, List<String> keys, boolean before) {
        this.pipeline = pipeline;
        this.left = left;
        this.right = right;
        this.keys = keys;
        this.before = before;
    }

    /** The columns, named alike on both sides, that must be equal. A live table is joined on its keys, which need not be said. */
    public Join on(String... columns) {
        return new Join(pipeline, left, right, List.of(columns), before);
    }

    /**
     * Where a live table is made of the rows that it is joined with: the table as it stood before each row, so that no row is part of
     * its own answer. Without this the row is.
     */
    public Join before() {
        return new Join(pipeline, left, right, keys, true);
    }

    /**
     * The rows that have matches, once for each, with the columns of the table.
     *
     * @throws PlanException when a column is not there or has another type, a name is on both sides, or {@link #before} has no
     *     meaning, because both sides have no rows in common
     */
    public StreamFrame inner() {
        return of(JoinKind.INNER);
    }

    /**
     * As {@link #inner}, and the rows without a match with nulls.
     *
     * @throws PlanException as {@link #inner}
     */
    public StreamFrame left() {
        return of(JoinKind.LEFT);
    }

    /**
     * The rows that have a match, once and as they are.
     *
     * @throws PlanException when a column is not there or has another type
     */
    public StreamFrame semi() {
        return of(JoinKind.SEMI);
    }

    /**
     * The rows that have no match, as they are.
     *
     * @throws PlanException as {@link #semi}
     */
    public StreamFrame anti() {
        return of(JoinKind.ANTI);
    }

    private StreamFrame of(JoinKind kind) {
        return new StreamFrame(pipeline, TableJoinNode.of(left, right, keys, kind, before));
    }
}

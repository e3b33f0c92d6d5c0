package io.streamz.test;

import io.streamz.frames.LiveTable;
import io.streamz.frames.Pipeline;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.frames.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Tables in tests, to be imported statically.
 *
 * <pre>{@code
 * var in = frame("k", "v").row("a", 1).row("b", 2).row("a", 3);
 * assertTable(run(in, f -> f.groupBy("k").agg("sum(v)")), frame("k", "v_sum").row("a", 4).row("b", 2));
 * }</pre>
 */
public final class Tables {
    private Tables() {}

    /** A table without rows yet. The types of its columns follow from their values. */
    public static TableBuilder frame(String... columns) {
        return new TableBuilder(columns);
    }

    /** The table that a plan gives when all these rows have come, as one batch. */
    public static Table run(TableBuilder rows, Function<StreamFrame, LiveTable> plan) {
        return runCut(rows, plan);
    }

    /** {@link #run} with the rows cut into batches: before the row with each of these numbers, counted from 0. */
    public static Table runCut(TableBuilder rows, Function<StreamFrame, LiveTable> plan, int... cuts) {
        try (Pipeline pipeline = Pipeline.create("test")) {
            View view = plan.apply(pipeline.read(rows.source("rows", cuts))).view();
            pipeline.run();
            return view.now();
        }
    }

    /** The rows that a plan gives when all these rows have come, as one batch. */
    public static Table rows(TableBuilder rows, Function<StreamFrame, StreamFrame> plan) {
        return rowsCut(rows, plan);
    }

    /** {@link #rows} with the rows cut into batches: before the row with each of these numbers, counted from 0. */
    public static Table rowsCut(TableBuilder rows, Function<StreamFrame, StreamFrame> plan, int... cuts) {
        try (Pipeline pipeline = Pipeline.create("test")) {
            StreamFrame frame = plan.apply(pipeline.read(rows.source("rows", cuts)));
            List<Table> parts = new ArrayList<>();
            frame.sinkBatches(batch -> parts.add(Table.of(batch)));
            pipeline.run();
            return Cells.joined(frame.schema(), parts);
        }
    }

    /**
     * Holds that a table has the same columns, types and rows, in the same order. A column that holds nothing but nulls in
     * what is expected may have any type.
     *
     * @throws AssertionError when it has not; the message shows both
     */
    public static void assertTable(Table actual, TableBuilder expected) {
        assertTable(actual, expected, 0);
    }

    /**
     * {@link #assertTable(Table, TableBuilder)} with floats that may differ a little.
     *
     * @param tolerance by how much, as a part of the expected value
     */
    public static void assertTable(Table actual, TableBuilder expected, double tolerance) {
        Comparison.check(actual, expected.table(), tolerance);
    }
}

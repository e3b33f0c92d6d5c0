package io.streamz.frames;

import io.streamz.core.DataException;
import io.streamz.frames.internal.expr.Binder;
import io.streamz.frames.internal.expr.BoundExpr;
import io.streamz.frames.internal.expr.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Other columns for the same rows: some as they are, under their old or a new name, some computed. */
final class ProjectNode extends PlanNode {
    private final List<Expr> columns;

    private ProjectNode(PlanNode input, Schema schema, String label, List<Expr> columns) {
        super(input, schema, label);
        this.columns = columns;
    }

    /**
     * @param names the name of each column of the result
     * @param columns what each holds
     */
    static ProjectNode of(PlanNode input, String label, List<String> names, List<Expr> columns) {
        List<Field> fields = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            fields.add(field(input, names.get(column), columns.get(column)));
        }
        return new ProjectNode(input, Schema.of(fields), label, List.copyOf(columns));
    }

    private static Field field(PlanNode input, String name, Expr value) {
        Binder binder = new Binder(input.schema(), input.path());
        return binder.isValueless(value.node())
                ? Field.valueless(name)
                : new Field(name, binder.bind(value.node()).type());
    }

    @Override
    boolean takesReloads(int input) {
        return true;
    }

    @Override
    boolean inOrder() {
        return input().inOrder();
    }

    /** The declared time, under the name that its column has here. */
    @Override
    EventTime eventTime() {
        EventTime time = input().eventTime();
        if (time == null) {
            return null;
        }
        String name = null;
        for (int column = 0; column < columns.size(); column++) {
            boolean same = columns.get(column).node() instanceof Node.Column bare
                    && bare.name().equals(time.column());
            if (same && (name == null || schema().field(column).name().equals(time.column()))) {
                name = schema().field(column).name();
            }
        }
        return time.named(name);
    }

    @Override
    Set<String> reads(Set<String> wanted) {
        Set<String> reads = new LinkedHashSet<>();
        for (int column = 0; column < columns.size(); column++) {
            if (wanted.contains(schema().field(column).name())) {
                reads.addAll(columns.get(column).columns());
            }
        }
        return reads;
    }

    @Override
    String state() {
        return "no state";
    }

    @Override
    FrameOperator operator(Wanted wanted, Rejects rejects) {
        Schema in = input().schema();
        int[] from = RecordBatch.owned(columns.size());
        int[][] reads = new int[columns.size()][];
        for (int column = 0; column < from.length; column++) {
            if (columns.get(column).node() instanceof Node.Column bare) {
                from[column] = in.indexOf(bare.name());
            } else {
                reads[column] = in.places(columns.get(column).columns());
            }
        }
        List<Consumer<DataException>> reject =
                schema().names().stream().map(name -> rejects.of(path(), name)).toList();
        return new ProjectOperator(
                new BatchPool(schema(), path(), from), reads, wanted, rejects, reject, this::kernels);
    }

    /** Per column a computation with buffers of its own, or null where the input's column is taken as it is. */
    private BoundExpr[] kernels() {
        return columns.stream()
                .map(column -> column.node() instanceof Node.Column ? null : column.bind(input().schema(), path()))
                .toArray(BoundExpr[]::new);
    }
}

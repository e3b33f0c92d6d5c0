package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.core.Operator;
import io.streamz.core.Output;
import io.streamz.frames.internal.CellWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Gives a reader that is slower than a live table what has changed since it last looked, on its own thread. */
final class ConflateOperator implements Operator<Long, Table> {
    private final Supplier<KeyedTable> table;
    private final TableDiff diff;
    private final Schema schema;

    ConflateOperator(TableNode node, Supplier<KeyedTable> table) {
        this.table = table;
        this.diff = new TableDiff(node);
        this.schema = schema(node.schema());
    }

    /** The columns of a table with {@code op} before them. */
    static Schema schema(Schema table) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(ChangesNode.OP, DataType.UTF8));
        fields.addAll(table.fields());
        return Schema.of(fields);
    }

    @Override
    public void onNext(Long epoch, Output<? super Table> out) {
        try (RecordBatch changes = diff.changes(table.get())) {
            if (changes.rows() > 0) {
                out.emit(told(changes));
            }
        }
    }

    private Table told(RecordBatch changes) {
        Lane[] lanes = new Lane[schema.size()];
        lanes[0] = DataType.UTF8.kind().lane();
        CellWriter.begin(lanes[0], changes.rows());
        for (int row = 0; row < changes.rows(); row++) {
            String op = changes.deltas().change(row).toString();
            CellWriter.set(DataType.UTF8, lanes[0], row, op, ChangesNode.OP);
        }
        for (int column = 1; column < lanes.length; column++) {
            lanes[column] = Lanes.copy(changes.lane(column - 1));
        }
        return Table.of(schema, changes.epoch(), changes.rows(), lanes);
    }
}

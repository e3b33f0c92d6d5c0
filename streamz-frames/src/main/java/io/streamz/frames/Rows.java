package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.frames.internal.Cells;
import io.streamz.frames.internal.Columns;

/** Makes immutable rows of some columns. */
final class Rows {
    private final Schema schema;
    private final Lane[] lanes;

    Rows(Schema schema, Columns columns) {
        this.schema = schema;
        this.lanes = new Lane[schema.size()];
        for (int column = 0; column < lanes.length; column++) {
            lanes[column] = columns.lane(column);
        }
    }

    Row row(int row) {
        Object[] values = new Object[lanes.length];
        for (int column = 0; column < values.length; column++) {
            values[column] = Cells.value(schema.type(column), lanes[column], row);
        }
        return new Row(schema, values);
    }
}

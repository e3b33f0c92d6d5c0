package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.frames.internal.Columns;

/** Some rows of a table, column by column. */
public final class RecordBatch implements Columns {
    private final Schema schema;
    private final Lane[] lanes;
    private final boolean[] present;
    private int rows;

    RecordBatch(Schema schema) {
        this.schema = schema;
        this.lanes = new Lane[schema.size()];
        this.present = new boolean[schema.size()];
    }

    /** A batch of these lanes, which the batch takes over. */
    public static RecordBatch of(Schema schema, Lane... lanes) {
        RecordBatch batch = new RecordBatch(schema);
        for (int column = 0; column < lanes.length; column++) {
            batch.lanes[column] = lanes[column];
            batch.present[column] = true;
        }
        batch.rows = lanes.length == 0 ? 0 : lanes[0].size();
        return batch;
    }

    public Schema schema() {
        return schema;
    }

    @Override
    public int rows() {
        return rows;
    }

    /** The column as a dense lane; borrowed, never to be written. */
    @Override
    public Lane lane(int column) {
        if (!present[column]) {
            throw new IllegalStateException("column '" + schema.field(column).name() + "' was not read");
        }
        return lanes[column];
    }

    /** The lane of a column for the producer of this batch to fill; columns that are not asked for here are absent from the batch. */
    public Lane fill(int column) {
        if (lanes[column] == null) {
            lanes[column] = schema.type(column).kind().lane();
        }
        present[column] = true;
        return lanes[column];
    }

    /** Ends the filling: every lane that was filled has this many rows. */
    public void filled(int rowCount) {
        this.rows = rowCount;
    }

    /** Keeps the batch beyond the call that was given it; close it when done. */
    public void retain() {}

    /** Gives the batch back. */
    public void close() {}
}

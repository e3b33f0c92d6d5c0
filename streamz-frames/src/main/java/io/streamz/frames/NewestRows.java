package io.streamz.frames;

import io.streamz.aggregations.Lane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Keeps the newest rows that were sunk, some twenty of them. */
final class NewestRows implements Consumer<RecordBatch> {
    private static final int KEPT = 20;

    private final Schema schema;
    private final Deque<Table> newest = new ArrayDeque<>();
    private int rows;
    private long epoch;

    NewestRows(Schema schema) {
        this.schema = schema;
    }

    @Override
    public synchronized void accept(RecordBatch batch) {
        epoch = batch.epoch();
        Table tail = Table.of(batch).tail(KEPT);
        newest.add(tail);
        rows += tail.rows();
        while (rows - newest.getFirst().rows() >= KEPT) {
            rows -= newest.removeFirst().rows();
        }
    }

    /** The newest rows in their order. */
    synchronized Table table() {
        Lane[] lanes = Lanes.empty(schema);
        for (int column = 0; column < lanes.length; column++) {
            lanes[column].reset(rows);
            int at = 0;
            for (Table part : newest) {
                for (int row = 0; row < part.rows(); row++) {
                    Lanes.copyCell(part.lane(column), row, lanes[column], at++);
                }
            }
        }
        return Table.of(schema, epoch, rows, lanes).tail(KEPT);
    }
}

package io.streamz.frames;

import io.streamz.aggregations.Lane;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Keeps the newest rows that were sunk. They are appended to lanes that hold twice as many, and when those are full the newest
 * half moves to fresh ones: a row is copied at most twice, however rows were cut into batches.
 */
final class NewestRows implements Consumer<RecordBatch> {
    private static final int SHOWN = 20;

    private final Schema schema;
    private final int kept;
    private Lane[] lanes;
    private int rows;
    private long epoch;

    NewestRows(Schema schema) {
        this(schema, SHOWN);
    }

    NewestRows(Schema schema, int kept) {
        this.schema = schema;
        this.kept = kept;
        this.lanes = Lanes.empty(schema);
    }

    @Override
    public synchronized void accept(RecordBatch batch) {
        epoch = batch.epoch();
        int from = Math.max(0, batch.rows() - kept);
        int added = batch.rows() - from;
        if (rows + added > 2L * kept) {
            lanes = newest(kept - added);
            rows = Math.min(rows, kept - added);
        }
        for (int column = 0; column < lanes.length; column++) {
            Lane source = batch.lane(column);
            lanes[column].resize(rows + added);
            for (int row = 0; row < added; row++) {
                Lanes.copyCell(source, from + row, lanes[column], rows + row);
            }
        }
        rows += added;
    }

    /** The newest rows in their order. */
    synchronized Table table() {
        return Table.of(schema, epoch, Math.min(rows, kept), newest(kept));
    }

    /** Own lanes with the newest rows, at most so many. */
    private Lane[] newest(int most) {
        int first = Math.max(0, rows - most);
        int[] wanted = IntStream.range(first, rows).toArray();
        Lane[] copies = new Lane[lanes.length];
        for (int column = 0; column < copies.length; column++) {
            Lane part = lanes[column].fresh();
            lanes[column].gather(wanted, wanted.length, part);
            copies[column] = Lanes.copy(part);
        }
        return copies;
    }
}

package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Keeps the newest rows that were sunk, so many of them or those of a time. They are appended to lanes, and when these hold
 * more than twice what is kept, that moves to fresh ones: a row is copied some two times, however rows were cut into batches.
 */
final class NewestRows implements Consumer<RecordBatch> {
    private static final int SHOWN = 20;
    private static final int SLACK = 1024;

    private final Schema schema;
    private final long kept;
    private final int time;
    private final long span;
    private Lane[] lanes;
    private int rows;
    private long room = SLACK;
    private long newest = Long.MIN_VALUE;
    private long epoch;

    NewestRows(Schema schema) {
        this(schema, SHOWN);
    }

    NewestRows(Schema schema, long kept) {
        this(schema, kept, -1, 0);
    }

    private NewestRows(Schema schema, long kept, int time, long span) {
        this.schema = schema;
        this.kept = kept;
        this.time = time;
        this.span = span;
        this.lanes = Lanes.empty(schema);
    }

    /**
     * Those above the newest time less a span.
     *
     * @param time the place of the column of time, without nulls
     * @param span in its units
     */
    static NewestRows byTime(Schema schema, int time, long span) {
        return new NewestRows(schema, Long.MAX_VALUE, time, span);
    }

    @Override
    public synchronized void accept(RecordBatch batch) {
        epoch = batch.epoch();
        append(batch, (int) Math.max(0, batch.rows() - kept));
        if (rows > room) {
            int[] inside = inside();
            lanes = copies(inside);
            rows = inside.length;
            room = 2L * rows + SLACK;
        }
    }

    private void append(RecordBatch batch, int from) {
        int added = batch.rows() - from;
        for (int column = 0; column < lanes.length; column++) {
            Lane source = batch.lane(column);
            lanes[column].resize(rows + added);
            for (int row = 0; row < added; row++) {
                Lanes.copyCell(source, from + row, lanes[column], rows + row);
            }
        }
        rows += added;
        for (int row = rows - added; time >= 0 && row < rows; row++) {
            newest = Math.max(newest, times()[row]);
        }
    }

    private long[] times() {
        return ((LongLane) lanes[time]).values();
    }

    /** The rows that are kept, by arrival. */
    private int[] inside() {
        if (time < 0) {
            return IntStream.range((int) Math.max(0, rows - kept), rows).toArray();
        }
        long[] times = times();
        // An age that does not fit is negative.
        return IntStream.range(0, rows)
                .filter(row -> newest - times[row] >= 0 && newest - times[row] < span)
                .toArray();
    }

    /** The newest rows in the order in which they came. */
    synchronized Table table() {
        int[] inside = inside();
        return Table.of(schema, epoch, inside.length, copies(inside));
    }

    private Lane[] copies(int[] wanted) {
        Lane[] copies = new Lane[lanes.length];
        for (int column = 0; column < copies.length; column++) {
            Lane part = lanes[column].fresh();
            lanes[column].gather(wanted, wanted.length, part);
            copies[column] = Lanes.copy(part);
        }
        return copies;
    }

    /** The bytes of memory that the rows take. */
    synchronized long bytes() {
        long bytes = 0;
        for (Lane lane : lanes) {
            bytes += lane.memory();
        }
        return bytes;
    }

    synchronized void write(StateWriter out) throws IOException {
        out.writeLong(newest);
        table().write(out);
    }

    synchronized void read(StateReader in) throws IOException {
        newest = in.readLong();
        Table table = Table.read(schema, in);
        epoch = table.epoch();
        rows = table.rows();
        for (int column = 0; column < lanes.length; column++) {
            lanes[column] = table.lane(column);
        }
    }
}

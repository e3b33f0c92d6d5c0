package io.streamz.cli;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.core.Position;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.FrameSink;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import io.streamz.frames.Table;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Holds rows until all have come, because they are to be sorted or to be shown as one table. */
final class Held implements FrameSink {
    private static final String ROWS = "rows";
    private static final long LEAST_ROOM = 100_000;

    private final UnaryOperator<Table> arrange;
    private final long room;
    private Schema schema;
    private Lane[] lanes;
    private int rows;

    /**
     * @param arrange sorts rows and keeps the first ones
     * @param limit how many it keeps; not many more than that are held at a time
     */
    Held(UnaryOperator<Table> arrange, long limit) {
        this.arrange = arrange;
        this.room = Math.max(LEAST_ROOM, limit > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * limit);
    }

    @Override
    public void open(Schema columns) {
        schema = columns;
        lanes = columns.fields().stream()
                .map(field -> field.type().kind().lane())
                .toArray(Lane[]::new);
    }

    @Override
    public void write(RecordBatch batch) {
        for (int column = 0; column < lanes.length; column++) {
            append(batch.lane(column), lanes[column]);
        }
        rows += batch.rows();
        if (rows > room) {
            // A copy, because sorted rows still point into the bytes of all.
            Table kept = Table.of(batch(table()));
            rows = kept.rows();
            for (int column = 0; column < lanes.length; column++) {
                lanes[column] = kept.lane(column);
            }
        }
    }

    @Override
    public long bytes() {
        return Arrays.stream(lanes).mapToLong(Lane::memory).sum();
    }

    @Override
    public void end() {}

    @Override
    public void close() {}

    @Override
    public boolean isResumable() {
        return true;
    }

    @Override
    public String target() {
        return "held";
    }

    @Override
    public void resume(Schema columns, Position saved) throws IOException {
        open(columns);
        if (saved.has(ROWS)) {
            try (StateReader in = new StateReader(new ByteArrayInputStream(saved.bytes(ROWS)))) {
                in.next();
                Table held = Table.read(columns, in);
                rows = held.rows();
                for (int column = 0; column < lanes.length; column++) {
                    lanes[column] = held.lane(column);
                }
            }
        }
    }

    @Override
    public Position save(long checkpoint) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (StateWriter out = new StateWriter(bytes)) {
            out.section(ROWS, 1, Table.of(RecordBatch.of(schema, lanes))::write);
        }
        return Position.START.with(ROWS, bytes.toByteArray());
    }

    /** The rows so far, arranged. */
    Table table() {
        return arrange.apply(Table.of(RecordBatch.of(schema, lanes)));
    }

    /** The rows of a table as a batch. */
    static RecordBatch batch(Table table) {
        Lane[] columns = new Lane[table.schema().size()];
        for (int column = 0; column < columns.length; column++) {
            columns[column] = table.lane(column);
        }
        return RecordBatch.of(table.schema(), columns);
    }

    private static void append(Lane from, Lane into) {
        int start = into.size();
        int count = from.size();
        into.resize(Math.addExact(start, count));
        if (from instanceof LongLane longs) {
            System.arraycopy(longs.values(), 0, ((LongLane) into).values(), start, count);
        } else if (from instanceof DoubleLane doubles) {
            System.arraycopy(doubles.values(), 0, ((DoubleLane) into).values(), start, count);
        } else if (from instanceof WideLane wide) {
            System.arraycopy(wide.high(), 0, ((WideLane) into).high(), start, count);
            System.arraycopy(wide.low(), 0, ((WideLane) into).low(), start, count);
        } else {
            append((TextLane) from, (TextLane) into, start);
        }
        for (int row = 0; from.nullCount() > 0 && row < count; row++) {
            if (from.isNull(row)) {
                into.setNull(start + row);
            }
        }
    }

    private static void append(TextLane from, TextLane into, int start) {
        for (int row = 0; row < from.size(); row++) {
            into.set(start + row, from.bytes(), from.starts()[row], from.isNull(row) ? 0 : from.lengths()[row]);
        }
    }
}

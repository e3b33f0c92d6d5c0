package io.streamz.cli;

import io.streamz.aggregations.Lane;
import io.streamz.core.Position;
import io.streamz.frames.FrameSink;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.io.IOException;
import java.time.InstantSource;

/** Hands on the first rows, and says when it needs no more. */
final class Limited implements FrameSink {
    private static final String GIVEN = "given";

    private final FrameSink sink;
    private final Runnable enough;
    private final long limit;
    private long left;

    Limited(FrameSink sink, long limit, Runnable enough) {
        this.sink = sink;
        this.enough = enough;
        this.limit = limit;
        this.left = limit;
    }

    @Override
    public void clock(InstantSource time) {
        sink.clock(time);
    }

    @Override
    public void open(Schema schema) throws IOException {
        sink.open(schema);
        if (left == 0) {
            enough.run();
        }
    }

    @Override
    public void write(RecordBatch rows) throws IOException {
        if (rows.rows() <= left) {
            sink.write(rows);
            left -= rows.rows();
        } else if (left > 0) {
            sink.write(first(rows, (int) left));
            left = 0;
        }
        if (left == 0) {
            enough.run();
        }
    }

    private static RecordBatch first(RecordBatch rows, int count) {
        Lane[] lanes = new Lane[rows.schema().size()];
        for (int column = 0; column < lanes.length; column++) {
            lanes[column] = rows.lane(column).fresh();
            rows.lane(column).copy(0, count, lanes[column]);
        }
        return RecordBatch.of(rows.schema(), lanes);
    }

    @Override
    public long bytes() {
        return sink.bytes();
    }

    @Override
    public void end() throws IOException {
        sink.end();
    }

    @Override
    public void close() {
        sink.close();
    }

    @Override
    public boolean isResumable() {
        return sink.isResumable();
    }

    @Override
    public String target() {
        return sink.target();
    }

    @Override
    public void resume(Schema schema, Position saved) throws IOException {
        sink.resume(schema, saved);
        left = saved.has(GIVEN) ? Math.max(0, limit - saved.number(GIVEN)) : left;
        if (left == 0) {
            enough.run();
        }
    }

    @Override
    public Position save(long checkpoint) throws IOException {
        return sink.save(checkpoint).with(GIVEN, limit - left);
    }

    @Override
    public void committed(long checkpoint) throws IOException {
        sink.committed(checkpoint);
    }
}

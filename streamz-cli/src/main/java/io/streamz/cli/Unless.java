package io.streamz.cli;

import io.streamz.core.Position;
import io.streamz.frames.FrameSink;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** A sink that does not end unless its rows are complete; it goes on with the next run. */
final class Unless implements FrameSink {
    private final FrameSink sink;
    private final BooleanSupplier isIncomplete;

    Unless(FrameSink sink, BooleanSupplier isIncomplete) {
        this.sink = sink;
        this.isIncomplete = isIncomplete;
    }

    @Override
    public void clock(InstantSource time) {
        sink.clock(time);
    }

    @Override
    public void open(Schema schema) throws IOException {
        sink.open(schema);
    }

    @Override
    public void write(RecordBatch rows) throws IOException {
        sink.write(rows);
    }

    @Override
    public void end() throws IOException {
        if (!isIncomplete.getAsBoolean()) {
            sink.end();
        }
    }

    @Override
    public void close() {
        sink.close();
    }

    @Override
    public String target() {
        return sink.target();
    }

    @Override
    public boolean isResumable() {
        return sink.isResumable();
    }

    @Override
    public void resume(Schema schema, Position saved) throws IOException {
        sink.resume(schema, saved);
    }

    @Override
    public Position save(long checkpoint) throws IOException {
        return sink.save(checkpoint);
    }

    @Override
    public void committed(long checkpoint) throws IOException {
        sink.committed(checkpoint);
    }
}

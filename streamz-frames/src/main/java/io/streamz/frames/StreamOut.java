package io.streamz.frames;

import java.io.IOException;
import java.io.OutputStream;

/** Writes rows to a stream, which stays open. What it has taken is gone: after a restart rows may come twice. */
final class StreamOut implements FrameSink {
    private final OutputStream stream;
    private final RowsWriter writer;

    StreamOut(OutputStream stream, RowsWriter writer) {
        this.stream = stream;
        this.writer = writer;
    }

    @Override
    public void open(Schema schema) throws IOException {
        writer.begin(schema, stream);
    }

    @Override
    public void write(RecordBatch rows) throws IOException {
        writer.write(rows);
    }

    @Override
    public void end() throws IOException {
        writer.end();
        stream.flush();
    }

    @Override
    public void close() {}
}

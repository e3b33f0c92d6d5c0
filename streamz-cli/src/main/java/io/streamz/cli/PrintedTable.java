package io.streamz.cli;

import io.streamz.frames.RecordBatch;
import io.streamz.frames.RowsWriter;
import io.streamz.frames.Schema;
import io.streamz.frames.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a table as people read it. It comes as one batch. */
final class PrintedTable implements RowsWriter {
    private OutputStream out;

    @Override
    public void begin(Schema schema, OutputStream stream) {
        out = stream;
    }

    @Override
    public void write(RecordBatch rows) throws IOException {
        out.write((Table.of(rows).toString(Integer.MAX_VALUE) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void end() {}
}

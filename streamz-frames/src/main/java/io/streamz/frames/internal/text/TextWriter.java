package io.streamz.frames.internal.text;

import io.streamz.aggregations.Lane;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.RowsWriter;
import io.streamz.frames.Schema;
import java.io.IOException;
import java.io.OutputStream;

/** Writes rows as lines of text, each batch as it comes, so that another writer can go on behind any of them. */
abstract class TextWriter implements RowsWriter {
    private static final int FLUSH = 64 << 10;

    final CellText cells = new CellText();
    final TextBuffer buffer = new TextBuffer();
    /** A cell on its own, to be looked at before it is put. */
    final TextBuffer cell = new TextBuffer();

    Schema schema;
    private OutputStream out;

    /** Puts one row into the buffer, without its line end. */
    abstract void put(Lane[] lanes, int row);

    @Override
    public void begin(Schema columns, OutputStream stream) throws IOException {
        resume(columns, stream);
    }

    @Override
    public final boolean isResumable() {
        return true;
    }

    @Override
    public final void resume(Schema columns, OutputStream stream) {
        schema = columns;
        out = stream;
    }

    @Override
    public final void write(RecordBatch rows) throws IOException {
        Lane[] lanes = new Lane[schema.size()];
        for (int column = 0; column < lanes.length; column++) {
            lanes[column] = rows.lane(column);
        }
        for (int row = 0; row < rows.rows(); row++) {
            put(lanes, row);
            buffer.put('\n');
            if (buffer.length() > FLUSH) {
                flush();
            }
        }
        flush();
    }

    /** Each batch is written as it comes. */
    @Override
    public final void end() {}

    final void flush() throws IOException {
        out.write(buffer.bytes(), 0, buffer.length());
        buffer.clear();
    }
}

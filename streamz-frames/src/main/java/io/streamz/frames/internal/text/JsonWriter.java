package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.RowsWriter;
import io.streamz.frames.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes rows as NDJSON: an object a line, every column in each, LF behind each. */
public final class JsonWriter implements RowsWriter {
    private static final int FLUSH = 64 << 10;
    private static final String HEX = "0123456789abcdef";

    private final CellText cells = new CellText();
    private final TextBuffer buffer = new TextBuffer();
    private final TextBuffer cell = new TextBuffer();

    private Schema schema;
    private OutputStream out;

    @Override
    public void begin(Schema columns, OutputStream stream) {
        resume(columns, stream);
    }

    @Override
    public boolean isResumable() {
        return true;
    }

    @Override
    public void resume(Schema columns, OutputStream stream) {
        schema = columns;
        out = stream;
    }

    @Override
    public void write(RecordBatch rows) throws IOException {
        Lane[] lanes = new Lane[schema.size()];
        for (int column = 0; column < lanes.length; column++) {
            lanes[column] = rows.lane(column);
        }
        for (int row = 0; row < rows.rows(); row++) {
            buffer.put('{');
            for (int column = 0; column < lanes.length; column++) {
                if (column > 0) {
                    buffer.put(',');
                }
                byte[] name = schema.field(column).name().getBytes(StandardCharsets.UTF_8);
                putString(name, name.length);
                buffer.put(':');
                put(schema.type(column), lanes[column], row);
            }
            buffer.put('}');
            buffer.put('\n');
            if (buffer.length() > FLUSH) {
                flush();
            }
        }
        flush();
    }

    /** Each batch is written as it comes. */
    @Override
    public void end() {}

    private void put(DataType type, Lane lane, int row) {
        if (lane.isNull(row)) {
            buffer.put("null");
        } else if (isPlain(type, lane, row)) {
            cells.put(type, lane, row, buffer);
        } else {
            cell.clear();
            cells.put(type, lane, row, cell);
            putString(cell.bytes(), cell.length());
        }
    }

    private static boolean isPlain(DataType type, Lane lane, int row) {
        Kind kind = type.kind();
        boolean isNumber = kind.isNumber() || kind == Kind.DURATION || kind == Kind.BOOL;
        return isNumber && (!(lane instanceof DoubleLane doubles) || Double.isFinite(doubles.values()[row]));
    }

    private void putString(byte[] bytes, int length) {
        buffer.put('"');
        int from = 0;
        for (int at = 0; at < length; at++) {
            byte next = bytes[at];
            if (next == '"' || next == '\\' || next >= 0 && next < ' ') {
                buffer.put(bytes, from, at - from);
                putEscape(next);
                from = at + 1;
            }
        }
        buffer.put(bytes, from, length - from);
        buffer.put('"');
    }

    private void putEscape(byte character) {
        buffer.put('\\');
        switch (character) {
            case '\n' -> buffer.put('n');
            case '\r' -> buffer.put('r');
            case '\t' -> buffer.put('t');
            case '"', '\\' -> buffer.put((char) character);
            default -> {
                buffer.put("u00");
                buffer.put(HEX.charAt(character >> 4));
                buffer.put(HEX.charAt(character & 15));
            }
        }
    }

    private void flush() throws IOException {
        out.write(buffer.bytes(), 0, buffer.length());
        buffer.clear();
    }
}

package io.streamz.frames.internal.text;

import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.core.PlanException;
import io.streamz.frames.Schema;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes rows as CSV: LF ends a row, fields with a separator, a quote or a line end stand in quotes, null is empty and the empty
 * string {@code ""}.
 */
public final class CsvWriter extends TextWriter {
    private final byte separator;

    /** With commas. */
    public CsvWriter() {
        this(',');
    }

    /**
     * @throws PlanException when the separator is not ASCII, or a quote, an end of line or a zero
     */
    public CsvWriter(char separator) {
        this.separator = CsvFormat.checked(separator);
    }

    /** Writes the names of the columns. */
    @Override
    public void begin(Schema columns, OutputStream stream) throws IOException {
        resume(columns, stream);
        for (int column = 0; column < schema.size(); column++) {
            separate(column);
            cell.clear();
            cell.put(schema.field(column).name());
            putText(cell.bytes(), 0, cell.length());
        }
        buffer.put('\n');
        flush();
    }

    @Override
    void put(Lane[] lanes, int row) {
        for (int column = 0; column < lanes.length; column++) {
            separate(column);
            put(column, lanes[column], row);
        }
    }

    private void put(int column, Lane lane, int row) {
        if (lane.isNull(row)) {
            return;
        }
        // No number and no time has a comma; it may have a colon, say.
        if (separator == ',' && schema.type(column).kind() != Kind.TEXT) {
            cells.put(schema.type(column), lane, row, buffer);
            return;
        }
        cell.clear();
        cells.put(schema.type(column), lane, row, cell);
        putText(cell.bytes(), 0, cell.length());
    }

    private void putText(byte[] bytes, int from, int length) {
        if (length > 0 && !needsQuotes(bytes, from, length)) {
            buffer.put(bytes, from, length);
            return;
        }
        buffer.put('"');
        for (int at = from; at < from + length; at++) {
            if (bytes[at] == '"') {
                buffer.put('"');
            }
            buffer.put((char) (bytes[at] & 0xff));
        }
        buffer.put('"');
    }

    private boolean needsQuotes(byte[] bytes, int from, int length) {
        for (int at = from; at < from + length; at++) {
            byte next = bytes[at];
            if (next == separator || next == '"' || next == '\n' || next == '\r') {
                return true;
            }
        }
        return false;
    }

    private void separate(int column) {
        if (column > 0) {
            buffer.put((char) separator);
        }
    }
}

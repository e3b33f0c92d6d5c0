package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import java.nio.charset.StandardCharsets;

/** Writes rows as NDJSON: an object a line, every column in each, LF behind each. */
public final class JsonWriter extends TextWriter {
    private static final String HEX = "0123456789abcdef";

    @Override
    void put(Lane[] lanes, int row) {
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
    }

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
}

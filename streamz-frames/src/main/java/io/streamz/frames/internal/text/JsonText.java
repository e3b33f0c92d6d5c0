package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;

/** Strings without their quotes and escapes; what is no string as it stands. */
final class JsonText extends PlainText {
    private static final long ESCAPES = Swar.repeat('\\');

    JsonText(int column, DataType type, NullWords nulls) {
        super(column, type, nulls);
    }

    @Override
    boolean put(byte[] bytes, int from, int to, int row) {
        starts[row] = from;
        boolean hasEscapes = bytes[from - 1] == '"' && Swar.find(bytes, from, to, ESCAPES) < to;
        lengths[row] = hasEscapes ? Json.unescape(bytes, from, to) : to - from;
        return true;
    }
}

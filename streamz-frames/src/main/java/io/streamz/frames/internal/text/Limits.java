package io.streamz.frames.internal.text;

/**
 * What one file may ask of memory.
 *
 * @param columns the most columns
 * @param fieldBytes the most bytes of one field
 * @param rowBytes the most bytes of one row
 */
public record Limits(int columns, int fieldBytes, int rowBytes) {
    public static final Limits DEFAULT = new Limits(10_000, 16 << 20, 64 << 20);
}

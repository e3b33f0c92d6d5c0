package io.streamz.benchmarks;

import java.util.Arrays;

/** A column of an {@link Answer} in the making. */
final class Cells {
    private long[] longs;
    private double[] doubles;
    private String[] texts;
    private int size;

    private Cells() {}

    static Cells longs() {
        Cells cells = new Cells();
        cells.longs = new long[16];
        return cells;
    }

    static Cells doubles() {
        Cells cells = new Cells();
        cells.doubles = new double[16];
        return cells;
    }

    static Cells texts() {
        Cells cells = new Cells();
        cells.texts = new String[16];
        return cells;
    }

    /** A column for values of a SQL type. */
    static Cells of(String type) {
        return switch (type) {
            case "DOUBLE" -> doubles();
            case "VARCHAR" -> texts();
            default -> longs();
        };
    }

    void add(long value) {
        if (size == longs.length) {
            longs = Arrays.copyOf(longs, 2 * size);
        }
        longs[size++] = value;
    }

    void add(double value) {
        if (size == doubles.length) {
            doubles = Arrays.copyOf(doubles, 2 * size);
        }
        doubles[size++] = value;
    }

    void add(String value) {
        if (size == texts.length) {
            texts = Arrays.copyOf(texts, 2 * size);
        }
        texts[size++] = value;
    }

    /** Adds a value of this column's type; a null is NaN. */
    void add(Object value) {
        if (texts != null) {
            add((String) value);
        } else if (longs != null) {
            add(((Number) value).longValue());
        } else {
            add(value == null ? Double.NaN : ((Number) value).doubleValue());
        }
    }

    Object array() {
        if (longs != null) {
            return Arrays.copyOf(longs, size);
        }
        return doubles != null ? Arrays.copyOf(doubles, size) : Arrays.copyOf(texts, size);
    }
}

package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/** One value of a column's type for each id: what first, min of text and their like remember. No value is ever null. */
abstract sealed class Cells {
    static Cells of(DataType type) {
        return switch (type.kind()) {
            case BOOL, INT, DATE, TIME, TIMESTAMP, DURATION -> new Longs();
            case FLOAT -> new Doubles();
            case DECIMAL -> new Wides();
            case TEXT, BINARY -> new Texts();
        };
    }

    abstract void ensure(int cells);

    abstract void set(int cell, Lane lane, int row);

    abstract void copy(int cell, Cells from, int other);

    abstract void swap(int left, int right);

    abstract void get(int cell, Lane out, int row);

    /** The order of the value in a cell and that of a row: numbers by size with NaN above all, text by unsigned bytes. */
    abstract int compare(int cell, Lane lane, int row);

    abstract int compare(int cell, Cells others, int other);

    /** Lets go of memory that a cell holds. */
    void clear(int cell) {}

    abstract void write(int cell, StateOut out) throws IOException;

    abstract void read(int cell, StateIn in) throws IOException;

    abstract long bytes();

    static final class Longs extends Cells {
        private long[] values = {};

        @Override
        void ensure(int cells) {
            if (values.length < cells) {
                values = Arrays.copyOf(values, Lane.grown(values.length, cells));
            }
        }

        @Override
        void set(int cell, Lane lane, int row) {
            values[cell] = ((LongLane) lane).values()[row];
        }

        @Override
        void copy(int cell, Cells from, int other) {
            values[cell] = ((Longs) from).values[other];
        }

        @Override
        void swap(int left, int right) {
            long value = values[left];
            values[left] = values[right];
            values[right] = value;
        }

        /** The array of all values, until there is {@linkplain #ensure room} for more. */
        long[] values() {
            return values;
        }

        @Override
        void get(int cell, Lane out, int row) {
            ((LongLane) out).values()[row] = values[cell];
        }

        @Override
        int compare(int cell, Lane lane, int row) {
            return Long.compare(values[cell], ((LongLane) lane).values()[row]);
        }

        @Override
        int compare(int cell, Cells others, int other) {
            return Long.compare(values[cell], ((Longs) others).values[other]);
        }

        @Override
        void write(int cell, StateOut out) throws IOException {
            out.i64(values[cell]);
        }

        @Override
        void read(int cell, StateIn in) throws IOException {
            values[cell] = in.i64();
        }

        @Override
        long bytes() {
            return 8L * values.length;
        }
    }

    static final class Doubles extends Cells {
        private double[] values = {};

        @Override
        void ensure(int cells) {
            if (values.length < cells) {
                values = Arrays.copyOf(values, Lane.grown(values.length, cells));
            }
        }

        @Override
        void set(int cell, Lane lane, int row) {
            values[cell] = ((DoubleLane) lane).values()[row];
        }

        @Override
        void copy(int cell, Cells from, int other) {
            values[cell] = ((Doubles) from).values[other];
        }

        @Override
        void swap(int left, int right) {
            double value = values[left];
            values[left] = values[right];
            values[right] = value;
        }

        /** The array of all values, until there is {@linkplain #ensure room} for more. */
        double[] values() {
            return values;
        }

        @Override
        void get(int cell, Lane out, int row) {
            double value = values[cell];
            ((DoubleLane) out).values()[row] = Double.isNaN(value) ? Double.NaN : value;
        }

        @Override
        int compare(int cell, Lane lane, int row) {
            return Double.compare(values[cell] + 0.0, ((DoubleLane) lane).values()[row] + 0.0);
        }

        @Override
        int compare(int cell, Cells others, int other) {
            return Double.compare(values[cell] + 0.0, ((Doubles) others).values[other] + 0.0);
        }

        @Override
        void write(int cell, StateOut out) throws IOException {
            out.f64(values[cell]);
        }

        @Override
        void read(int cell, StateIn in) throws IOException {
            values[cell] = in.f64();
        }

        @Override
        long bytes() {
            return 8L * values.length;
        }
    }

    private static final class Wides extends Cells {
        private long[] high = {};
        private long[] low = {};

        @Override
        void ensure(int cells) {
            if (high.length < cells) {
                high = Arrays.copyOf(high, Lane.grown(high.length, cells));
                low = Arrays.copyOf(low, high.length);
            }
        }

        @Override
        void set(int cell, Lane lane, int row) {
            high[cell] = ((WideLane) lane).high()[row];
            low[cell] = ((WideLane) lane).low()[row];
        }

        @Override
        void copy(int cell, Cells from, int other) {
            high[cell] = ((Wides) from).high[other];
            low[cell] = ((Wides) from).low[other];
        }

        @Override
        void swap(int left, int right) {
            long value = high[left];
            high[left] = high[right];
            high[right] = value;
            value = low[left];
            low[left] = low[right];
            low[right] = value;
        }

        @Override
        void get(int cell, Lane out, int row) {
            ((WideLane) out).high()[row] = high[cell];
            ((WideLane) out).low()[row] = low[cell];
        }

        @Override
        int compare(int cell, Lane lane, int row) {
            WideLane wide = (WideLane) lane;
            return Int128.compare(high[cell], low[cell], wide.high()[row], wide.low()[row]);
        }

        @Override
        int compare(int cell, Cells others, int other) {
            Wides wides = (Wides) others;
            return Int128.compare(high[cell], low[cell], wides.high[other], wides.low[other]);
        }

        @Override
        void write(int cell, StateOut out) throws IOException {
            out.i64(low[cell]);
            out.i64(high[cell]);
        }

        @Override
        void read(int cell, StateIn in) throws IOException {
            low[cell] = in.i64();
            high[cell] = in.i64();
        }

        @Override
        long bytes() {
            return 16L * high.length;
        }
    }

    /** A byte array of its own for each cell, reused while it is long enough. */
    private static final class Texts extends Cells {
        private static final byte[] EMPTY = {};

        private byte[][] values = {};
        private int[] lengths = {};
        private long held;

        @Override
        void ensure(int cells) {
            if (values.length < cells) {
                int used = values.length;
                values = Arrays.copyOf(values, Lane.grown(used, cells));
                Arrays.fill(values, used, values.length, EMPTY);
                lengths = Arrays.copyOf(lengths, values.length);
            }
        }

        @Override
        void set(int cell, Lane lane, int row) {
            TextLane text = (TextLane) lane;
            set(cell, text.bytes(), text.starts()[row], text.lengths()[row]);
        }

        private void set(int cell, byte[] source, int from, int length) {
            if (values[cell].length < length) {
                held += length - values[cell].length + (values[cell].length == 0 ? 16 : 0);
                values[cell] = new byte[length];
            }
            System.arraycopy(source, from, values[cell], 0, length);
            lengths[cell] = length;
        }

        @Override
        void copy(int cell, Cells from, int other) {
            Texts texts = (Texts) from;
            set(cell, texts.values[other], 0, texts.lengths[other]);
        }

        @Override
        void swap(int left, int right) {
            byte[] value = values[left];
            values[left] = values[right];
            values[right] = value;
            int length = lengths[left];
            lengths[left] = lengths[right];
            lengths[right] = length;
        }

        @Override
        void get(int cell, Lane out, int row) {
            ((TextLane) out).set(row, values[cell], 0, lengths[cell]);
        }

        @Override
        int compare(int cell, Lane lane, int row) {
            TextLane text = (TextLane) lane;
            int start = text.starts()[row];
            int end = start + text.lengths()[row];
            return Arrays.compareUnsigned(values[cell], 0, lengths[cell], text.bytes(), start, end);
        }

        @Override
        int compare(int cell, Cells others, int other) {
            Texts texts = (Texts) others;
            return Arrays.compareUnsigned(values[cell], 0, lengths[cell], texts.values[other], 0, texts.lengths[other]);
        }

        @Override
        void clear(int cell) {
            held -= values[cell].length == 0 ? 0 : values[cell].length + 16;
            values[cell] = EMPTY;
            lengths[cell] = 0;
        }

        @Override
        void write(int cell, StateOut out) throws IOException {
            out.bytes(values[cell], 0, lengths[cell]);
        }

        @Override
        void read(int cell, StateIn in) throws IOException {
            byte[] bytes = in.bytes();
            set(cell, bytes, 0, bytes.length);
        }

        @Override
        long bytes() {
            return 12L * values.length + held;
        }
    }
}

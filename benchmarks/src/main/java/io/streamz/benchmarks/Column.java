package io.streamz.benchmarks;

import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * A generated column. Each value follows from the column's name, the seed and the row's number alone, so that batches of
 * any size hold the same rows.
 *
 * @param keys how many different values, for keys
 * @param nulls the share of nulls, for numbers
 */
record Column(String name, Type type, int keys, double nulls) {
    /** What is generated, and into which Arrow vector. */
    enum Type {
        /** float64 from 0 to 1000. */
        NUMBER,
        /** int64 keys that are spread over the whole range. */
        SPREAD,
        /** int64 keys from 0 on. */
        DENSE,
        /** utf8 keys of at most 12 bytes. */
        TEXT,
        /** Microseconds, rising by one millisecond a row. */
        TIME,
        /** int64 from 1 to the number of keys. */
        COUNTED,
        /** utf8 keys of id and three digits, from id001 on. */
        ID3,
        /** utf8 keys of id and ten digits, from id0000000001 on. */
        ID10,
        /** float64 from 0 to 100 with six decimals. */
        SIX_DECIMALS
    }

    /** 2026-01-05T00:00Z, where generated times begin, in microseconds. */
    static final long START = 1_767_571_200_000_000L;

    static final long STEP = 1_000;

    static Column number(String name) {
        return new Column(name, Type.NUMBER, 0, 0);
    }

    static Column number(String name, double nulls) {
        return new Column(name, Type.NUMBER, 0, nulls);
    }

    static Column spread(String name, int keys) {
        return new Column(name, Type.SPREAD, keys, 0);
    }

    static Column dense(String name, int keys) {
        return new Column(name, Type.DENSE, keys, 0);
    }

    static Column text(String name, int keys) {
        return new Column(name, Type.TEXT, keys, 0);
    }

    static Column counted(String name, int keys) {
        return new Column(name, Type.COUNTED, keys, 0);
    }

    static Column id3(String name, int keys) {
        return new Column(name, Type.ID3, keys, 0);
    }

    static Column id10(String name, int keys) {
        return new Column(name, Type.ID10, keys, 0);
    }

    static Column sixDecimals(String name) {
        return new Column(name, Type.SIX_DECIMALS, 0, 0);
    }

    static Column time(String name) {
        return new Column(name, Type.TIME, 0, 0);
    }

    /** A new vector of the rows from {@code first} on. */
    FieldVector vector(BufferAllocator allocator, long seed, long first, int rows) {
        FieldVector vector = switch (type) {
            case NUMBER, SIX_DECIMALS -> numbers(allocator, seed, first, rows);
            case SPREAD, DENSE, COUNTED -> longs(allocator, seed, first, rows);
            case TEXT, ID3, ID10 -> texts(allocator, seed, first, rows);
            case TIME -> times(allocator, first, rows);
        };
        vector.setValueCount(rows);
        return vector;
    }

    private FieldVector numbers(BufferAllocator allocator, long seed, long first, int rows) {
        var vector = new Float8Vector(name, allocator);
        vector.allocateNew(rows);
        for (int row = 0; row < rows; row++) {
            if (nulls > 0 && unit(random(seed + 1, first + row)) < nulls) {
                vector.setNull(row);
            } else {
                double unit = unit(random(seed, first + row));
                vector.set(row, type == Type.NUMBER ? 1000 * unit : Math.round(1e8 * unit) / 1e6);
            }
        }
        return vector;
    }

    private FieldVector longs(BufferAllocator allocator, long seed, long first, int rows) {
        var vector = new BigIntVector(name, allocator);
        vector.allocateNew(rows);
        for (int row = 0; row < rows; row++) {
            int key = key(seed, first + row);
            vector.set(row, type == Type.SPREAD ? mix(key + 1L) : type == Type.DENSE ? key : key + 1);
        }
        return vector;
    }

    private FieldVector texts(BufferAllocator allocator, long seed, long first, int rows) {
        var vector = new VarCharVector(name, allocator);
        vector.allocateNew(12L * rows, rows);
        for (int row = 0; row < rows; row++) {
            vector.set(row, text(key(seed, first + row)).getBytes(StandardCharsets.US_ASCII));
        }
        return vector;
    }

    private String text(int key) {
        if (type == Type.TEXT) {
            return "key-" + key;
        }
        String digits = Integer.toString(key + 1);
        return "id" + "0".repeat((type == Type.ID3 ? 3 : 10) - digits.length()) + digits;
    }

    private FieldVector times(BufferAllocator allocator, long first, int rows) {
        var vector = new TimeStampMicroVector(name, allocator);
        vector.allocateNew(rows);
        for (int row = 0; row < rows; row++) {
            vector.set(row, START + STEP * (first + row));
        }
        return vector;
    }

    int key(long seed, long row) {
        return (int) Math.floorMod(random(seed, row), (long) keys);
    }

    private long random(long seed, long row) {
        return mix(seed * 31 + name.hashCode() + 0x9E3779B97F4A7C15L * (row + 1));
    }

    private static double unit(long random) {
        return (random >>> 11) * 0x1.0p-53;
    }

    /** The finaliser of splitmix64: every bit of the input moves half of the output's. */
    static long mix(long x) {
        long z = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}

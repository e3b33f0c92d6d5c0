package io.streamz.aggregations;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;

/** Reads what {@link StateOut} wrote, never a byte beyond it; bytes that cannot be right are an {@link IOException}. */
final class StateIn {
    /** What may be reserved before it is known to be there. */
    private static final int SMALL = 4096;

    private final InputStream source;
    private final byte[] buffer = new byte[8];

    StateIn(InputStream source) {
        this.source = source;
    }

    void version() throws IOException {
        version(StateOut.VERSION);
    }

    /** Reads the version of a state, and refuses one above the newest that is known. */
    int version(int newest) throws IOException {
        int version = u8();
        if (version < StateOut.VERSION || version > newest) {
            String known =
                    newest == StateOut.VERSION ? "version " + newest : "versions " + StateOut.VERSION + " to " + newest;
            throw new IOException("state has version " + version + "; this library reads " + known);
        }
        return version;
    }

    int u8() throws IOException {
        int value = source.read();
        if (value < 0) {
            throw new EOFException("state ends too early");
        }
        return value;
    }

    int i32() throws IOException {
        fill(buffer, 4);
        return (int) StateOut.INTS.get(buffer, 0);
    }

    long i64() throws IOException {
        fill(buffer, 8);
        return (long) StateOut.LONGS.get(buffer, 0);
    }

    double f64() throws IOException {
        return Double.longBitsToDouble(i64());
    }

    /** A number of things that follow. */
    int size() throws IOException {
        int size = i32();
        if (size < 0) {
            throw new IOException("state holds a negative size: " + size);
        }
        return size;
    }

    byte[] bytes() throws IOException {
        int length = size();
        if (length <= SMALL) {
            byte[] small = new byte[length];
            fill(small, length);
            return small;
        }
        byte[] bytes = source.readNBytes(length);
        if (bytes.length != length) {
            throw new EOFException("state ends too early");
        }
        return bytes;
    }

    BigInteger integer() throws IOException {
        byte[] bytes = bytes();
        if (bytes.length == 0) {
            throw new IOException("state holds an integer without digits");
        }
        return new BigInteger(bytes);
    }

    private void fill(byte[] target, int length) throws IOException {
        if (source.readNBytes(target, 0, length) != length) {
            throw new EOFException("state ends too early");
        }
    }
}

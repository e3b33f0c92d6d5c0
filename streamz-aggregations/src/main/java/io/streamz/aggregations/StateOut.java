package io.streamz.aggregations;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/** Writes state bytes: little-endian, nothing but values in a fixed order behind one version byte. */
final class StateOut {
    static final int VERSION = 1;

    /** Of what may keep one state for several measures, and says for which; before, each measure had its own. */
    static final int SHARED = 2;

    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final OutputStream target;
    private final byte[] buffer = new byte[32_768];
    private int used;

    StateOut(OutputStream target) {
        this.target = target;
    }

    void u8(int value) throws IOException {
        room(1);
        buffer[used++] = (byte) value;
    }

    void i32(int value) throws IOException {
        room(4);
        INTS.set(buffer, used, value);
        used += 4;
    }

    void i64(long value) throws IOException {
        room(8);
        LONGS.set(buffer, used, value);
        used += 8;
    }

    /** A double by its bits, every NaN as the canonical one. */
    void f64(double value) throws IOException {
        i64(Double.doubleToLongBits(value));
    }

    void bytes(byte[] source, int from, int length) throws IOException {
        i32(length);
        if (length > buffer.length - used) {
            flush();
        }
        if (length > buffer.length) {
            target.write(source, from, length);
        } else {
            System.arraycopy(source, from, buffer, used, length);
            used += length;
        }
    }

    void integer(BigInteger value) throws IOException {
        byte[] bytes = value.toByteArray();
        bytes(bytes, 0, bytes.length);
    }

    void flush() throws IOException {
        target.write(buffer, 0, used);
        used = 0;
    }

    private void room(int bytes) throws IOException {
        if (buffer.length - used < bytes) {
            flush();
        }
    }
}

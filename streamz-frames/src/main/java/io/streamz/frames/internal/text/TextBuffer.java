package io.streamz.frames.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of text that grow at their end. */
public final class TextBuffer {
    private static final int LONGEST_LONG = 20;

    private byte[] bytes = new byte[256];
    private int length;

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    void put(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
    }

    void put(byte[] source, int from, int count) {
        room(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    void put(String text) {
        byte[] more = text.getBytes(StandardCharsets.UTF_8);
        put(more, 0, more.length);
    }

    void put(long number) {
        if (number == Long.MIN_VALUE) {
            put("-9223372036854775808");
            return;
        }
        if (number < 0) {
            put('-');
        }
        long rest = Math.abs(number);
        int digits = 1;
        for (long power = 10; digits < LONGEST_LONG - 1 && rest >= power; power *= 10) {
            digits++;
        }
        putDigits(rest, digits);
    }

    /** The last {@code count} digits of a number that is not negative. */
    void putDigits(long number, int count) {
        room(count);
        long rest = number;
        for (int at = length + count - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), (int)
                    Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L)));
        }
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}

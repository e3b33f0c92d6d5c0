package io.streamz.frames.internal.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of text at a time in one long, the first byte lowest. */
final class Swar {
    /** The top bit of each byte. */
    static final long TOPS = 0x8080808080808080L;

    private static final long LOWS = 0x7f7f7f7f7f7f7f7fL;
    private static final long ONES = 0x0101010101010101L;
    private static final long ZEROS = 0x3030303030303030L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Swar() {}

    /** The eight bytes from {@code at} on. */
    static long load(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** The same byte eight times. */
    static long repeat(int value) {
        return value * ONES;
    }

    /** The top bit of each byte that equals an ASCII character, given repeated; exact, unlike the usual subtraction. */
    static long matches(long word, long repeated) {
        return ~(differs(word, repeated) | word) & TOPS;
    }

    /** In each top bit: whether the lower seven bits differ from those of {@code repeated}. The other bits mean nothing. */
    static long differs(long word, long repeated) {
        return ((word & LOWS) ^ repeated) + LOWS;
    }

    /** Where in {@code from..to} a byte first stands, or {@code to}; up to seven bytes behind {@code to} are looked at. */
    static int find(byte[] bytes, int from, int to, long repeated) {
        for (int at = from; at < to; at += 8) {
            long found = matches(load(bytes, at), repeated);
            if (found != 0) {
                return Math.min(to, at + (Long.numberOfTrailingZeros(found) >>> 3));
            }
        }
        return to;
    }

    /** How often a byte stands in {@code from..to}. */
    static int count(byte[] bytes, int from, int to, long repeated) {
        int count = 0;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            count += Long.bitCount(matches(load(bytes, at), repeated));
        }
        for (; at < to; at++) {
            count += bytes[at] == (byte) repeated ? 1 : 0;
        }
        return count;
    }

    /** Whether all eight bytes are digits. */
    static boolean digits(long word) {
        return (((word - ZEROS) | (word + 0x4646464646464646L)) & TOPS) == 0;
    }

    /** The word with the first {@code count} (0 to 8) of its bytes replaced by the digit 0. */
    static long zeroFirst(long word, int count) {
        long kept = count == 8 ? 0 : -1L << (count << 3);
        return (word & kept) | (ZEROS & ~kept);
    }

    /** The number that eight digits write. */
    static long number(long word) {
        long ones = word - ZEROS;
        long pairs = ones * 10 + (ones >>> 8);
        return ((pairs & 0x000000ff000000ffL) * 0x000f424000000064L
                        + (pairs >>> 16 & 0x000000ff000000ffL) * 0x0000271000000001L)
                >>> 32;
    }

    /** The word without its byte at place {@code at}: those before it move up by one place, the first becomes {@code first}. */
    static long drop(long word, int at, long first) {
        long before = word & ((1L << (at << 3)) - 1);
        long after = word & (-1L << (at << 3) << 8);
        return before << 8 | after | first;
    }
}

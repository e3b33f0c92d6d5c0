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
    /** Brings the top bits of eight bytes together in the highest byte of the product. */
    private static final long GATHER = 0x0002040810204081L;

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

    /** The top bits of eight bytes, of which no other bit is set, as the lowest eight bits. */
    static long gather(long tops) {
        return tops * GATHER >>> 56;
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

    /** Digits as their values. */
    static long values(long word) {
        return word ^ ZEROS;
    }

    /** The {@link #values} of the last {@code count} (1 to 8) bytes, behind zeros. */
    static long lastValues(long word, int count) {
        int bits = Long.SIZE - (count << 3);
        return values(word) >>> bits << bits;
    }

    /** Whether all eight bytes are values of digits. */
    static boolean areDigits(long values) {
        return ((values | (values + 0x0606060606060606L)) & 0xf0f0f0f0f0f0f0f0L) == 0;
    }

    /** The number that eight values of digits make. */
    static long number(long values) {
        long pairs = values * 10 + (values >>> 8);
        return ((pairs & 0x000000ff000000ffL) * 0x000f424000000064L
                        + (pairs >>> 16 & 0x000000ff000000ffL) * 0x0000271000000001L)
                >>> 32;
    }

    /** The top bit of the first byte that is 0, and perhaps those of bytes that are 1 behind it; 0 where no byte is 0. */
    static long firstZero(long word) {
        return (word - ONES) & ~word & TOPS;
    }

    /** The word without the byte of the lowest bit of {@code top}: those before it move up by one place, the first becomes 0. */
    static long drop(long word, long top) {
        long upTo = top ^ (top - 1);
        return (word & upTo >>> 8) << 8 | word & ~upTo;
    }
}

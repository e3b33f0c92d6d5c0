package io.streamz.frames.internal.text;

import java.util.Arrays;

/**
 * Notes the separators and line feeds of text that has no quotes, without a branch that depends on the data.
 *
 * <p>What each byte is, simple loops from one array of bytes to another tell, of which the JIT makes vector instructions, 16 to 64
 * bytes at a time, on every JDK and without a flag. It does so only where both arrays are walked from the same index, which is why
 * a piece is copied first. Bit 7 of {@code ((x - 1) & ~x)} is set where the byte x is 0, and nowhere else. Those bits are then gathered,
 * 64 bytes in one long.
 */
final class PlainScan {
    private static final int PIECE = 4096;
    private static final int GROUP = 64;

    private final byte[] text = new byte[PIECE];
    /** In bit 7 whether a separator or a line feed stands here. */
    private final byte[] marks = new byte[PIECE];
    /** In bit 7 whether a quote or anything but ASCII stood here in any piece. */
    private final byte[] odd = new byte[PIECE];

    private final byte separator;
    private int count;
    private int feeds;
    private boolean isAscii;

    PlainScan(byte separator) {
        this.separator = separator;
    }

    /**
     * Notes the separators and line feeds of a block.
     *
     * @param bounds takes them behind the first one; has room for {@link QuotedScan#AT_ONCE} more than there are bytes
     * @return false where the block has a quote
     */
    boolean scan(byte[] bytes, int from, int to, int[] bounds) {
        count = 1;
        feeds = 0;
        Arrays.fill(odd, (byte) 0);
        for (int piece = from; piece < to; piece += PIECE) {
            int length = Math.min(PIECE, to - piece);
            System.arraycopy(bytes, piece, text, 0, length);
            mark(text, separator, marks, length);
            addOdd(text, odd, length);
            int end = length + GROUP - 1 & -GROUP;
            Arrays.fill(marks, length, end, (byte) 0);
            int before = count;
            note(piece, end, bounds);
            feeds += feeds(bytes, separator, bounds, before, count);
            if (piece == from && isAny(odd) && hasQuote(bytes, from, from + length)) {
                return false; // a text with quotes has them early
            }
        }
        isAscii = !isAny(odd);
        return isAscii || !hasQuote(bytes, from, to);
    }

    /** Written so that JDK 17 and 25 both make vectors of it; shorter forms are one byte at a time on 25. */
    private static void mark(byte[] text, byte separator, byte[] marks, int length) {
        for (int i = 0; i < length; i++) {
            marks[i] = (byte) (((((text[i] ^ separator) - 1) & (text[i] ^ ~separator))
                            | (((text[i] ^ '\n') - 1) & (text[i] ^ ~'\n')))
                    & 128);
        }
    }

    private static void addOdd(byte[] text, byte[] odd, int length) {
        for (int i = 0; i < length; i++) {
            odd[i] = (byte) (odd[i] | (text[i] | ((text[i] ^ '"') - 1)));
        }
    }

    /** Looks again, where {@link #odd} has told that there may be one. */
    private boolean hasQuote(byte[] bytes, int from, int to) {
        Arrays.fill(marks, (byte) 0);
        for (int piece = from; piece < to; piece += PIECE) {
            int length = Math.min(PIECE, to - piece);
            System.arraycopy(bytes, piece, text, 0, length);
            addQuotes(text, marks, length);
        }
        return isAny(marks);
    }

    private static void addQuotes(byte[] text, byte[] quotes, int length) {
        for (int i = 0; i < length; i++) {
            quotes[i] = (byte) (quotes[i] | ((text[i] ^ '"') - 1) & (text[i] ^ ~'"'));
        }
    }

    private static boolean isAny(byte[] flags) {
        long any = 0;
        for (int at = 0; at < PIECE; at += 8) {
            any |= Swar.load(flags, at);
        }
        return (any & Swar.TOPS) != 0;
    }

    private void note(int piece, int length, int[] bounds) {
        int next = count;
        for (int at = 0; at < length; at += GROUP) {
            long found = Swar.gather(Swar.load(marks, at))
                    | Swar.gather(Swar.load(marks, at + 8)) << 8
                    | Swar.gather(Swar.load(marks, at + 16)) << 16
                    | Swar.gather(Swar.load(marks, at + 24)) << 24
                    | Swar.gather(Swar.load(marks, at + 32)) << 32
                    | Swar.gather(Swar.load(marks, at + 40)) << 40
                    | Swar.gather(Swar.load(marks, at + 48)) << 48
                    | Swar.gather(Swar.load(marks, at + 56)) << 56;
            QuotedScan.put(piece + at, found, bounds, next);
            next += Long.bitCount(found);
        }
        count = next;
    }

    /** How many of the bounds are line feeds, by their sum: all others are separators. */
    private static int feeds(byte[] bytes, byte separator, int[] bounds, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += bytes[bounds[i]];
        }
        return (separator * (to - from) - sum) / (separator - '\n');
    }

    /** One more than were found. */
    int count() {
        return count;
    }

    int feeds() {
        return feeds;
    }

    boolean isAscii() {
        return isAscii;
    }
}

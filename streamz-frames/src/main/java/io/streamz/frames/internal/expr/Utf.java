package io.streamz.frames.internal.expr;

/** UTF-8 as it stands: code points are counted and skipped by their first bytes. */
final class Utf {
    private Utf() {}

    /** Whether the byte goes on with a code point that has begun. */
    private static boolean continues(byte b) {
        return (b & 0xC0) == 0x80;
    }

    /** The number of code points. */
    static int length(byte[] bytes, int start, int length) {
        int count = 0;
        for (int i = start; i < start + length; i++) {
            count += continues(bytes[i]) ? 0 : 1;
        }
        return count;
    }

    static boolean isAscii(byte[] bytes, int start, int length) {
        int all = 0;
        for (int i = start; i < start + length; i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }

    /** The place behind so many code points, or the end. */
    static int advance(byte[] bytes, int start, int end, long points) {
        int at = start;
        for (long left = points; left > 0 && at < end; left--) {
            at++;
            while (at < end && continues(bytes[at])) {
                at++;
            }
        }
        return at;
    }

    static boolean isAt(byte[] text, int at, byte[] wanted, int start, int length) {
        for (int i = 0; i < length; i++) {
            if (text[at + i] != wanted[start + i]) {
                return false;
            }
        }
        return true;
    }

    /** Where the wanted bytes first stand, or -1. */
    static int indexOf(byte[] text, int from, int end, byte[] wanted, int start, int length) {
        if (length == 0) {
            return from;
        }
        byte first = wanted[start];
        for (int at = from; at <= end - length; at++) {
            if (text[at] == first && isAt(text, at, wanted, start, length)) {
                return at;
            }
        }
        return -1;
    }

    /** The first place that holds no white space as {@link Character#isWhitespace(int)} has it, or the end. */
    static int skipBlanks(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end) {
            int next = advance(bytes, at, end, 1);
            if (!Character.isWhitespace(codePoint(bytes, at, next))) {
                return at;
            }
            at = next;
        }
        return at;
    }

    /** Behind the last place that holds no white space, or the start. */
    static int skipBlanksBack(byte[] bytes, int start, int end) {
        int at = end;
        while (at > start) {
            int before = at - 1;
            while (before > start && continues(bytes[before])) {
                before--;
            }
            if (!Character.isWhitespace(codePoint(bytes, before, at))) {
                return at;
            }
            at = before;
        }
        return at;
    }

    private static int codePoint(byte[] bytes, int from, int to) {
        if (bytes[from] >= 0) {
            return bytes[from];
        }
        int point = bytes[from] & (0x7F >> to - from);
        for (int i = from + 1; i < to; i++) {
            point = point << 6 | bytes[i] & 0x3F;
        }
        return point;
    }
}

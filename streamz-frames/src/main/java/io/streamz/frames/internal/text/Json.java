package io.streamz.frames.internal.text;

import java.nio.charset.StandardCharsets;

/**
 * Reads one JSON text (RFC 8259) from bytes that are UTF-8, without a copy: it finds where names and values lie, and checks
 * them.
 */
final class Json {
    private static final int DEEPEST = 100;

    private byte[] bytes;
    private int at;
    private int to;
    private String problem;

    /** Takes the members of an object: a name without its quotes, a value as it stands. */
    interface Members {
        void member(int nameFrom, int nameTo, int valueFrom, int valueTo);
    }

    /** Reads an object that is all there is in {@code from..end}; false where it is none, for the {@link #problem}. */
    boolean object(byte[] source, int from, int end, Members members) {
        return whole(source, from, end, '{', '}', "object", members);
    }

    /** As {@link #object}, the elements of an array: what is told of their names means nothing. */
    boolean array(byte[] source, int from, int end, Members elements) {
        return whole(source, from, end, '[', ']', "array", elements);
    }

    private boolean whole(byte[] source, int from, int end, char open, char close, String noun, Members members) {
        bytes = source;
        at = from;
        to = end;
        problem = null;
        blanks();
        if (!take(open)) {
            return fails("it is no JSON " + noun);
        }
        if (!members(close, members, 1)) {
            return false;
        }
        blanks();
        return at == to || fails("there is text behind the " + noun);
    }

    /** What was wrong. */
    String problem() {
        return problem;
    }

    static boolean isNested(byte first) {
        return first == '{' || first == '[';
    }

    private boolean fails(String reason) {
        problem = problem == null ? reason : problem;
        return false;
    }

    private void blanks() {
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\n')) {
            at++;
        }
    }

    private boolean take(char expected) {
        if (at < to && bytes[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    /** Reads members or elements up to the bracket that closes them. */
    private boolean members(char close, Members members, int depth) {
        blanks();
        if (take(close)) {
            return true;
        }
        do {
            blanks();
            int nameFrom = at + 1;
            if (close == '}' && (!string() || !colon())) {
                return fails("a name in quotes and a colon are expected");
            }
            int nameTo = close == '}' ? nameEnd : at;
            blanks();
            int valueFrom = at;
            if (!value(depth)) {
                return false;
            }
            if (members != null) {
                members.member(nameFrom, nameTo, valueFrom, at);
            }
            blanks();
        } while (take(','));
        return take(close) || fails(close == '}' ? "the object is not closed" : "the array is not closed");
    }

    private int nameEnd;

    private boolean colon() {
        nameEnd = at - 1;
        blanks();
        return take(':');
    }

    private boolean value(int depth) {
        if (at == to) {
            return fails("a value is missing");
        }
        return switch (bytes[at]) {
            case '"' -> string();
            case '{', '[' -> nested(depth);
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean nested(int depth) {
        if (depth == DEEPEST) {
            return fails("it is nested more than " + DEEPEST + " deep");
        }
        char close = bytes[at++] == '{' ? '}' : ']';
        return members(close, null, depth + 1);
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= to || bytes[at + i] != word.charAt(i)) {
                return fails("a value is none of JSON");
            }
        }
        at += word.length();
        return true;
    }

    /** {@code -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?}. */
    private boolean number() {
        take('-');
        boolean good = take('0') || digits();
        if (good && take('.')) {
            good = digits();
        }
        if (good && (take('e') || take('E'))) {
            if (!take('+')) {
                take('-');
            }
            good = digits();
        }
        return good || fails("a value is none of JSON");
    }

    private boolean digits() {
        int start = at;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at > start;
    }

    /** Goes behind a string and checks its escapes; surrogates must come in pairs. */
    private boolean string() {
        if (!take('"')) {
            return fails("a quote is missing");
        }
        while (at < to) {
            byte next = bytes[at++];
            if (next == '"') {
                return true;
            }
            if (next >= 0 && next < ' ') {
                return fails("a string holds a control character");
            }
            if (next == '\\' && !escape()) {
                return fails("a string holds an escape that is none of JSON");
            }
        }
        return fails("a string is not closed");
    }

    private boolean escape() {
        if (at == to) {
            return false;
        }
        byte kind = bytes[at++];
        if (kind != 'u') {
            return "\"\\/bfnrt".indexOf(kind) >= 0;
        }
        int unit = unit(at);
        at += 4;
        if (unit < 0 || Character.isLowSurrogate((char) unit)) {
            return false;
        }
        if (!Character.isHighSurrogate((char) unit)) {
            return true;
        }
        boolean isPair = at + 6 <= to && bytes[at] == '\\' && bytes[at + 1] == 'u' && unit(at + 2) >= 0;
        isPair = isPair && Character.isLowSurrogate((char) unit(at + 2));
        at += 6;
        return isPair;
    }

    private int unit(int from) {
        return from + 4 > to ? -1 : unit(bytes, from);
    }

    /** The number that four hexadecimal digits write, or -1. */
    private static int unit(byte[] bytes, int from) {
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = bytes[i] < 0 ? -1 : Character.digit((char) bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** The string that stands between two quotes. */
    String string(int from, int end) {
        byte[] copy = new byte[end - from];
        System.arraycopy(bytes, from, copy, 0, copy.length);
        return new String(copy, 0, unescape(copy, 0, copy.length), StandardCharsets.UTF_8);
    }

    /** Puts characters in place of the escapes of a checked string, and gives the length that is left. */
    static int unescape(byte[] bytes, int from, int to) {
        int end = from;
        int at = from;
        while (at < to) {
            byte next = bytes[at++];
            if (next != '\\') {
                bytes[end++] = next;
                continue;
            }
            next = bytes[at++];
            if (next != 'u') {
                bytes[end++] = character(next);
                continue;
            }
            int point = unit(bytes, at);
            at += 4;
            if (Character.isHighSurrogate((char) point)) {
                point = Character.toCodePoint((char) point, (char) unit(bytes, at + 2));
                at += 6;
            }
            end = put(point, bytes, end);
        }
        return end - from;
    }

    private static byte character(byte escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }

    /** Writes a character as UTF-8, which is never longer than its escape. */
    private static int put(int point, byte[] into, int start) {
        int end = start;
        if (point < 0x80) {
            into[end++] = (byte) point;
        } else if (point < 0x800) {
            into[end++] = (byte) (0xc0 | point >> 6);
            into[end++] = (byte) (0x80 | point & 63);
        } else if (point < 0x10000) {
            into[end++] = (byte) (0xe0 | point >> 12);
            into[end++] = (byte) (0x80 | point >> 6 & 63);
            into[end++] = (byte) (0x80 | point & 63);
        } else {
            into[end++] = (byte) (0xf0 | point >> 18);
            into[end++] = (byte) (0x80 | point >> 12 & 63);
            into[end++] = (byte) (0x80 | point >> 6 & 63);
            into[end++] = (byte) (0x80 | point & 63);
        }
        return end;
    }
}

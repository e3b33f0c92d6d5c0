package io.streamz.frames.internal.expr;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A pattern of like: % is any text, _ any code point, a backslash takes the next sign as it is. Never more than text times pattern. */
final class LikePattern {
    private static final byte[] ANY_ONE = {};

    /** The pieces between the percent signs: each a list of literal bytes and {@link #ANY_ONE}. */
    private final List<byte[][]> pieces;

    private LikePattern(List<byte[][]> pieces) {
        this.pieces = pieces;
    }

    /** The pattern, or null where the text ends in a lone backslash. */
    static LikePattern of(String text) {
        List<byte[][]> pieces = new ArrayList<>();
        List<byte[]> piece = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int[] points = text.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            if (points[i] == '%' || points[i] == '_') {
                end(literal, piece);
                if (points[i] == '_') {
                    piece.add(ANY_ONE);
                } else {
                    pieces.add(piece.toArray(byte[][]::new));
                    piece.clear();
                }
            } else {
                if (points[i] == '\\' && ++i == points.length) {
                    return null;
                }
                literal.appendCodePoint(points[i]);
            }
        }
        end(literal, piece);
        pieces.add(piece.toArray(byte[][]::new));
        return new LikePattern(pieces);
    }

    private static void end(StringBuilder literal, List<byte[]> piece) {
        if (literal.length() > 0) {
            piece.add(literal.toString().getBytes(StandardCharsets.UTF_8));
            literal.setLength(0);
        }
    }

    boolean matches(byte[] text, int start, int length) {
        int end = start + length;
        int at = after(pieces.get(0), text, start, end);
        if (at < 0) {
            return false;
        }
        int last = pieces.size() - 1;
        if (last == 0) {
            return at == end;
        }
        for (int i = 1; i < last; i++) {
            at = found(pieces.get(i), text, at, end);
            if (at < 0) {
                return false;
            }
        }
        return endsWith(pieces.get(last), text, at, end);
    }

    /** The first place from {@code at} on where the piece fits: the place behind it, or -1. */
    private static int found(byte[][] piece, byte[] text, int at, int end) {
        for (int from = at; from <= end; from = from == end ? end + 1 : Utf.advance(text, from, end, 1)) {
            int behind = after(piece, text, from, end);
            if (behind >= 0) {
                return behind;
            }
        }
        return -1;
    }

    private static boolean endsWith(byte[][] piece, byte[] text, int at, int end) {
        for (int from = at; from <= end; from = from == end ? end + 1 : Utf.advance(text, from, end, 1)) {
            if (after(piece, text, from, end) == end) {
                return true;
            }
        }
        return false;
    }

    /** The place behind the piece where it stands at {@code at}, or -1. */
    private static int after(byte[][] piece, byte[] text, int at, int end) {
        int place = at;
        for (byte[] part : piece) {
            if (part == ANY_ONE) {
                if (place == end) {
                    return -1;
                }
                place = Utf.advance(text, place, end, 1);
            } else {
                if (place + part.length > end
                        || !Arrays.equals(text, place, place + part.length, part, 0, part.length)) {
                    return -1;
                }
                place += part.length;
            }
        }
        return place;
    }
}

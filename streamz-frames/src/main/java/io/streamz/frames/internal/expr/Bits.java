package io.streamz.frames.internal.expr;

import io.streamz.aggregations.Lane;

/** Validity words of results out of those of operands; operands without nulls cost nothing. */
final class Bits {
    private Bits() {}

    /** The lowest bits of up to 64 values of a lane of 0 and 1 as one word; values under a null may be anything. */
    static long pack(long[] values, int word, int rows) {
        int from = word << 6;
        int to = Math.min(rows, from + 64);
        long bits = 0;
        for (int row = from; row < to; row++) {
            bits |= (values[row] & 1) << row;
        }
        return bits;
    }

    /** The result is null where the operand is. */
    static void inherit(Lane out, Lane operand) {
        if (operand.nullCount() != 0) {
            out.setValidity(operand.validity(), operand.nullCount());
        }
    }

    /** The result is null where one of the operands is. */
    static void intersect(Lane out, Lane left, Lane right) {
        if (left.nullCount() == 0) {
            inherit(out, right);
            return;
        }
        inherit(out, left);
        if (right.nullCount() != 0) {
            long[] words = out.validity();
            long[] other = right.validity();
            for (int word = 0; word < Lane.words(out.size()); word++) {
                words[word] &= other[word];
            }
            out.setValidity(words, nulls(words, out.size()));
        }
    }

    /** The number of unset bits among the rows. */
    static int nulls(long[] words, int rows) {
        int set = 0;
        for (int word = 0; word < rows >>> 6; word++) {
            set += Long.bitCount(words[word]);
        }
        int rest = rows & 63;
        return rows - (rest == 0 ? set : set + Long.bitCount(words[rows >>> 6] & (1L << rest) - 1));
    }
}

package io.streamz.frames;

import java.util.Arrays;

/** Rows of the left side of a join, each beside a row of the right side or none (-1). */
final class Pairs {
    private int[] left = {};
    private int[] right = {};
    private int count;

    void add(int leftRow, int rightRow) {
        if (count == left.length) {
            left = Arrays.copyOf(left, Math.max(64, count * 2));
            right = Arrays.copyOf(right, left.length);
        }
        left[count] = leftRow;
        right[count++] = rightRow;
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    int[] left() {
        return left;
    }

    int[] right() {
        return right;
    }
}

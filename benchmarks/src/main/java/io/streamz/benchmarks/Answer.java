package io.streamz.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * What a contestant computed, as plain columns: {@code long[]}, {@code double[]} (a null is NaN) or {@code String[]}.
 *
 * @param keyed whether the first columns are keys and the order of rows means nothing
 */
record Answer(boolean keyed, List<Object> columns) {
    /** How far two floats may lie apart, in parts of the larger. */
    static final double TOLERANCE = 1e-9;

    /** What rounding may leave of a zero: the square of a correlation that is none comes out as 1e-33. */
    private static final double ZERO = 1e-20;

    int rows() {
        return columns.isEmpty() ? 0 : java.lang.reflect.Array.getLength(columns.get(0));
    }

    /** Says where the other differs, or null where it is equal: ints and text exactly, floats within {@link #TOLERANCE}. */
    String difference(Answer other) {
        if (rows() != other.rows()) {
            return rows() + " rows against " + other.rows();
        }
        if (columns.size() != other.columns.size()) {
            return columns.size() + " columns against " + other.columns.size();
        }
        int[] mine = order();
        int[] theirs = other.order();
        for (int column = 0; column < columns.size(); column++) {
            for (int i = 0; i < mine.length; i++) {
                Object left = cell(column, mine[i]);
                Object right = other.cell(column, theirs[i]);
                if (!equal(left, right)) {
                    return "column " + column + " of " + (keyed ? "key " + cell(0, mine[i]) : "row " + i) + ": " + left
                            + " against " + right;
                }
            }
        }
        return null;
    }

    private int[] order() {
        Integer[] rows = new Integer[rows()];
        Arrays.setAll(rows, i -> i);
        if (keyed) {
            Arrays.sort(rows, this::compare);
        }
        return Arrays.stream(rows).mapToInt(i -> i).toArray();
    }

    /** By the first column, then the next: what stands behind the keys never decides. */
    private int compare(int left, int right) {
        int order = 0;
        for (int column = 0; order == 0 && column < columns.size(); column++) {
            Object values = columns.get(column);
            if (values instanceof long[] keys) {
                order = Long.compare(keys[left], keys[right]);
            } else if (values instanceof String[] keys) {
                order = keys[left].compareTo(keys[right]);
            }
        }
        return order;
    }

    private Object cell(int column, int row) {
        Object values = columns.get(column);
        if (values instanceof long[] longs) {
            return longs[row];
        }
        return values instanceof double[] doubles ? (Object) doubles[row] : ((String[]) values)[row];
    }

    private static boolean equal(Object left, Object right) {
        if (left instanceof Double x && right instanceof Double y) {
            return x.equals(y) || Math.abs(x - y) <= Math.max(ZERO, TOLERANCE * Math.max(Math.abs(x), Math.abs(y)));
        }
        return left.equals(right);
    }
}

package io.streamz.notebook;

import java.util.Arrays;

/**
 * Fewer points that look the same. The rows are cut into stretches of equal length, and of each the places of its smallest and
 * its largest value are kept, in their order: no peak is lost, however short.
 */
final class Thinning {
    private Thinning() {}

    /**
     * The places to draw, ascending; with the first and the last row.
     *
     * @param values the values, NaN where there is none
     * @param most about how many places are wanted; at least 4 are kept
     */
    static int[] places(double[] values, int most) {
        int rows = values.length;
        if (rows <= Math.max(4, most)) {
            int[] all = new int[rows];
            Arrays.setAll(all, i -> i);
            return all;
        }
        int stretches = Math.max(1, (most - 2) / 2);
        int[] places = new int[2 * stretches + 2];
        int count = 0;
        places[count++] = 0;
        for (int stretch = 0; stretch < stretches; stretch++) {
            int from = 1 + (int) ((long) (rows - 2) * stretch / stretches);
            int to = 1 + (int) ((long) (rows - 2) * (stretch + 1) / stretches);
            count = extremes(values, from, to, places, count);
        }
        places[count++] = rows - 1;
        return Arrays.copyOf(places, count);
    }

    private static int extremes(double[] values, int from, int to, int[] places, int count) {
        int low = -1;
        int high = -1;
        for (int row = from; row < to; row++) {
            if (!Double.isNaN(values[row])) {
                low = low < 0 || values[row] < values[low] ? row : low;
                high = high < 0 || values[row] > values[high] ? row : high;
            }
        }
        if (low < 0) {
            places[count] = from; // a gap stays one
            return count + 1;
        }
        places[count] = Math.min(low, high);
        if (low == high) {
            return count + 1;
        }
        places[count + 1] = Math.max(low, high);
        return count + 2;
    }
}

package io.streamz.aggregations;

/**
 * The exact sum of the values in a window that slides over rows, or its mean, answered at each row.
 *
 * <p>Three TwoSums a row bound it. For sums {@link #ROWS} rows at a time are therefore cut first, in loops that the compiler turns into vector
 * instructions: adding 1.5 * 2^E to a value and taking it away leaves a multiple of 2^(E-53), and the rest is exact; by 1.5 * 2^(E-46) that
 * rest must leave nothing. From row to row there is then one addition to the sum of the multiples and one to that of the rests, each of multiples of one
 * power of two: exact as long as those sums stay below 2^(E-1) and 2^(E-47), two comparisons a row. (A difference so large that it is
 * not exact makes the sum too large as well.) A rest that leaves something is made so large that it shows there.
 *
 * <p>Rows at which that fails, because values reach further down than some 45 binary orders below the sum or are not finite, are added by TwoSums. An exact sum is
 * the same either way, so neither cuts nor the exponent show. (Pre-rounding: as in {@link BlockSum}.)
 */
final class SlidingSums {
    /** The rows that are cut at a time; fewer are added one by one. */
    static final int ROWS = 256;

    private static final int COUNT = 2;
    private static final int LARGEST_EXPONENT = 800;
    private static final int ROOM = 3;

    /** After rows that failed, so many times {@link #ROWS} are not tried. */
    private static final int REST = 15;

    private final boolean mean;
    private double[] copy = {};
    private double[] highs = {};
    private double[] lows = {};
    private double[] oldHighs = {};
    private double[] oldLows = {};
    private int exponent = 1;
    private int resting;

    SlidingSums(boolean mean) {
        this.mean = mean;
    }

    long bytes() {
        return 8L * 5 * copy.length;
    }

    /**
     * Answers rows up to one that two terms cannot take.
     *
     * @param cells the terms of the sum, then the number of values, which stays as it is
     * @param olds the values that leave, from {@code oldFrom} on
     * @return the first row that is not answered
     */
    int slide(double[] cells, double[] olds, int oldFrom, double[] values, int from, int to, double[] answers) {
        int row = from;
        while (row < to) {
            boolean whole = !mean && to - row >= ROWS;
            int end = whole ? row + ROWS : to;
            int old = oldFrom + row - from;
            int done = whole ? addCut(cells, olds, old, values, row, answers) : 0;
            int stop = slidePairs(cells, olds, old + done, values, row + done, end, answers);
            if (stop < end) {
                return stop;
            }
            row = end;
        }
        return row;
    }

    private int addCut(double[] cells, double[] olds, int oldFrom, double[] values, int from, double[] answers) {
        if (resting > 0) {
            resting--;
            return 0;
        }
        cut(olds, oldFrom, values, from);
        int done = add(cells, 0, from, answers);
        if (done < ROWS) {
            int wanted = exponentFor(cells[0], olds, oldFrom, values, from);
            if (wanted != exponent && Math.abs(wanted) <= LARGEST_EXPONENT) {
                exponent = wanted;
                cut(olds, oldFrom, values, from);
                done = add(cells, done, from, answers);
            }
            resting = done < ROWS ? REST : 0;
        }
        return done;
    }

    private void cut(double[] olds, int oldFrom, double[] values, int from) {
        if (copy.length == 0) {
            copy = new double[ROWS];
            highs = new double[ROWS];
            lows = new double[ROWS];
            oldHighs = new double[ROWS];
            oldLows = new double[ROWS];
        }
        double first = Math.scalb(1.5, exponent);
        double second = Math.scalb(1.5, exponent - 46);
        System.arraycopy(values, from, copy, 0, ROWS);
        cut(copy, first, second, 0x1p1000, highs, lows);
        System.arraycopy(olds, oldFrom, copy, 0, ROWS);
        cut(
                copy, first, second, -0x1p1000, oldHighs,
                oldLows); // what is left of either then has one sign in the difference
    }

    /** Only arrays indexed by the loop variable alone, and few operations: else the compiler leaves it scalar. */
    private static void cut(double[] values, double first, double second, double large, double[] highs, double[] lows) {
        for (int i = 0; i < ROWS; i++) {
            double x = values[i];
            double high = x + first - first;
            double low = x - high;
            double left = low - (low + second - second);
            highs[i] = high;
            lows[i] = low + Math.abs(left) * large * 0x1p1000;
        }
    }

    /** Adds rows that are cut, up to one at which the sum would not be exact. */
    private int add(double[] cells, int start, int from, double[] answers) {
        double first = Math.scalb(1.5, exponent);
        double second = Math.scalb(1.5, exponent - 46);
        double limit = Math.scalb(1.0, exponent - 1);
        double lowLimit = Math.scalb(1.0, exponent - 47);
        double high = cells[0] + first - first;
        double rest = cells[0] - high;
        double low = rest + cells[1];
        boolean fits = low - rest == cells[1] && low - cells[1] == rest && low + second - second == low;
        if (!(fits && Math.abs(high) < limit && Math.abs(low) < lowLimit)) {
            return start;
        }
        int i = start;
        for (; i < ROWS; i++) {
            double sum = high + (highs[i] - oldHighs[i]);
            double lowSum = low + (lows[i] - oldLows[i]);
            if (!(Math.abs(sum) < limit && Math.abs(lowSum) < lowLimit)) {
                break;
            }
            high = sum;
            low = lowSum;
            answers[from + i] = high + low;
        }
        double sum = high + low; // TwoSum: the terms have the most room where the first is the nearest double
        double part = sum - high;
        cells[0] = sum;
        cells[1] = high - (sum - part) + (low - part);
        return i;
    }

    /** The exponent that leaves room for the largest value, and for the sum to grow. */
    private static int exponentFor(double sum, double[] olds, int oldFrom, double[] values, int from) {
        double largest = Math.abs(sum);
        for (int i = 0; i < ROWS; i++) {
            largest = Math.max(largest, Math.max(Math.abs(values[from + i]), Math.abs(olds[oldFrom + i])));
        }
        return Math.getExponent(largest) + ROOM;
    }

    /** The old value is taken from the new one first, so that from row to row there is but one addition to each term. */
    private int slidePairs(
            double[] cells, double[] olds, int oldFrom, double[] values, int from, int to, double[] answers) {
        int back = oldFrom - from;
        double high = cells[0];
        double low = cells[1];
        double count = cells[COUNT];
        int row = from;
        for (; row < to; row++) {
            double x = values[row];
            double y = olds[row + back];
            double change = x - y;
            double part = change - x;
            double changeError = x - (change - part) - (y + part);
            double sum = high + change;
            double sumPart = sum - high;
            double sumError = high - (sum - sumPart) + (change - sumPart);
            double error = changeError + sumError;
            double rest = low + error;
            double answer = mean ? Rounding.quotient(sum, rest, count) : sum + rest;
            boolean exact = error - changeError == sumError
                    && error - sumError == changeError
                    && rest - low == error
                    && rest - error == low;
            if (!exact || Double.isNaN(answer)) {
                break;
            }
            high = sum;
            low = rest;
            answers[row] = answer;
        }
        cells[0] = high;
        cells[1] = low;
        return row;
    }
}

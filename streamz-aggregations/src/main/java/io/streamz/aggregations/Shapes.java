package io.streamz.aggregations;

/**
 * Skew and kurtosis, with the corrections for a sample that spreadsheets and pandas use:
 *
 * <pre>
 *   skew     = √(n (n-1)) / (n-2) · m3 / m2^1.5                            n ≥ 3
 *   kurtosis = (n-1) / ((n-2)(n-3)) · ((n+1) m4 / m2² - 3 (n-1))           n ≥ 4
 * </pre>
 *
 * with the central moments m2, m3, m4 over n. Equal values have skew and kurtosis 0.
 */
final class Shapes extends ShiftedSums {
    private final boolean kurtosis;

    Shapes(boolean kurtosis, DataType... types) {
        super(4, types);
        this.kurtosis = kurtosis;
    }

    @Override
    void products(double dx, double dy, double[] into) {
        double square = dx * dx;
        into[0] = dx;
        into[1] = square;
        into[2] = square * dx;
        into[3] = square * square;
    }

    @Override
    double weight(double[] cells, int at) {
        return cells[at + 2];
    }

    @Override
    double ownShare(double[] cells, int at, double count) {
        return ownShare(cells[at], cells[at + 2], count);
    }

    @Override
    int least() {
        return kurtosis ? 4 : 3;
    }

    @Override
    void shift(TwoTerm[] sums, double delta, double dy, double n) {
        var square = new TwoTerm().set(delta, 0).square();
        var cube = new TwoTerm().set(square).times(delta);
        var first = new TwoTerm().set(sums[0]);
        var second = new TwoTerm().set(sums[1]);
        var third = new TwoTerm().set(sums[2]);
        add(sums[0], new TwoTerm().set(delta, 0).times(n));
        add(sums[1], product(first, 2 * delta));
        add(sums[1], product(square, n));
        add(sums[2], product(second, 3 * delta));
        add(sums[2], new TwoTerm().set(first).times(square.high, square.low).times(3));
        add(sums[2], product(cube, n));
        add(sums[3], product(third, 4 * delta));
        add(sums[3], new TwoTerm().set(second).times(square.high, square.low).times(6));
        add(sums[3], new TwoTerm().set(first).times(cube.high, cube.low).times(4));
        add(sums[3], new TwoTerm().set(square).square().times(n));
    }

    private static TwoTerm product(TwoTerm value, double factor) {
        return new TwoTerm().set(value).times(factor);
    }

    private static void add(TwoTerm sum, TwoTerm term) {
        sum.add(term.high, term.low);
    }

    @Override
    double answer(TwoTerm[] sums, double kx, double ky, double n) {
        double mean = sums[0].value() / n;
        double total = sums[1].value();
        shift(sums, -mean, 0, n);
        double second = sums[1].value() / n;
        if (!(second > total / n * 0x1p-90)) {
            return Double.isNaN(second) ? Double.NaN : 0;
        }
        if (kurtosis) {
            double fourth = sums[3].value() / n / second / second;
            return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * fourth - 3 * (n - 1));
        }
        return Math.sqrt(n * (n - 1)) / (n - 2) * (sums[2].value() / n / second / Math.sqrt(second));
    }
}

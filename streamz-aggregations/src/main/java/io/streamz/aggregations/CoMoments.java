package io.streamz.aggregations;

/**
 * Covariance, correlation and the least-squares line y = slope x + intercept of two inputs, over the rows where both are:
 *
 * <pre>
 *   cov   = Sxy / (n - ddof)        corr = Sxy / √(Sxx Syy)        with Sxy = Σ(x - x̄)(y - ȳ)
 *   slope = Sxy / Sxx               intercept = ȳ - slope x̄        r2 = corr²
 * </pre>
 *
 * Where x does not vary (for corr and r2: x or y), correlation and line are NaN.
 */
final class CoMoments extends ShiftedSums {
    /** The answers. */
    enum Answer {
        COV("cov"),
        CORR("corr"),
        SLOPE("slope"),
        INTERCEPT("intercept"),
        R2("r2");

        final String label;

        Answer(String label) {
            this.label = label;
        }
    }

    private final Answer answer;
    private final double ddof;

    CoMoments(Answer answer, double ddof, DataType... types) {
        super(5, types);
        this.answer = answer;
        this.ddof = ddof;
    }

    @Override
    void products(double dx, double dy, double[] into) {
        into[0] = dx;
        into[1] = dy;
        into[2] = dx * dx;
        into[3] = dx * dy;
        into[4] = dy * dy;
    }

    @Override
    double weight(double[] cells, int at) {
        return cells[at + 4] + cells[at + 8];
    }

    @Override
    int least() {
        return answer == Answer.COV ? (int) ddof + 1 : 2;
    }

    @Override
    void shift(TwoTerm[] sums, double dx, double dy, double n) {
        var x = new TwoTerm().set(sums[0]);
        var y = new TwoTerm().set(sums[1]);
        add(sums[0], new TwoTerm().set(dx, 0).times(n));
        add(sums[1], new TwoTerm().set(dy, 0).times(n));
        add(sums[2], new TwoTerm().set(x).times(2 * dx));
        add(sums[2], new TwoTerm().set(dx, 0).square().times(n));
        add(sums[3], new TwoTerm().set(x).times(dy));
        add(sums[3], new TwoTerm().set(y).times(dx));
        add(sums[3], new TwoTerm().set(dx, 0).times(dy).times(n));
        add(sums[4], new TwoTerm().set(y).times(2 * dy));
        add(sums[4], new TwoTerm().set(dy, 0).square().times(n));
    }

    private static void add(TwoTerm sum, TwoTerm term) {
        sum.add(term.high, term.low);
    }

    @Override
    double ownShare(double[] cells, int at, double count) {
        return Math.min(ownShare(cells[at], cells[at + 4], count), ownShare(cells[at + 2], cells[at + 8], count));
    }

    @Override
    double answer(TwoTerm[] sums, double kx, double ky, double n) {
        double sxx = centred(sums[2], sums[0], sums[0], n);
        double sxy = centred(sums[3], sums[0], sums[1], n);
        double syy = centred(sums[4], sums[1], sums[1], n);
        return switch (answer) {
            case COV -> sxy / (n - ddof);
            case CORR -> correlation(sxx, sxy, syy);
            case SLOPE -> sxy / sxx;
            case INTERCEPT -> intercept(sums, kx, ky, n, sxy / sxx);
            case R2 -> {
                double r = correlation(sxx, sxy, syy);
                yield r * r;
            }
        };
    }

    private static double centred(TwoTerm products, TwoTerm left, TwoTerm right, double n) {
        var mean = new TwoTerm().set(left).times(right.high, right.low).over(n);
        return new TwoTerm().set(products).subtract(mean).value();
    }

    /** Within -1 and 1, whatever rounding says. */
    private static double correlation(double sxx, double sxy, double syy) {
        return Math.max(-1, Math.min(1, sxy / Math.sqrt(sxx) / Math.sqrt(syy)));
    }

    /** ȳ - slope x̄ with the shifts taken together first, which are large where the means are. */
    private static double intercept(TwoTerm[] sums, double kx, double ky, double n, double slope) {
        var value = new TwoTerm().set(sums[1]).over(n).add(ky, 0);
        var way = new TwoTerm().set(sums[0]).over(n).add(kx, 0).times(slope);
        return value.subtract(way).value();
    }
}

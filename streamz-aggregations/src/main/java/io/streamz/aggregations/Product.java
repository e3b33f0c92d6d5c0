package io.streamz.aggregations;

/** {@code product} of numbers as a mantissa and an exponent, so that nothing overflows on the way; 1 of nothing. */
final class Product extends Aggregation {
    private static final int BEYOND = 3000;

    Product() {
        super("product", 1);
    }

    @Override
    public boolean goesOnFromAnswers(DataType... types) {
        return types[0].kind() == Kind.FLOAT;
    }

    @Override
    protected void initial(Accumulator acc) {
        acc.a = 1;
    }

    @Override
    protected void onNew(Accumulator acc, double x) {
        multiply(acc, x, 0);
    }

    @Override
    protected void merge(Accumulator acc, Accumulator other) {
        multiply(acc, other.a, other.i);
    }

    private static void multiply(Accumulator acc, double x, long exponent) {
        int own = Math.getExponent(x);
        double product = acc.a * Math.scalb(x, -own);
        int over = Math.getExponent(product);
        acc.a = Math.scalb(product, -over);
        acc.i += exponent + own + over;
    }

    @Override
    protected double result(Accumulator acc) {
        int exponent = (int) Math.max(-BEYOND, Math.min(BEYOND, acc.i));
        return acc.a == 0 || Double.isNaN(acc.a) ? acc.a : Math.scalb(acc.a, exponent) + 0.0;
    }

    @Override
    protected Double resultOfNothing() {
        return 1.0;
    }

    @Override
    public boolean dependsOnOrder() {
        return false;
    }
}

package io.streamz.aggregations;

import java.io.IOException;

/**
 * Answers made of the exact sum of one term a row, and for some of the sum of another: each term is a double, or a product as two
 * doubles without error, so that order, cut, merge and forgetting cannot show in any of them.
 */
final class TermSums extends GroupStates {
    /** The terms, and what becomes of their sums. */
    enum Form {
        /** Σ|x|. */
        MAGNITUDE,
        /** Σx². */
        SQUARE,
        /** Σwx. */
        WEIGHTED_SUM,
        /** Σwx / Σw. */
        WEIGHTED_MEAN,
        /** exp(Σ ln x / n). */
        GEOMETRIC,
        /** n / Σ(1 / x). */
        HARMONIC
    }

    private final Form form;
    private final RowNumbers numbers;
    private final DoubleSums terms = new DoubleSums(false);

    /** The low halves of the products. */
    private final DoubleSums rests = new DoubleSums(false);

    private final DoubleSums weights = new DoubleSums(false);

    TermSums(Form form, DataType... types) {
        this.form = form;
        numbers = new RowNumbers(types);
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public void ensure(int groups) {
        terms.ensure(groups);
        if (hasProducts()) {
            rests.ensure(groups);
        }
        if (form == Form.WEIGHTED_MEAN) {
            weights.ensure(groups);
        }
    }

    private boolean hasProducts() {
        return form == Form.SQUARE || form == Form.WEIGHTED_SUM || form == Form.WEIGHTED_MEAN;
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        double x = numbers.of(inputs, 0, row);
        terms.add(id, term(x, inputs, row));
        if (hasProducts()) {
            rests.add(id, rest(x, inputs, row));
        }
        if (form == Form.WEIGHTED_MEAN) {
            weights.add(id, numbers.of(inputs, 1, row));
        }
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        double x = numbers.of(inputs, 0, row);
        terms.forget(id, term(x, inputs, row));
        if (hasProducts()) {
            rests.forget(id, rest(x, inputs, row));
        }
        if (form == Form.WEIGHTED_MEAN) {
            weights.forget(id, numbers.of(inputs, 1, row));
        }
    }

    private double term(double x, Lane[] inputs, int row) {
        return switch (form) {
            case MAGNITUDE -> Math.abs(x);
            case SQUARE -> x * x;
            case WEIGHTED_SUM, WEIGHTED_MEAN -> x * numbers.of(inputs, 1, row);
            case GEOMETRIC -> StrictMath.log(x);
            case HARMONIC -> 1 / x;
        };
    }

    /** What the product is off by; none where it is not finite. */
    private double rest(double x, Lane[] inputs, int row) {
        double factor = form == Form.SQUARE ? x : numbers.of(inputs, 1, row);
        double product = x * factor;
        return Math.abs(product) <= Double.MAX_VALUE ? Math.fma(x, factor, -product) : 0;
    }

    @Override
    public long count(int id) {
        return terms.count(id);
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof TermSums that
                && (that.form == form || that.form == Form.WEIGHTED_MEAN && form == Form.WEIGHTED_SUM);
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        boolean isSum = form == Form.MAGNITUDE || form == Form.SQUARE || form == Form.WEIGHTED_SUM;
        if (held.count(id) == 0 && !isSum) {
            out.setNull(row);
        } else {
            ((DoubleLane) out).values()[row] = ((TermSums) held).answer(form, id);
        }
        return true;
    }

    private double answer(Form asked, int id) {
        return switch (asked) {
            case MAGNITUDE -> terms.sumOf(id);
            case SQUARE, WEIGHTED_SUM -> products(id);
            case WEIGHTED_MEAN -> products(id) / weights.sumOf(id);
            case GEOMETRIC -> StrictMath.exp(terms.meanOf(id));
            case HARMONIC -> 1 / terms.meanOf(id);
        };
    }

    private double products(int id) {
        double sum = terms.sumOf(id);
        return Math.abs(sum) <= Double.MAX_VALUE ? terms.sumWith(id, rests) : sum;
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        var that = (TermSums) other;
        terms.merge(id, that.terms, otherId);
        if (hasProducts()) {
            rests.merge(id, that.rests, otherId);
        }
        if (form == Form.WEIGHTED_MEAN) {
            weights.merge(id, that.weights, otherId);
        }
    }

    @Override
    public void free(int id) {
        terms.free(id);
        if (hasProducts()) {
            rests.free(id);
        }
        if (form == Form.WEIGHTED_MEAN) {
            weights.free(id);
        }
    }

    @Override
    public long bytes() {
        return terms.bytes() + rests.bytes() + weights.bytes();
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        terms.write(id, out);
        if (hasProducts()) {
            rests.write(id, out);
        }
        if (form == Form.WEIGHTED_MEAN) {
            weights.write(id, out);
        }
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        terms.read(id, in);
        if (hasProducts()) {
            rests.read(id, in);
        }
        if (form == Form.WEIGHTED_MEAN) {
            weights.read(id, in);
        }
    }
}

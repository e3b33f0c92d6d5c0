package io.streamz.aggregations;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Answers over a list of rows, from scratch and by the textbook: what every scheme must agree with. */
final class Oracle {
    /** What the schemes are tried with; the answers of {@link #answer} stand in the same order. */
    static final List<Measure> MEASURES = List.of(
            Measure.of(Aggregations.sum(), 0),
            Measure.of(Aggregations.mean(), 0).minCount(2),
            Measure.of(Aggregations.max(), 0),
            Measure.of(Aggregations.min(), 1).where(3),
            Measure.of(Aggregations.sum(), 1).where(3),
            Measure.of(Aggregations.min(), 2),
            Measure.of(Aggregations.count(), 0),
            Measure.of(Aggregations.size()).where(3),
            Measure.of(new InOrder(false), 1),
            Measure.of(new InOrder(true), 1),
            Measure.of(Aggregations.first(), 0),
            Measure.of(Aggregations.lastNonNull(), 2),
            Measure.of(Aggregations.argMax(), 1));

    private Oracle() {}

    /** A function of the order of the values, exact in wrapping longs: 31-ary digits; forgets its oldest where it may. */
    static final class InOrder extends Aggregation {
        private final boolean plain;

        InOrder(boolean plain) {
            super(plain ? "digit_sum" : "digits", 1);
            this.plain = plain;
        }

        @Override
        protected void initial(Accumulator acc) {
            acc.j = 1;
        }

        @Override
        protected void onNew(Accumulator acc, double x) {
            acc.i = plain ? acc.i + (long) x : acc.i * 31 + (long) x;
            acc.j *= 31;
        }

        @Override
        protected void onOld(Accumulator acc, double x) {
            acc.i -= (long) x;
        }

        @Override
        public boolean canForget() {
            return plain;
        }

        @Override
        protected void merge(Accumulator acc, Accumulator other) {
            acc.i = plain ? acc.i + other.i : acc.i * other.j + other.i;
            acc.j *= other.j;
        }

        @Override
        protected double result(Accumulator acc) {
            return acc.i >> 12;
        }
    }

    static Object answer(int measure, List<Rows.Row> rows) {
        return answer(measure, rows, MEASURES.get(measure).minCount());
    }

    static Object answer(int measure, List<Rows.Row> all, long minCount) {
        boolean where = measure == 3 || measure == 4 || measure == 7;
        List<Rows.Row> rows = where
                ? all.stream().filter(row -> Boolean.TRUE.equals(row.flag())).toList()
                : all;
        List<Double> xs =
                rows.stream().map(Rows.Row::x).filter(Objects::nonNull).toList();
        List<Long> ns = rows.stream().map(Rows.Row::n).filter(Objects::nonNull).toList();
        List<String> texts =
                rows.stream().map(Rows.Row::text).filter(Objects::nonNull).toList();
        int values = List.of(xs, xs, xs, ns, ns, texts, xs, rows, ns, ns, xs, texts, ns)
                .get(measure)
                .size();
        if (values < minCount && measure != 6 && measure != 7) {
            return null;
        }
        return switch (measure) {
            case 0 -> sum(xs);
            case 1 -> xs.isEmpty() ? null : mean(xs);
            case 2 -> xs.isEmpty() ? null : extreme(xs);
            case 3 -> ns.stream().min(Long::compare).orElse(null);
            case 4 -> ns.stream().mapToLong(n -> n).sum();
            case 5 -> texts.stream().min(String::compareTo).orElse(null);
            case 6 -> (long) xs.size();
            case 7 -> (long) rows.size();
            case 8 -> ns.isEmpty() ? null : (double) (ns.stream().reduce(0L, (h, n) -> h * 31 + n) >> 12);
            case 10 -> rows.isEmpty() ? null : rows.get(0).x();
            case 11 -> texts.isEmpty() ? null : texts.get(texts.size() - 1);
            case 12 ->
                ns.isEmpty()
                        ? null
                        : (long) rows.stream()
                                .map(Rows.Row::n)
                                .toList()
                                .indexOf(ns.stream().max(Long::compare).orElseThrow());
            default ->
                ns.isEmpty() ? null : (double) (ns.stream().mapToLong(n -> n).sum() >> 12);
        };
    }

    static Double sum(List<Double> xs) {
        if (xs.stream().anyMatch(x -> !Double.isFinite(x))) {
            return special(xs);
        }
        return exact(xs).doubleValue() + 0.0;
    }

    static Double mean(List<Double> xs) {
        if (xs.stream().anyMatch(x -> !Double.isFinite(x))) {
            return special(xs);
        }
        return Rounding.ratio(
                exact(xs).multiply(BigDecimal.valueOf(2).pow(1074)).toBigIntegerExact(),
                Rounding.LEAST,
                java.math.BigInteger.valueOf(xs.size()));
    }

    private static BigDecimal exact(List<Double> xs) {
        return xs.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static double special(List<Double> xs) {
        return xs.stream().filter(x -> !Double.isFinite(x)).mapToDouble(x -> x).sum();
    }

    private static double extreme(List<Double> xs) {
        return xs.stream().mapToDouble(x -> x + 0.0).reduce(Double.NEGATIVE_INFINITY, Math::max);
    }

    /** All answers of a scheme for some groups, one list for each measure. */
    interface Answers {
        void result(int measure, int[] ids, int count, Lane out);
    }

    static List<List<Object>> ask(int[] ids, int count, Answers answers) {
        List<List<Object>> all = new ArrayList<>();
        for (int measure = 0; measure < MEASURES.size(); measure++) {
            Lane out = lane(measure);
            answers.result(measure, ids, count, out);
            all.add(Lanes.values(out));
        }
        return all;
    }

    static Lane lane(int measure) {
        return MEASURES.get(measure).resultType(Rows.TYPES).kind().lane();
    }

    static Measure[] measures() {
        return MEASURES.toArray(Measure[]::new);
    }
}

package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Variances over the last n rows of all: exact to twelve digits for data of every kind, the same bits for every cut and after restarts. */
class RingMomentsTest {
    private static final int TRIES = Integer.getInteger("streamz.tries", 250);
    private static final DataType[] TYPES = {DataType.FLOAT64, DataType.BOOL};

    /** A row of data. */
    private interface Form {
        double at(int row, Random random);
    }

    private static final List<Form> FORMS = List.of(
            (row, random) -> 1000 * random.nextDouble(),
            (row, random) -> 1e9 + random.nextGaussian() * 1e-3,
            (row, random) -> row * 0.25,
            (row, random) -> row % 90 < 60 ? 7.5 : 7.5 + row % 5,
            (row, random) -> random.nextInt(60) == 0 ? 1e12 * random.nextGaussian() : random.nextGaussian(),
            (row, random) -> Math.scalb(1 + random.nextDouble(), row % 200 - 100),
            (row, random) -> Math.scalb(1 + random.nextDouble(), 100 - row % 200),
            (row, random) -> 1e16 + 2 * random.nextInt(3),
            (row, random) -> (random.nextBoolean() ? 1 : -1) * 1.5e308 * random.nextDouble(),
            (row, random) -> Double.MIN_VALUE * random.nextInt(5000),
            (row, random) -> 1e-290 * random.nextGaussian(),
            (row, random) -> -0.0,
            (row, random) -> random.nextInt(40) == 0 ? Double.NaN : random.nextInt(9) / 8.0,
            (row, random) -> random.nextInt(80) == 0 ? Double.POSITIVE_INFINITY : row * row,
            (row, random) -> Math.exp(random.nextGaussian() * 3));

    @Test
    void areExactToTwelveDigitsWithTheSameBitsForEveryCut() throws IOException {
        long seed = System.nanoTime();
        System.out.println("RingMomentsTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < Math.max(TRIES / 4, 2 * FORMS.size()); i++) {
            int n = 1 + random.nextInt(random.nextBoolean() ? 8 : 200);
            int rows = n + random.nextInt(400);
            List<Object> values = new ArrayList<>();
            List<Object> flags = new ArrayList<>();
            boolean nulls = random.nextInt(3) == 0;
            for (int row = 0; row < rows; row++) {
                values.add(
                        nulls && random.nextInt(6) == 0
                                ? null
                                : FORMS.get(i % FORMS.size()).at(row, random));
                flags.add(random.nextInt(4) > 0);
            }
            Spread spread = List.of(Spread.values()).get(random.nextInt(3));
            int ddof = random.nextInt(3);
            Measure plain = Measure.of(new Variance(spread, ddof), 0);
            Measure measure = random.nextInt(4) == 0 ? plain.where(1) : plain;
            boolean beside = random.nextInt(4) == 0;
            String what = measure + " of " + n + " rows, form " + i % FORMS.size() + ", seed " + seed + ", try " + i;
            List<Object> whole = run(measure, n, values, flags, rows, beside, null);
            assertThat(run(measure, n, values, flags, 1 + random.nextInt(60), beside, random))
                    .as(what)
                    .isEqualTo(whole);
            for (int row = 0; row < rows; row++) {
                Object expected = expected(values, measure == plain ? null : flags, row, n, spread, ddof);
                near(whole.get(row), expected, what + ", row " + row);
            }
        }
    }

    /** Batches of so many rows at the most; restarts now and then where there is a random. A last value beside it keeps rows in slots. */
    private static List<Object> run(
            Measure measure, int n, List<Object> values, List<Object> flags, int batch, boolean beside, Random random)
            throws IOException {
        List<Object> answers = new ArrayList<>();
        Rolling rolling = rolling(measure, n, beside);
        for (int from = 0; from < values.size(); ) {
            int to = Math.min(values.size(), from + (random == null ? batch : 1 + random.nextInt(batch)));
            Lane[] columns = {
                Lanes.of(DataType.FLOAT64, values.subList(from, to)), Lanes.of(DataType.BOOL, flags.subList(from, to))
            };
            Lane[] out = {new DoubleLane(), new LongLane()};
            rolling.add(null, to - from, null, columns, beside ? out : new Lane[] {out[0]}, (at, row) -> {});
            answers.addAll(Lanes.values(out[0]));
            if (random != null && random.nextInt(5) == 0) {
                byte[] bytes = bytes(rolling);
                rolling = rolling(measure, n, beside);
                rolling.read(new ByteArrayInputStream(bytes));
                assertThat(bytes(rolling)).isEqualTo(bytes);
            }
            from = to;
        }
        return answers;
    }

    private static Rolling rolling(Measure measure, int n, boolean beside) {
        Span span = Span.rows(n).minPeriods(1);
        return beside
                ? new Rolling(span, false, TYPES, measure, Measure.of(Aggregations.last(), 1))
                : new Rolling(span, false, TYPES, measure);
    }

    private static byte[] bytes(Rolling rolling) throws IOException {
        var bytes = new ByteArrayOutputStream();
        rolling.write(bytes);
        return bytes.toByteArray();
    }

    private static Double expected(List<Object> values, List<Object> flags, int row, int n, Spread spread, int ddof) {
        List<Double> inside = new ArrayList<>();
        for (int i = Math.max(0, row + 1 - n); i <= row; i++) {
            if (values.get(i) != null && (flags == null || Boolean.TRUE.equals(flags.get(i)))) {
                inside.add((Double) values.get(i));
            }
        }
        int count = inside.size();
        if (count == 0 || count <= ddof) {
            return null;
        }
        if (inside.stream().anyMatch(x -> !Double.isFinite(x))) {
            return Double.NaN;
        }
        BigDecimal size = BigDecimal.valueOf(count);
        List<BigDecimal> exact = inside.stream().map(BigDecimal::new).toList();
        BigDecimal sum = exact.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal squares = exact.stream().map(x -> x.multiply(x)).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal over = size.multiply(BigDecimal.valueOf(count - ddof));
        BigDecimal variance = squares.multiply(size).subtract(sum.multiply(sum)).divide(over, MathContext.DECIMAL128);
        return switch (spread) {
            case VARIANCE -> variance.doubleValue();
            case DEVIATION -> variance.sqrt(MathContext.DECIMAL128).doubleValue();
            case STANDARD_ERROR ->
                variance.divide(size, MathContext.DECIMAL128)
                        .sqrt(MathContext.DECIMAL128)
                        .doubleValue();
        };
    }

    private static void near(Object got, Object expected, String what) {
        if (expected == null || (Double) expected == 0 || !Double.isFinite((Double) expected)) {
            assertThat(got).as(what).isEqualTo(expected);
        } else {
            double most = Math.max(Math.abs((Double) expected) * 1e-12, Double.MIN_VALUE);
            assertThat(Math.abs((Double) got - (Double) expected))
                    .as(what + ": " + got + " for " + expected)
                    .isLessThanOrEqualTo(most);
        }
    }

    @Test
    void anEarlierVersionsStateIsRefused() throws IOException {
        Measure variance = Measure.of(new Variance(Spread.VARIANCE, 1), 0);
        byte[] bytes = bytes(rolling(variance, 3, false));
        bytes[0] = 1;
        assertThatThrownBy(() -> rolling(variance, 3, false).read(new ByteArrayInputStream(bytes)))
                .hasMessage("state of a rolling variance has version 1; this library reads version 2");
        Rolling sums = rolling(Measure.of(Aggregations.sum(), 0), 3, false);
        sums.read(new ByteArrayInputStream(bytes));
        assertThat(sums.rows()).isZero();
    }

    @Test
    void aGridIsNotMadeAnewForEachRow() {
        for (Form form : FORMS) {
            var random = new Random(3);
            List<Object> values = new ArrayList<>();
            for (int row = 0; row < 5_000; row++) {
                values.add(form.at(row, random));
            }
            Lane[] columns = {
                Lanes.of(DataType.FLOAT64, values), Lanes.of(DataType.BOOL, Collections.nCopies(5_000, (Object) true))
            };
            var rings = new Rings(1_000, false, TYPES);
            var moments = new RingMoments(Measure.of(new Variance(Spread.DEVIATION, 1), 0), rings);
            Lane out = new DoubleLane();
            out.reset(5_000);
            moments.bind(columns);
            for (int from = 0; from < 5_000; ) {
                int to = rings.take(null, from, 5_000);
                moments.ensure(1);
                moments.play(from, out, 0, (at, row) -> {});
                rings.store(columns);
                from = to;
            }
            assertThat(moments.renewals).isLessThan(200);
        }
    }
}

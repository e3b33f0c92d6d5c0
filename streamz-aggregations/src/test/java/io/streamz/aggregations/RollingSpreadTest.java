package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rolling variance over data that makes forgetting lose precision: close to the exact answer, the same bits for every cut. */
class RollingSpreadTest {
    private static final int TRIES = Integer.getInteger("streamz.tries", 150);
    private static final DataType[] TYPES = {DataType.FLOAT64};

    @Test
    void isExactToTwelveDigitsWithTheSameBitsForEveryCut() throws IOException {
        long seed = System.nanoTime();
        System.out.println("RollingSpreadTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            int n = 2 + random.nextInt(12);
            boolean byTime = random.nextBoolean();
            boolean keyed = random.nextBoolean();
            int count = 20 + random.nextInt(60);
            List<Double> values = values(random, count);
            int[] ids = random.ints(count, 0, keyed ? 3 : 1).toArray();
            Span span = byTime ? Span.time(n) : Span.rows(n).minPeriods(1);
            String what = span + " keyed " + keyed + " seed " + seed + " try " + i;
            List<Object> whole = run(span, keyed, ids, values, count, false, random);
            assertThat(run(span, keyed, ids, values, 1 + random.nextInt(9), random.nextBoolean(), random))
                    .as(what)
                    .isEqualTo(whole);
            for (int row = 0; row < count; row++) {
                near(whole.get(row), expected(ids, values, row, n, byTime), what + " row " + row);
            }
        }
    }

    private static List<Double> values(Random random, int count) {
        List<Double> values = new ArrayList<>();
        boolean nulls = random.nextBoolean();
        double offset = random.nextBoolean() ? 0 : Math.scalb(1.0, random.nextInt(60));
        int spread = random.nextInt(4) * 20;
        for (int row = 0; row < count; row++) {
            double x =
                    offset + Math.scalb((double) random.nextInt(1000) - 500, spread == 0 ? 0 : random.nextInt(spread));
            values.add(nulls && random.nextInt(6) == 0 ? null : x);
        }
        return values;
    }

    private static List<Object> run(
            Span span, boolean keyed, int[] ids, List<Double> values, int batch, boolean restart, Random random)
            throws IOException {
        List<Object> answers = new ArrayList<>();
        var numbering = new Numbering();
        Rolling rolling = rolling(span, keyed);
        for (int from = 0; from < values.size(); from += batch) {
            int to = Math.min(values.size(), from + batch);
            List<Long> times = new ArrayList<>();
            for (long row = from; row < to; row++) {
                times.add(row);
            }
            int[] some = java.util.Arrays.copyOfRange(ids, from, to);
            Lane[] columns = {Lanes.of(DataType.FLOAT64, values.subList(from, to))};
            Lane[] out = {new DoubleLane()};
            LongLane at = (LongLane) Lanes.of(DataType.INT64, times);
            rolling.add(numbering.ids(some), to - from, at, columns, out, (measure, row) -> {});
            answers.addAll(Lanes.values(out[0]));
            for (int i = 0; i < rolling.goneCount(); i++) {
                if (keyed) {
                    numbering.free(rolling.gone()[i]);
                }
            }
            if (restart && random.nextInt(3) == 0) {
                var bytes = new ByteArrayOutputStream();
                rolling.write(bytes);
                if (keyed) {
                    numbering.renumber(rolling.liveIds(new int[0]), rolling.size());
                }
                rolling = rolling(span, keyed);
                rolling.read(new ByteArrayInputStream(bytes.toByteArray()));
            }
        }
        return answers;
    }

    private static Rolling rolling(Span span, boolean keyed) {
        return new Rolling(span, keyed, TYPES, Measure.of(Aggregations.named("var"), 0));
    }

    private static Double expected(int[] ids, List<Double> values, int row, int n, boolean byTime) {
        List<BigDecimal> inside = new ArrayList<>();
        int rows = 0;
        for (int i = row; i >= 0; i--) {
            if (ids[i] == ids[row] && (byTime ? i > row - n : rows++ < n) && values.get(i) != null) {
                inside.add(new BigDecimal(values.get(i)));
            }
        }
        if (inside.size() < 2) {
            return null;
        }
        BigDecimal size = BigDecimal.valueOf(inside.size());
        BigDecimal sum = inside.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal squares = inside.stream().map(x -> x.multiply(x)).reduce(BigDecimal.ZERO, BigDecimal::add);
        return squares.multiply(size)
                .subtract(sum.multiply(sum))
                .divide(size.multiply(size.subtract(BigDecimal.ONE)), MathContext.DECIMAL128)
                .doubleValue();
    }

    private static void near(Object got, Double expected, String what) {
        if (expected == null || expected == 0) {
            assertThat(got).as(what).isEqualTo(expected);
        } else {
            assertThat(Math.abs((Double) got - expected) / expected)
                    .as(what + " " + got + " for " + expected)
                    .isLessThan(1e-12);
        }
    }
}

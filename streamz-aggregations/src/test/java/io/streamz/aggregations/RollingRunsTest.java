package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One measure alone over the last n rows of all, for which a full ring is slid over without slots: as recomputed, whatever the cuts. */
class RollingRunsTest {
    private static final int TRIES = Integer.getInteger("streamz.tries", 250);

    private static Measure measure(Random random) {
        Interpolation interpolation = List.of(Interpolation.values()).get(random.nextInt(5));
        Measure measure = Measure.of(
                switch (random.nextInt(7)) {
                    case 0 -> Aggregations.sum();
                    case 1 -> Aggregations.mean();
                    case 2 -> Aggregations.max();
                    case 3 -> Aggregations.min();
                    case 4 -> Aggregations.count();
                    case 5 -> Aggregations.median();
                    default -> Aggregations.quantile(random.nextInt(11) / 10.0, interpolation);
                },
                0);
        return random.nextInt(3) == 0 ? measure.where(3) : measure;
    }

    @Test
    void agreeWithTheRowsInside() throws IOException {
        long seed = System.nanoTime();
        System.out.println("RollingRunsTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            Measure measure = measure(random);
            int n = 1 + random.nextInt(random.nextBoolean() ? 6 : 60);
            Span span = Span.rows(n).minPeriods(1 + random.nextInt(n));
            Rows rows = Rows.random(random, random.nextInt(300), 1, 0);
            if (random.nextBoolean()) {
                rows = plain(rows);
            }
            String what = measure + " " + span + " seed " + seed + " try " + i;
            List<Object> expected = recomputed(measure, span, n, rows);
            assertThat(answers(measure, span, List.of(rows), false)).as(what).isEqualTo(expected);
            assertThat(answers(measure, span, rows.cut(random), random.nextBoolean()))
                    .as(what)
                    .isEqualTo(expected);
        }
    }

    /** Batches of many rows, which sums cut before they add them, of values that can be cut, of others and of both. */
    @Test
    void sumsAgreeWithTheRowsInsideWhereBatchesAreLong() throws IOException {
        long seed = System.nanoTime();
        System.out.println("RollingRunsTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < Math.max(TRIES / 5, 48); i++) {
            int kind = i % 12;
            int other = random.nextInt(12);
            int length = random.nextInt(2500);
            int change = random.nextInt(3) == 0 ? random.nextInt(length + 1) : length;
            List<Rows.Row> list = new ArrayList<>();
            for (int row = 0; row < length; row++) {
                double x = BlockSumTest.of(random, row < change ? kind : other);
                list.add(new Rows.Row(0, row, x, 1L, "", true));
            }
            Rows rows = new Rows(list);
            Measure measure = Measure.of(random.nextInt(5) == 0 ? Aggregations.mean() : Aggregations.sum(), 0);
            int n = 1 + random.nextInt(random.nextBoolean() ? 6 : 300);
            Span span = Span.rows(n).minPeriods(1);
            String what = measure + " " + span + " kinds " + kind + " " + other + " seed " + seed + " try " + i;
            List<Object> expected = recomputed(measure, span, n, rows);
            assertThat(answers(measure, span, List.of(rows), false)).as(what).isEqualTo(expected);
            assertThat(answers(measure, span, rows.cut(random), random.nextBoolean()))
                    .as(what)
                    .isEqualTo(expected);
        }
    }

    /** Batches longer than the window, for which quantiles go from one sorted run to the next. */
    @Test
    void quantilesAgreeWithTheRowsInsideWhereBatchesAreLong() throws IOException {
        long seed = System.nanoTime();
        System.out.println("RollingRunsTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < Math.max(TRIES / 5, 20); i++) {
            Interpolation interpolation = List.of(Interpolation.values()).get(random.nextInt(5));
            double quantile = random.nextInt(3) == 0 ? 0.5 : random.nextInt(11) / 10.0;
            Measure measure = Measure.of(Aggregations.quantile(quantile, interpolation), 0);
            int n = 30 + random.nextInt(150);
            int kind = i % 10;
            List<Rows.Row> list = new ArrayList<>();
            for (int row = 0; row < n * (2 + random.nextInt(5)) + random.nextInt(n); row++) {
                list.add(new Rows.Row(0, row, value(kind, row, random), 1L, "", true));
            }
            Rows rows = new Rows(list);
            Span span = Span.rows(n).minPeriods(1);
            String what = measure + " " + span + " kind " + kind + " seed " + seed + " try " + i;
            List<Object> expected = recomputed(measure, span, n, rows);
            assertThat(answers(measure, span, List.of(rows), false)).as(what).isEqualTo(expected);
            assertThat(answers(measure, span, rows.cut(random), random.nextBoolean()))
                    .as(what)
                    .isEqualTo(expected);
        }
    }

    private static Double value(int kind, int row, Random random) {
        return switch (kind) {
            case 0 -> random.nextGaussian();
            case 1 -> (double) random.nextInt(4);
            case 2 -> 1e9 + random.nextInt(1 << 20) * 0x1p-22;
            case 3 -> random.nextInt(90) == 0 ? Double.NaN : 1000 * random.nextDouble();
            case 4 -> random.nextInt(60) == 0 ? Double.POSITIVE_INFINITY : random.nextGaussian();
            case 5 -> random.nextInt(60) == 0 ? Double.NEGATIVE_INFINITY : -row * 0.1;
            case 6 -> Math.scalb(random.nextGaussian(), random.nextInt(1500) - 700);
            case 7 -> Math.scalb(1 + random.nextInt(1 << 12) * 0x1p-52, random.nextInt(2) * 900 - 300);
            case 8 -> random.nextBoolean() ? -0.0 : 0.0;
            default -> random.nextInt(300) == 0 ? null : row + random.nextDouble();
        };
    }

    /** Without nulls and with ordinary values. */
    private static Rows plain(Rows rows) {
        return new Rows(rows.rows().stream()
                .map(row -> new Rows.Row(0, row.time(), row.time() % 7 / 10.0, 1L, "", true))
                .toList());
    }

    private static List<Object> recomputed(Measure measure, Span span, int n, Rows rows) {
        List<Object> answers = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            Tallies tallies = new Tallies(Rows.TYPES, measure.rolling(span.minPeriods()));
            Rows inside = rows.part(Math.max(0, row + 1 - n), row + 1);
            tallies.add(null, inside.size(), inside.lanes(), 1);
            Lane out = measure.resultType(Rows.TYPES).kind().lane();
            tallies.result(0, null, 1, out, index -> {});
            answers.addAll(Lanes.values(out));
        }
        return answers;
    }

    private static List<Object> answers(Measure measure, Span span, List<Rows> batches, boolean restart)
            throws IOException {
        List<Object> answers = new ArrayList<>();
        var rolling = new Rolling(span, false, Rows.TYPES, measure);
        for (Rows batch : batches) {
            Lane[] out = {measure.resultType(Rows.TYPES).kind().lane()};
            rolling.add(null, batch.size(), null, batch.lanes(), out, (at, row) -> {});
            answers.addAll(Lanes.values(out[0]));
            if (restart) {
                var bytes = new ByteArrayOutputStream();
                rolling.write(bytes);
                rolling = new Rolling(span, false, Rows.TYPES, measure);
                rolling.read(new ByteArrayInputStream(bytes.toByteArray()));
            }
        }
        return answers;
    }
}

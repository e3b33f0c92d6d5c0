package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EwmTest {
    private static final int TRIES = Integer.getInteger("streamz.tries", 300);

    @Test
    void agreesWithTheWeightedSumsHoweverRowsAreCut() throws IOException {
        long seed = System.nanoTime();
        System.out.println("EwmTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            Decay decay = decay(random);
            boolean keyed = random.nextBoolean();
            Ewm.Function[] functions = functions(random, decay);
            Rows rows = tame(random, Rows.random(random, random.nextInt(80), 1 + random.nextInt(4), 0));
            List<List<Object>> whole = run(decay, functions, keyed, List.of(rows), false);
            List<List<Object>> cut = run(decay, functions, keyed, rows.cut(random), random.nextBoolean());
            String what = decay + " keyed " + keyed + " seed " + seed + " try " + i;
            assertThat(cut).as(what).isEqualTo(whole);
            for (int f = 0; f < functions.length; f++) {
                for (int row = 0; row < rows.size(); row++) {
                    near(
                            whole.get(f).get(row),
                            expected(decay, functions[f], keyed, rows.rows(), row),
                            what + " row " + row);
                }
            }
        }
    }

    private static Decay decay(Random random) {
        if (random.nextInt(4) == 0) {
            return Decay.halfLifeOf(1 + random.nextInt(20)).minPeriods(1 + random.nextInt(3));
        }
        Decay decay = switch (random.nextInt(4)) {
            case 0 -> Decay.com(random.nextInt(5));
            case 1 -> Decay.span(1 + random.nextInt(9));
            case 2 -> Decay.halfLife(0.5 + random.nextInt(9));
            default -> Decay.alpha(1 - random.nextDouble());
        };
        return decay.adjust(random.nextBoolean())
                .ignoreNulls(random.nextBoolean())
                .minPeriods(1 + random.nextInt(3));
    }

    private static Ewm.Function[] functions(Random random, Decay decay) {
        if (random.nextInt(3) == 0) {
            return new Ewm.Function[] {Ewm.Function.MEAN};
        }
        return decay.adjust()
                ? Ewm.Function.values()
                : new Ewm.Function[] {Ewm.Function.STD, Ewm.Function.MEAN, Ewm.Function.VAR};
    }

    private static Rows tame(Random random, Rows rows) {
        boolean nulls = random.nextBoolean();
        return new Rows(rows.rows().stream()
                .map(row -> new Rows.Row(
                        row.id(),
                        row.time(),
                        row.n() == null && nulls ? null : random.nextGaussian() * 10,
                        0L,
                        "",
                        true))
                .toList());
    }

    private static List<List<Object>> run(
            Decay decay, Ewm.Function[] functions, boolean keyed, List<Rows> batches, boolean restart)
            throws IOException {
        List<List<Object>> answers = new ArrayList<>();
        Arrays.stream(functions).forEach(f -> answers.add(new ArrayList<>()));
        var ewm = new Ewm(decay, DataType.FLOAT64, functions);
        var numbering = new Numbering();
        for (Rows batch : batches) {
            DoubleLane[] out = new DoubleLane[functions.length];
            Arrays.setAll(out, f -> new DoubleLane());
            int[] ids = keyed ? numbering.ids(batch.ids()) : null;
            ewm.add(ids, batch.size(), batch.times(), batch.lanes()[0], out);
            for (int f = 0; f < out.length; f++) {
                answers.get(f).addAll(Lanes.values(out[f]));
            }
            if (restart) {
                numbering.renumber(ewm.liveIds(new int[0]), keyed ? ewm.size() : 0);
                byte[] bytes = bytes(ewm);
                ewm = new Ewm(decay, DataType.FLOAT64, functions);
                ewm.read(new ByteArrayInputStream(bytes));
                assertThat(bytes(ewm)).isEqualTo(bytes);
            }
        }
        return answers;
    }

    /** Long enough for weights to settle, with all that begins, goes through and ends a block of means. */
    @Test
    void blocksOfMeansAgreeWithTheWeightedSumsHoweverRowsAreCut() throws IOException {
        long seed = System.nanoTime();
        System.out.println("EwmTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            double[] alphas = {0.5, 0.05 + 0.45 * random.nextDouble(), Math.pow(10, -6 * random.nextDouble()) / 2};
            Decay decay = Decay.alpha(alphas[random.nextInt(3)])
                    .adjust(random.nextBoolean())
                    .ignoreNulls(random.nextBoolean())
                    .minPeriods(1 + random.nextInt(2));
            int odd = random.nextInt(4); // 0: plain, 1: spikes, 2: nulls and spikes, 3: all that there is
            Double[] values = new Double[random.nextInt(1500)];
            Arrays.setAll(values, row -> value(random, odd));
            String what = decay + " seed " + seed + " try " + i;
            List<Double> whole = new ArrayList<>();
            byte[] state = feed(decay, values, values.length, random, whole);
            int longest = 1 + random.nextInt(random.nextBoolean() ? 6 : 400);
            List<Double> cut = new ArrayList<>();
            assertThat(feed(decay, values, longest, random, cut)).as(what).isEqualTo(state);
            assertThat(cut).as(what).isEqualTo(whole);
            List<Double> expected = weightedMeans(decay, values);
            for (int row = 0; row < values.length; row++) {
                if (odd < 3) {
                    near(whole.get(row), expected.get(row), what + " row " + row);
                } else if (expected.get(row) != null && !Double.isFinite(expected.get(row))) {
                    assertThat(whole.get(row)).as(what + " row " + row).isEqualTo(expected.get(row));
                }
            }
        }
    }

    private static Double value(Random random, int odd) {
        int draw = random.nextInt(400);
        if (odd == 3 && draw == 0) {
            return new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}[random.nextInt(3)];
        }
        if (odd >= 2 && draw < 8) {
            return null;
        }
        return odd >= 1 && draw < 20 ? Math.scalb(1.0, random.nextInt(1000)) : 5 + random.nextDouble();
    }

    /** Batches of random lengths, some through their state. */
    private static byte[] feed(Decay decay, Double[] values, int longest, Random random, List<Double> means)
            throws IOException {
        var ewm = new Ewm(decay, DataType.FLOAT64, Ewm.Function.MEAN);
        DoubleLane[] out = {new DoubleLane()};
        for (int from = 0; from < values.length; ) {
            int to = longest == values.length ? longest : Math.min(values.length, from + 1 + random.nextInt(longest));
            Object[] batch = Arrays.copyOfRange(values, from, to, Object[].class);
            ewm.add(null, batch.length, null, Lanes.of(DataType.FLOAT64, batch), out);
            Lanes.values(out[0]).forEach(mean -> means.add((Double) mean));
            if (random.nextInt(8) == 0) {
                byte[] bytes = bytes(ewm);
                ewm = new Ewm(decay, DataType.FLOAT64, Ewm.Function.MEAN);
                ewm.read(new ByteArrayInputStream(bytes));
            }
            from = to;
        }
        return bytes(ewm);
    }

    /** Numerator and denominator, aged row by row: no term is negative, so that nothing cancels. */
    private static List<Double> weightedMeans(Decay decay, Double[] values) {
        List<Double> means = new ArrayList<>();
        double sum = 0;
        double weight = 0;
        long count = 0;
        for (Double x : values) {
            double kept = x != null || !decay.ignoreNulls() ? 1 - decay.alpha() : 1;
            sum *= kept;
            weight *= kept;
            if (x != null) {
                double own = decay.adjust() || count == 0 ? 1 : decay.alpha();
                sum += own * x;
                weight += own;
                count++;
                if (!decay.adjust()) {
                    sum /= weight;
                    weight = 1;
                }
            }
            means.add(count < decay.minPeriods() ? null : (Double) (sum / weight));
        }
        return means;
    }

    /** The differences inside of a block would overflow, and the means do not. */
    @Test
    void meansOfTheLargestValuesStayFinite() {
        double most = Double.MAX_VALUE;
        Double[] values = {0.0, 0.0, 0.0, 0.0, most, -most, most, -most, most, -most, most, -most, 0.0};
        Decay decay = Decay.alpha(0.5).adjust(false);
        double expected = 0;
        var ewm = new Ewm(decay, DataType.FLOAT64, Ewm.Function.MEAN);
        DoubleLane[] one = {new DoubleLane()};
        List<?> whole = means(decay, values);
        for (int row = 0; row < values.length; row++) {
            expected = expected / 2 + values[row] / 2;
            ewm.add(null, 1, null, Lanes.of(DataType.FLOAT64, values[row]), one);
            near(one[0].values()[0], expected, "row " + row);
            assertThat(whole.get(row)).as("row " + row).isEqualTo(one[0].values()[0]);
        }
    }

    @Test
    void readsStateOfTheTimeBeforeBlocks() throws IOException {
        ByteBuffer state = ByteBuffer.allocate(69)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 1)
                .putInt(1);
        for (double cell : new double[] {20, 0, 1, 0, 5, 7, 1}) { // mean, cov, weight, spread, count, sum, aged
            state.putDouble(cell);
        }
        var ewm = new Ewm(Decay.alpha(0.5).adjust(false), DataType.FLOAT64, Ewm.Function.MEAN);
        ewm.read(new ByteArrayInputStream(state.array()));
        var out = new DoubleLane();
        Object[] values = {4.0, 8.0, 2.0, 3.0, 4.0, 5.0, 6.0};
        ewm.add(null, 7, null, Lanes.of(DataType.FLOAT64, values), new DoubleLane[] {out});
        assertThat(Lanes.values(out)).containsExactly(12.0, 10.0, 6.0, 4.5, 4.25, 4.625, 5.3125);
    }

    private static byte[] bytes(Ewm ewm) throws IOException {
        var out = new ByteArrayOutputStream();
        ewm.write(out);
        return out.toByteArray();
    }

    /** Weights written out one by one; unadjusted shares as semantics define them, from the oldest on. */
    private static Double expected(Decay decay, Ewm.Function function, boolean keyed, List<Rows.Row> rows, int at) {
        List<Double> values = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        long time = 0;
        double steps = 0;
        for (Rows.Row row : rows.subList(0, at + 1)) {
            if (keyed && row.id() != rows.get(at).id()) {
                continue;
            }
            steps += row.x() != null || !decay.ignoreNulls() ? 1 : 0;
            if (row.x() == null) {
                continue;
            }
            double faded = decay.byTime()
                    ? Math.pow(0.5, (row.time() - time) / decay.halfLife())
                    : Math.pow(1 - decay.alpha(), steps);
            weights.replaceAll(weight -> weight * faded);
            double total = weights.stream().mapToDouble(weight -> weight).sum();
            values.add(row.x());
            if (decay.adjust() || values.size() == 1) {
                weights.add(1.0);
            } else {
                weights.add(decay.alpha());
                double all = total + decay.alpha();
                weights.replaceAll(weight -> weight / all);
            }
            time = row.time();
            steps = 0;
        }
        return values.size() < decay.minPeriods() ? null : weighted(function, values, weights);
    }

    private static Double weighted(Ewm.Function function, List<Double> values, List<Double> weights) {
        double total = 0;
        double pairs = 0; // total^2 - the sum of the squares, which would cancel where one weight is nearly all
        double sum = 0;
        for (int i = 0; i < values.size(); i++) {
            pairs += 2 * weights.get(i) * total;
            total += weights.get(i);
            sum += weights.get(i) * values.get(i);
        }
        if (function == Ewm.Function.SUM || function == Ewm.Function.MEAN) {
            return function == Ewm.Function.SUM ? sum : sum / total;
        }
        double spread = 0;
        for (int i = 0; i < values.size(); i++) {
            spread += weights.get(i) * Math.pow(values.get(i) - sum / total, 2);
        }
        if (pairs == 0) {
            return null;
        }
        double variance = spread / total * total * total / pairs;
        return function == Ewm.Function.VAR ? variance : (Double) Math.sqrt(variance);
    }

    private static void near(Object got, Double expected, String what) {
        if (expected == null || got == null) {
            assertThat(got).as(what).isEqualTo(expected);
        } else if (!expected.isNaN() && !expected.isInfinite()) {
            assertThat((Double) got).as(what).isCloseTo(expected, within(1e-8 * Math.abs(expected) + 1e-12));
        }
    }

    @Test
    void keepsToItsWordAtTheEdges() {
        assertThat(means(Decay.alpha(0.3), 5.0, 5.0, 5.0)).containsExactly(5.0, 5.0, 5.0);
        Double[] same = new Double[200];
        Arrays.fill(same, 0.1);
        assertThat(means(Decay.alpha(0.3), same)).containsExactly(same);
        assertThat(means(Decay.alpha(0.3).adjust(false), same)).containsExactly(same);
        assertThat(means(Decay.com(1), null, 1.0, null, 3.0)).containsExactly(null, 1.0, 1.0, 2.6);
        assertThat(means(Decay.alpha(1), 1e20, 1.0)).containsExactly(1e20, 1.0);
        assertThat(means(Decay.com(3), 1e308, -1e308, 1e308).get(1)).isFinite();
        assertThat(means(Decay.com(3), 1.0, Double.POSITIVE_INFINITY, 2.0, Double.NEGATIVE_INFINITY, 1.0))
                .containsExactly(1.0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN);
        var out = new DoubleLane();
        new Ewm(Decay.com(2), DataType.INT64, Ewm.Function.VAR)
                .add(null, 3, null, Lanes.of(DataType.INT64, 7L, 7L, 7L), new DoubleLane[] {out});
        assertThat(Lanes.values(out)).containsExactly(null, 0.0, 0.0);
    }

    private static List<Double> means(Decay decay, Double... values) {
        var out = new DoubleLane();
        Lane column = Lanes.of(DataType.FLOAT64, (Object[]) values);
        new Ewm(decay, DataType.FLOAT64, Ewm.Function.MEAN)
                .add(null, values.length, null, column, new DoubleLane[] {out});
        List<Double> means = new ArrayList<>();
        Lanes.values(out).forEach(mean -> means.add((Double) mean));
        return means;
    }

    @Test
    void wrongParametersAreRefused() {
        assertThatThrownBy(() -> Decay.alpha(0)).hasMessage("alpha 0.0; it is above 0 and at most 1");
        assertThatThrownBy(() -> Decay.com(-1)).hasMessage("com -1.0; it is 0 or more");
        assertThatThrownBy(() -> Decay.span(0.5)).hasMessage("span 0.5; it is 1 or more");
        assertThatThrownBy(() -> Decay.halfLife(0)).hasMessage("halfLife 0.0; it is above 0");
        assertThatThrownBy(() -> Decay.halfLife(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Decay.halfLifeOf(5).adjust(false)).hasMessageContaining("normalised");
        assertThatThrownBy(() -> Decay.com(1).minPeriods(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new Ewm(Decay.com(1), DataType.UTF8, Ewm.Function.MEAN))
                .hasMessageContaining("utf8");
        assertThatThrownBy(() -> new Ewm(Decay.com(1).adjust(false), DataType.FLOAT64, Ewm.Function.SUM))
                .hasMessageContaining("adjust");
    }
}

package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Whole columns are summed by blocks: the same bits as row by row, of values for which the blocks are made and of others. */
class BlockSumTest {
    private static final int TRIES = Integer.getInteger("streamz.tries", 60);

    static double of(Random random, int kind) {
        return switch (kind) {
            case 0 -> random.nextInt(10_000_000) / 100.0;
            case 1 -> random.nextGaussian();
            case 2 -> random.nextGaussian() * Math.scalb(1.0, random.nextInt(30));
            case 3 -> random.nextGaussian() * Math.scalb(1.0, random.nextInt(80) - 40);
            case 4 -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62)); // finite, up to 2
            case 5 -> random.nextDouble() * Double.MIN_NORMAL * 4;
            case 6 -> (random.nextDouble() - 0.5) * Double.MAX_VALUE;
            case 7 -> random.nextBoolean() ? 0.0 : -0.0;
            case 8 -> random.nextInt(5000) == 0 ? Double.NaN : random.nextDouble();
            case 9 -> random.nextInt(5000) == 0 ? Double.NEGATIVE_INFINITY : random.nextDouble();
            case 10 -> random.nextInt(3000) == 0 ? 1e300 : random.nextDouble();
            default -> random.nextInt(3000) == 0 ? 0x1p-1074 : random.nextInt(100);
        };
    }

    @Test
    void blocksGiveWhatRowsGive() throws IOException {
        for (int seed = 0; seed < TRIES; seed++) {
            Random random = new Random(seed);
            int kind = random.nextInt(12);
            boolean mean = random.nextBoolean();
            var blocks = new DoubleSums(mean);
            var rows = new DoubleSums(mean);
            blocks.ensure(1);
            rows.ensure(1);
            BigDecimal[] truth = {BigDecimal.ZERO};
            for (int batch = random.nextInt(3); batch >= 0; batch--) {
                DoubleLane lane = lane(random, kind);
                long[] mask =
                        random.nextInt(3) == 0 ? new Random(seed).longs(1000).toArray() : null;
                blocks.add(null, lane.size(), new Lane[] {lane}, mask);
                for (int row = 0; row < lane.size(); row++) {
                    if (!lane.isNull(row) && (mask == null || (mask[row >>> 6] & 1L << row) != 0)) {
                        rows.add(0, lane.values()[row]);
                        truth[0] = plus(truth[0], lane.values()[row]);
                    }
                }
            }
            assertThat(bytes(blocks)).as("seed %d", seed).isEqualTo(bytes(rows));
            if (truth[0] != null && !mean) {
                assertThat(blocks.sumOf(0)).as("seed %d", seed).isEqualTo(truth[0].doubleValue());
            }
        }
    }

    private static DoubleLane lane(Random random, int kind) {
        DoubleLane lane = new DoubleLane();
        lane.reset(random.nextInt(random.nextBoolean() ? 1500 : 40_000));
        int nulls = random.nextInt(4);
        for (int row = 0; row < lane.size(); row++) {
            lane.values()[row] = of(random, kind);
            if (nulls == 0 && random.nextInt(20) == 0 || nulls == 1 && random.nextInt(5) != 0) {
                lane.setNull(row);
                lane.values()[row] = random.nextBoolean() ? Double.NaN : 7;
            }
        }
        return lane;
    }

    /** Null once a value was not finite. */
    private static BigDecimal plus(BigDecimal sum, double value) {
        return sum == null || !(Math.abs(value) <= Double.MAX_VALUE) ? null : sum.add(new BigDecimal(value));
    }

    private static byte[] bytes(GroupStates states) throws IOException {
        var out = new ByteArrayOutputStream();
        states.write(out, new int[] {0}, 1);
        return out.toByteArray();
    }

    @Test
    void ordinaryValuesFitABlock() {
        assertThat(fits(random -> random.nextInt(10_000_000) / 100.0)).isTrue();
        assertThat(fits(Random::nextGaussian)).isTrue();
        assertThat(fits(random -> -1e18 * random.nextDouble())).isTrue();
        assertThat(fits(random -> Math.scalb(random.nextDouble(), -random.nextInt(25))))
                .isTrue();
        assertThat(fits(random -> Math.scalb(random.nextDouble(), -random.nextInt(90))))
                .isFalse();
        assertThat(fits(random -> random.nextInt(100) == 0 ? Double.NaN : 1)).isFalse();
    }

    private static boolean fits(ToDoubleFunction<Random> values) {
        Random random = new Random(1);
        double[] column = random.doubles(BlockSum.ROWS)
                .map(x -> values.applyAsDouble(random))
                .toArray();
        return new BlockSum().sum(column, 0, column.length, null);
    }
}

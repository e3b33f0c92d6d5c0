package io.streamz.aggregations;

import java.math.BigInteger;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Rows of all types to try functions with: ordinary values, nulls, what is not finite, and doubles of every size. */
final class Samples {
    static final int ROW = 9;
    static final int FLAG = 10;
    static final DataType[] TYPES = {
        DataType.FLOAT64,
        DataType.FLOAT64,
        DataType.INT64,
        DataType.decimal(20, 2),
        DataType.BOOL,
        DataType.UTF8,
        DataType.DATE,
        DataType.duration(ChronoUnit.MILLIS),
        DataType.FLOAT64,
        DataType.INT64,
        DataType.BOOL
    };
    static final int WILD = 8;

    /** Ints of all sizes among small ones. */
    static final int INTS = 2;

    static Sample sample(Random random) {
        int rows = random.nextInt(40) == 0 ? random.nextInt(300) : random.nextInt(26);
        int[] keys = random.ints(rows, 0, 1 + random.nextInt(3)).toArray();
        long[] times = new long[rows];
        long time = random.nextInt(100) - 50L;
        int nulls = random.nextInt(3);
        Lane[] lanes = new Lane[TYPES.length];
        for (int column = 0; column < TYPES.length; column++) {
            List<Object> values = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                boolean isNull = column != ROW && nulls > 0 && random.nextInt(5 * nulls) == 0;
                values.add(isNull ? null : value(column, row, random));
            }
            lanes[column] = Lanes.of(TYPES[column], values);
        }
        for (int row = 0; row < rows; row++) {
            time += random.nextInt(3);
            times[row] = time;
        }
        return new Sample(keys, times, lanes);
    }

    private static Object value(int column, int row, Random random) {
        return switch (column) {
            case 0, 1 -> random.nextInt(60) == 0 ? special(random) : (Object) (random.nextInt(400) / 16.0 - 5);
            case 2, 7 ->
                random.nextInt(20) == 0 ? random.nextLong() >> random.nextInt(20) : (Object) (long) random.nextInt(9);
            case 3 -> new BigInteger(40, random).subtract(BigInteger.ONE.shiftLeft(39));
            case 5 -> "t" + random.nextInt(9);
            case 6 -> (long) random.nextInt(9);
            case WILD -> random.nextInt(15) == 0 ? special(random) : (Object) wild(random);
            case ROW -> (long) row;
            default -> random.nextBoolean();
        };
    }

    private static double wild(Random random) {
        return Math.scalb(random.nextGaussian(), random.nextInt(1800) - 900);
    }

    private static double special(Random random) {
        return new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0}[random.nextInt(4)];
    }

    private Samples() {}

    /** The rows of a try: keys, times that do not fall, and columns; x and its like, then wild doubles, row numbers and flags. */
    record Sample(int[] keys, long[] times, Lane[] lanes) {
        int rows() {
            return keys.length;
        }
    }

    private static Schemes.Batch batch(Sample sample, int from, int to, boolean keyed) {
        Lane[] lanes = new Lane[TYPES.length];
        for (int column = 0; column < lanes.length; column++) {
            lanes[column] = TYPES[column].kind().lane();
            sample.lanes[column].copy(from, to, lanes[column]);
        }
        LongLane times = new LongLane();
        times.reset(to - from);
        System.arraycopy(sample.times, from, times.values(), 0, to - from);
        long[] watermarks = new long[to - from + 1];
        for (int row = 0; row < watermarks.length; row++) {
            int before = from + row - 1;
            watermarks[row] = before < 0 ? Watermark.NONE : sample.times[before];
        }
        return new Schemes.Batch(
                keyed ? Arrays.copyOfRange(sample.keys, from, to) : new int[to - from], times, watermarks, lanes);
    }

    static List<Schemes.Batch> cut(Sample sample, boolean keyed, Random random) {
        List<Schemes.Batch> batches = new ArrayList<>();
        int most = 1 + random.nextInt(sample.rows() + 1);
        for (int from = 0; from < sample.rows() || batches.isEmpty(); ) {
            int to = Math.min(sample.rows(), from + random.nextInt(most + 1));
            batches.add(batch(sample, from, to, keyed));
            from = to;
        }
        return batches;
    }
}

package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.Field;
import io.streamz.frames.Schema;
import io.streamz.frames.internal.Columns;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** A table with two columns of most types, and random rows for it with nulls, NaN and extremes. */
final class Samples {
    static final Schema SCHEMA = Schema.of(
            new Field("i", DataType.INT64),
            new Field("j", DataType.INT64),
            new Field("k", DataType.INT32),
            new Field("x", DataType.FLOAT64),
            new Field("y", DataType.FLOAT64),
            new Field("b", DataType.BOOL),
            new Field("c", DataType.BOOL),
            new Field("s", DataType.UTF8),
            new Field("t", DataType.UTF8),
            new Field("d", DataType.DATE),
            new Field("e", DataType.DATE),
            new Field("ts", DataType.timestamp(ChronoUnit.SECONDS)),
            new Field("tn", DataType.timestamp(ChronoUnit.NANOS)),
            new Field("m", DataType.decimal(10, 2)),
            new Field("n", DataType.decimal(38, 4)),
            new Field("u", DataType.duration(ChronoUnit.MILLIS)),
            new Field("v", DataType.duration(ChronoUnit.MICROS)));

    private static final long[] LONGS = {
        0,
        1,
        -1,
        2,
        -2,
        3,
        7,
        10,
        -10,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE - 1,
        1L << 53,
        (1L << 53) + 1,
        -(1L << 53) - 1
    };
    private static final double[] DOUBLES = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        -2.5,
        3,
        1e16,
        -1e300,
        0x1p53,
        0x1p63,
        -0x1p63,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE
    };
    private static final String[] TEXTS = {"", "a", "b", "ab", "B", "ä", "\uD83D\uDE00", "\uFFFD", "it's"};

    private Samples() {}

    /** Random rows; tame ones have no extremes, so that little overflows. */
    static Lane[] rows(Random random, int rows, boolean nulls, boolean tame) {
        return IntStream.range(0, SCHEMA.size())
                .mapToObj(column -> column(random, SCHEMA.type(column), rows, nulls, tame))
                .toArray(Lane[]::new);
    }

    private static Lane column(Random random, DataType type, int rows, boolean nulls, boolean tame) {
        Lane lane = type.kind().lane();
        lane.reset(rows);
        boolean some = nulls && random.nextInt(3) > 0;
        for (int row = 0; row < rows; row++) {
            set(random, lane, row, type, tame);
            if (some && random.nextInt(4) == 0) {
                spoil(random, lane, row);
                lane.setNull(row);
            }
        }
        return lane;
    }

    /** The value under a null means nothing; kernels must not be led astray by it. */
    private static void spoil(Random random, Lane lane, int row) {
        if (lane instanceof LongLane longs) {
            longs.values()[row] = random.nextLong();
        } else if (lane instanceof TextLane text) {
            text.starts()[row] = -7;
            text.lengths()[row] = 1 << 30;
        } else if (lane instanceof WideLane wide) {
            wide.high()[row] = random.nextLong();
            wide.low()[row] = random.nextLong();
        } else {
            ((DoubleLane) lane).values()[row] = random.nextGaussian();
        }
    }

    private static void set(Random random, Lane lane, int row, DataType type, boolean tame) {
        if (lane instanceof DoubleLane doubles) {
            doubles.values()[row] = tame || random.nextInt(3) == 0
                    ? random.nextInt(41) / 4.0 - 5
                    : DOUBLES[random.nextInt(DOUBLES.length)];
        } else if (lane instanceof TextLane text) {
            byte[] bytes = TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8);
            text.set(row, bytes, 0, bytes.length);
        } else if (lane instanceof WideLane wide) {
            BigInteger value = BigInteger.valueOf(random.nextInt(2001) - 1000);
            if (!tame && type.precision() == 38 && random.nextInt(3) == 0) {
                value = new BigInteger(126, random);
                value = random.nextBoolean() ? value : value.negate();
            }
            Wide.set(wide, row, value);
        } else {
            ((LongLane) lane).values()[row] = whole(random, type, tame);
        }
    }

    private static long whole(Random random, DataType type, boolean tame) {
        return switch (type.kind()) {
            case BOOL -> random.nextInt(2);
            case INT -> {
                long value =
                        tame || random.nextInt(3) == 0 ? random.nextInt(21) - 10 : LONGS[random.nextInt(LONGS.length)];
                yield type.bits() == 64 ? value : (int) value;
            }
            case DATE -> 11_322 + random.nextInt(3) - (random.nextInt(5) == 0 ? 30_000 : 0);
            case TIMESTAMP -> {
                long day = 978_307_200L
                        * (1_000_000_000L / type.unit().getDuration().toNanos());
                yield random.nextInt(4) == 0 ? -day - random.nextInt(3) : day + random.nextInt(3) - 1;
            }
            default -> random.nextInt(5_000) - 2_500;
        };
    }

    /** Rows of other lanes as columns. */
    static Columns columns(Lane[] lanes, int from, int to) {
        Lane[] cut = Arrays.stream(lanes)
                .map(lane -> {
                    Lane part = lane.fresh();
                    lane.copy(from, to, part);
                    return part;
                })
                .toArray(Lane[]::new);
        return new Columns() {
            @Override
            public int rows() {
                return to - from;
            }

            @Override
            public long place(int row) {
                return (long) from + row;
            }

            @Override
            public Lane lane(int column) {
                return cut[column];
            }
        };
    }
}

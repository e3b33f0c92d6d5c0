package io.streamz.frames.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.Field;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArrowRoundTripTest {
    static Stream<DataType> types() {
        return Stream.of(
                DataType.BOOL,
                DataType.INT8,
                DataType.INT16,
                DataType.INT32,
                DataType.INT64,
                DataType.FLOAT32,
                DataType.FLOAT64,
                DataType.UTF8,
                DataType.BINARY,
                DataType.DATE,
                DataType.time(ChronoUnit.SECONDS),
                DataType.time(ChronoUnit.MILLIS),
                DataType.time(ChronoUnit.MICROS),
                DataType.time(ChronoUnit.NANOS),
                DataType.timestamp(ChronoUnit.SECONDS),
                DataType.timestamp(ChronoUnit.MILLIS, "Europe/Berlin"),
                DataType.timestamp(ChronoUnit.MICROS),
                DataType.timestamp(ChronoUnit.NANOS),
                DataType.duration(ChronoUnit.MILLIS),
                DataType.decimal(38, 10),
                DataType.decimal(5, 2));
    }

    @AfterEach
    void allocatorIsEmpty() {
        assertThat(Memory.shared().getAllocatedMemory()).isZero();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeKeepsItsValuesAndNulls(DataType type) {
        Random random = new Random(7);
        Schema schema = Schema.of(new Field("c", type));
        for (int rows : new int[] {0, 1, 63, 64, 65, 10_000}) {
            Lane lane = type.kind().lane();
            fill(lane, type, rows, random);
            try (RecordBatch batch = RecordBatch.of(schema, lane)) {
                VectorSchemaRoot root = batch.root();
                assertThat(Types.of(root.getSchema())).isEqualTo(schema);
                assertThat(root.getRowCount()).isEqualTo(rows);
                Lane back = type.kind().lane();
                ArrowDecoder.decode(root.getVector(0), rows, back);
                assertThat(values(back)).isEqualTo(values(lane));
            }
        }
    }

    @Test
    void aBatchOfVectorsReleasesThem() {
        Schema schema = Schema.of(new Field("c", DataType.INT32));
        LongLane lane = new LongLane();
        lane.reset(2);
        lane.values()[0] = 5;
        lane.setNull(1);
        VectorSchemaRoot root = ArrowEncoder.encode(RecordBatch.of(schema, lane), schema, Memory.shared());
        assertThat(Memory.shared().getAllocatedMemory()).isPositive();
        try (RecordBatch batch = RecordBatch.of(root)) {
            assertThat(batch.schema()).isEqualTo(schema);
            assertThat(((LongLane) batch.lane(0)).values()[0]).isEqualTo(5);
            assertThat(batch.lane(0).isNull(1)).isTrue();
        }
    }

    private static void fill(Lane lane, DataType type, int rows, Random random) {
        lane.reset(rows);
        for (int row = 0; row < rows; row++) {
            if (lane instanceof LongLane longs) {
                int bits = type.bits() != 0 ? type.bits() : bits(type);
                longs.values()[row] = bits == 1 ? random.nextInt(2) : random.nextLong() >> (64 - bits);
            } else if (lane instanceof DoubleLane doubles) {
                doubles.values()[row] = type.bits() == 32 ? random.nextFloat() : random.nextGaussian();
            } else if (lane instanceof WideLane wide) {
                wide.high()[row] = random.nextLong() >> 8;
                wide.low()[row] = random.nextLong();
            } else {
                byte[] text = "x".repeat(random.nextInt(4)).getBytes(StandardCharsets.UTF_8);
                ((TextLane) lane).set(row, text, 0, text.length);
            }
        }
        for (int row = 0; row < rows; row++) {
            if (random.nextInt(5) == 0) {
                lane.setNull(row);
            }
        }
    }

    private static int bits(DataType type) {
        return switch (type.kind()) {
            case BOOL -> 1;
            case DATE -> 32;
            case TIME -> type.unit() == ChronoUnit.SECONDS || type.unit() == ChronoUnit.MILLIS ? 32 : 64;
            default -> 64;
        };
    }

    private static List<String> values(Lane lane) {
        String[] values = new String[lane.size()];
        for (int row = 0; row < values.length; row++) {
            if (lane.isNull(row)) {
                values[row] = "null";
            } else if (lane instanceof LongLane longs) {
                values[row] = Long.toString(longs.values()[row]);
            } else if (lane instanceof DoubleLane doubles) {
                values[row] = Double.toString(doubles.values()[row]);
            } else if (lane instanceof WideLane wide) {
                values[row] = wide.high()[row] + ":" + wide.low()[row];
            } else {
                values[row] = ((TextLane) lane).text(row);
            }
        }
        return List.of(values);
    }
}

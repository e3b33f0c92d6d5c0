package io.streamz.parquet;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.Field;
import io.streamz.frames.FrameSink;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Row;
import io.streamz.frames.Schema;
import io.streamz.frames.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Files with a column of every type and random values, nulls and extremes among them. */
final class RandomFile {
    static final Schema SCHEMA = Schema.of(
            new Field("bool", DataType.BOOL),
            new Field("i8", DataType.INT8),
            new Field("i16", DataType.INT16),
            new Field("i32", DataType.INT32),
            new Field("i64", DataType.INT64),
            new Field("f32", DataType.FLOAT32),
            new Field("f64", DataType.FLOAT64),
            new Field("text", DataType.UTF8),
            new Field("word", DataType.UTF8),
            new Field("bytes", DataType.BINARY),
            new Field("date", DataType.DATE),
            new Field("time", DataType.time(ChronoUnit.MICROS)),
            new Field("ms", DataType.timestamp(ChronoUnit.MILLIS)),
            new Field("us", DataType.timestamp(ChronoUnit.MICROS, "UTC")),
            new Field("ns", DataType.timestamp(ChronoUnit.NANOS)),
            new Field("money", DataType.decimal(38, 4)));
    private static final List<String> WORDS = List.of("", "a", "Köln", "\ud83d\ude00", "a longer word than the others");
    private static final int BATCH = 700;

    private RandomFile() {}

    /** Writes a file and gives the rows that are in it. */
    static List<Row> write(Path file, int rows, Random random) throws IOException {
        List<Row> written = new ArrayList<>();
        FrameSink sink = Parquet.to(file);
        sink.open(SCHEMA);
        for (int from = 0; from < rows; from += BATCH) {
            try (RecordBatch batch = batch(Math.min(BATCH, rows - from), random)) {
                sink.write(batch);
                written.addAll(Table.of(batch).toRows());
            }
        }
        sink.end();
        sink.close();
        return written;
    }

    private static RecordBatch batch(int rows, Random random) {
        Lane[] lanes = new Lane[SCHEMA.size()];
        for (int column = 0; column < lanes.length; column++) {
            DataType type = SCHEMA.type(column);
            lanes[column] = type.kind().lane();
            lanes[column].reset(rows);
            for (int row = 0; row < rows; row++) {
                if (random.nextInt(7) == 0) {
                    lanes[column].setNull(row);
                }
                put(SCHEMA.field(column), lanes[column], row, random);
            }
        }
        return RecordBatch.of(SCHEMA, lanes);
    }

    private static void put(Field field, Lane lane, int row, Random random) {
        if (lane instanceof LongLane longs) {
            longs.values()[row] = number(field.type(), random);
        } else if (lane instanceof DoubleLane doubles) {
            double value = random.nextInt(20) == 0 ? Double.NaN : random.nextGaussian() * 1e10;
            doubles.values()[row] = field.type().bits() == 32 ? (float) value : value;
        } else if (lane instanceof WideLane wide) {
            wide.low()[row] = random.nextLong();
            wide.high()[row] = random.nextInt(1_999_999) - 999_999L;
        } else {
            String text = field.name().equals("word")
                    ? WORDS.get(random.nextInt(WORDS.size()))
                    : WORDS.get(random.nextInt(WORDS.size())) + random.nextLong();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            ((TextLane) lane).set(row, bytes, 0, bytes.length);
        }
    }

    private static long number(DataType type, Random random) {
        if (type.kind() == Kind.BOOL) {
            return random.nextInt(2);
        }
        if (type.kind() == Kind.TIME) {
            return random.nextInt(1_000_000_000);
        }
        int bits = type.kind() == Kind.DATE ? 18 : type.bits() == 0 ? 55 : type.bits();
        long value = random.nextInt(10) == 0 ? Long.MIN_VALUE : random.nextLong();
        return value >> (64 - bits);
    }
}

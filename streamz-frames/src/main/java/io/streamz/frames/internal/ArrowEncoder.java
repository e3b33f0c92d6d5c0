package io.streamz.frames.internal;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.Schema;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Lanes to Arrow vectors: one of the two places that know Arrow's vector classes; {@link ArrowDecoder} is the other. */
public final class ArrowEncoder {
    private static final VarHandle SHORTS = ArrowDecoder.view(short[].class);
    private static final VarHandle INTS = ArrowDecoder.view(int[].class);
    private static final VarHandle LONGS = ArrowDecoder.view(long[].class);
    private static final VarHandle FLOATS = ArrowDecoder.view(float[].class);
    private static final VarHandle DOUBLES = ArrowDecoder.view(double[].class);

    private ArrowEncoder() {}

    /** New vectors with a copy of all rows; the caller closes them. */
    public static VectorSchemaRoot encode(Columns columns, Schema schema, BufferAllocator allocator) {
        List<FieldVector> vectors = new ArrayList<>();
        try {
            for (int column = 0; column < schema.size(); column++) {
                FieldVector vector = Types.field(schema.field(column).name(), schema.type(column))
                        .createVector(allocator);
                vectors.add(vector);
                encode(columns.lane(column), columns.rows(), vector);
            }
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
        return new VectorSchemaRoot(Types.arrow(schema).getFields(), vectors, columns.rows());
    }

    private static void encode(Lane lane, int rows, FieldVector into) {
        switch (into.getMinorType()) {
            case VARCHAR, VARBINARY -> texts((TextLane) lane, rows, (BaseVariableWidthVector) into);
            default -> ((BaseFixedWidthVector) into).allocateNew(rows);
        }
        ArrowBuf data = into.getDataBuffer();
        switch (into.getMinorType()) {
            case BIT -> bits((LongLane) lane, rows, data);
            case TINYINT -> fixed(1, rows, data, (bytes, row) -> bytes[row] = (byte) longs(lane)[row]);
            case SMALLINT ->
                fixed(2, rows, data, (bytes, row) -> SHORTS.set(bytes, row << 1, (short) longs(lane)[row]));
            case INT, DATEDAY, TIMESEC, TIMEMILLI ->
                fixed(4, rows, data, (bytes, row) -> INTS.set(bytes, row << 2, (int) longs(lane)[row]));
            case BIGINT,
                    TIMEMICRO,
                    TIMENANO,
                    TIMESTAMPSEC,
                    TIMESTAMPMILLI,
                    TIMESTAMPMICRO,
                    TIMESTAMPNANO,
                    TIMESTAMPSECTZ,
                    TIMESTAMPMILLITZ,
                    TIMESTAMPMICROTZ,
                    TIMESTAMPNANOTZ,
                    DURATION -> fixed(8, rows, data, (bytes, row) -> LONGS.set(bytes, row << 3, longs(lane)[row]));
            case FLOAT4 ->
                fixed(4, rows, data, (bytes, row) -> FLOATS.set(bytes, row << 2, (float) doubles(lane)[row]));
            case FLOAT8 -> fixed(8, rows, data, (bytes, row) -> DOUBLES.set(bytes, row << 3, doubles(lane)[row]));
            case DECIMAL ->
                fixed(16, rows, data, (bytes, row) -> {
                    LONGS.set(bytes, row << 4, ((WideLane) lane).low()[row]);
                    LONGS.set(bytes, (row << 4) + 8, ((WideLane) lane).high()[row]);
                });
            case VARCHAR, VARBINARY -> {}
            default -> throw new IllegalArgumentException("no encoding to " + into.getField());
        }
        validity(lane, rows, into.getValidityBuffer());
        if (into instanceof BaseVariableWidthVector variable) {
            variable.setLastSet(rows - 1);
        }
        into.setValueCount(rows);
    }

    private interface RowWriter {
        void write(byte[] bytes, int row);
    }

    private static long[] longs(Lane lane) {
        return ((LongLane) lane).values();
    }

    private static double[] doubles(Lane lane) {
        return ((DoubleLane) lane).values();
    }

    private static void fixed(int width, int rows, ArrowBuf data, RowWriter writer) {
        byte[] bytes = new byte[Math.multiplyExact(rows, width)];
        for (int row = 0; row < rows; row++) {
            writer.write(bytes, row);
        }
        data.setBytes(0, bytes);
    }

    private static void bits(LongLane lane, int rows, ArrowBuf data) {
        byte[] bytes = new byte[(rows + 7) >>> 3];
        for (int row = 0; row < rows; row++) {
            bytes[row >>> 3] |= (byte) (lane.values()[row] << (row & 7));
        }
        data.setBytes(0, bytes);
    }

    private static void texts(TextLane lane, int rows, BaseVariableWidthVector into) {
        byte[] offsets = new byte[(rows + 1) * 4];
        int total = 0;
        for (int row = 0; row < rows; row++) {
            total = lane.isNull(row) ? total : Math.addExact(total, lane.lengths()[row]);
            INTS.set(offsets, (row + 1) << 2, total);
        }
        into.allocateNew(total, rows);
        into.getOffsetBuffer().setBytes(0, offsets);
        for (int row = 0; row < rows; row++) {
            if (!lane.isNull(row) && lane.lengths()[row] > 0) {
                into.getDataBuffer()
                        .setBytes(
                                (int) INTS.get(offsets, row << 2),
                                lane.bytes(),
                                lane.starts()[row],
                                lane.lengths()[row]);
            }
        }
    }

    private static void validity(Lane lane, int rows, ArrowBuf into) {
        byte[] bytes = new byte[(rows + 7) >>> 3];
        for (int row = 0; row < rows; row++) {
            if (!lane.isNull(row)) {
                bytes[row >>> 3] |= (byte) (1 << (row & 7));
            }
        }
        into.setBytes(0, bytes);
    }
}

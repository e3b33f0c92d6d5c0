package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.internal.Columns;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One value for all rows. Operators read its single row; only as the whole of an expression is it repeated. */
final class Constant extends BoundExpr {
    /** A batch of one row and no columns, over which constants are folded. */
    static final Columns ONE_ROW = new Columns() {
        @Override
        public int rows() {
            return 1;
        }

        @Override
        public Lane lane(int column) {
            throw new IllegalStateException("a constant reads no column");
        }
    };

    private static final int[] FIRST = {0};

    private final Lane single;
    private final Lane repeated;
    private final boolean untyped;
    private final boolean valueless;
    private int[] zeros = FIRST;

    private Constant(DataType type, Lane single) {
        this(type, single, false, false);
    }

    private Constant(DataType type, Lane single, boolean untyped, boolean valueless) {
        super(type);
        this.single = single;
        this.repeated = single.fresh();
        this.untyped = untyped;
        this.valueless = valueless;
    }

    /** The value of an expression without columns. */
    static Constant of(BoundExpr folded) {
        Lane value = folded.type().kind().lane();
        folded.operand(ONE_ROW).gather(FIRST, 1, value);
        return new Constant(folded.type(), value);
    }

    static Constant ofLong(DataType type, long value) {
        LongLane lane = new LongLane();
        lane.reset(1);
        lane.values()[0] = value;
        return new Constant(type, lane);
    }

    static Constant ofBool(boolean value) {
        return ofLong(DataType.BOOL, value ? 1 : 0);
    }

    static Constant ofDouble(double value) {
        DoubleLane lane = new DoubleLane();
        lane.reset(1);
        lane.values()[0] = value;
        return new Constant(DataType.FLOAT64, lane);
    }

    static Constant ofText(String value) {
        TextLane lane = new TextLane();
        lane.reset(1);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        lane.set(0, bytes, 0, bytes.length);
        return new Constant(DataType.UTF8, lane);
    }

    static Constant ofWide(DataType type, BigInteger unscaled) {
        WideLane lane = new WideLane();
        lane.reset(1);
        Wide.set(lane, 0, unscaled);
        return new Constant(type, lane);
    }

    static Constant ofNull(DataType type) {
        return new Constant(type, nullLane(type));
    }

    /** The word null, which takes the type of what it meets. */
    static Constant untypedNull() {
        return new Constant(DataType.BOOL, nullLane(DataType.BOOL), true, false);
    }

    /** A column of a table that has no row: it takes the type of what it meets, as the word null does, but is text alone. */
    static Constant valueless() {
        return new Constant(DataType.BOOL, nullLane(DataType.BOOL), true, true);
    }

    private static Lane nullLane(DataType type) {
        Lane lane = type.kind().lane();
        lane.reset(1);
        lane.setNull(0);
        if (lane instanceof TextLane text) {
            text.set(0, new byte[0], 0, 0);
        }
        return lane;
    }

    boolean isNull() {
        return single.nullCount() != 0;
    }

    boolean isUntyped() {
        return untyped;
    }

    /** Whether this stands for a column without values, whose type nobody knows. */
    boolean isValueless() {
        return valueless;
    }

    Lane single() {
        return single;
    }

    long asLong() {
        return ((LongLane) single).values()[0];
    }

    double asDouble() {
        return ((DoubleLane) single).values()[0];
    }

    String asText() {
        return ((TextLane) single).text(0);
    }

    byte[] asBytes() {
        TextLane lane = (TextLane) single;
        return Arrays.copyOfRange(lane.bytes(), lane.starts()[0], lane.starts()[0] + lane.lengths()[0]);
    }

    @Override
    Lane operand(Columns in) {
        return single;
    }

    @Override
    Lane compute(Columns in) {
        int rows = in.rows();
        if (zeros.length < rows) {
            zeros = new int[Math.max(rows, zeros.length * 2)];
        }
        if (repeated.size() != rows) {
            single.gather(zeros, rows, repeated);
        }
        return repeated;
    }
}

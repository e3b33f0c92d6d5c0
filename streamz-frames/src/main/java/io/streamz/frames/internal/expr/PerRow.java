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
import java.util.List;

/**
 * A function computed row by row from the cells of its operands: for what costs more than a call a row, such as texts and
 * calendars. A row with a null among its operands is null and never computed, unless the function takes nulls.
 *
 * <p>This is the row, too: the function reads operands by their number and sets the answer.
 */
final class PerRow extends BoundExpr {
    /** Computes one row. */
    interface Body {
        void row(PerRow row);
    }

    private final Node node;
    private final BoundExpr[] args;
    private final boolean takesNulls;
    private final Body body;
    private final Lane[] lanes;
    private final Lane out;
    private byte[] buffer = new byte[64];
    private int at;

    private PerRow(DataType type, Node node, boolean takesNulls, List<BoundExpr> args, Body body) {
        super(type);
        this.node = node;
        this.takesNulls = takesNulls;
        this.args = args.toArray(BoundExpr[]::new);
        this.body = body;
        this.lanes = new Lane[args.size()];
        this.out = type.kind().lane();
    }

    /** A function that is null where one of its operands is; folded where all of them are constants. */
    static BoundExpr of(DataType type, Node node, List<BoundExpr> args, Body body) {
        for (BoundExpr arg : args) {
            if (Arithmetic.isNull(arg)) {
                return Constant.ofNull(type);
            }
        }
        return folded(new PerRow(type, node, false, args, body), args);
    }

    /** A function that sees nulls ({@link #isNull}) and may leave a row without a value ({@link #setNull}). */
    static BoundExpr takingNulls(DataType type, Node node, List<BoundExpr> args, Body body) {
        return folded(new PerRow(type, node, true, args, body), args);
    }

    private static BoundExpr folded(PerRow made, List<BoundExpr> args) {
        return Fold.of(made, args.toArray(BoundExpr[]::new));
    }

    @Override
    Lane compute(Columns in) {
        int rows = in.rows();
        out.reset(rows);
        if (out instanceof TextLane text) {
            text.clearBytes();
        }
        boolean nulls = false;
        for (int i = 0; i < args.length; i++) {
            lanes[i] = args[i].operand(in);
            nulls |= lanes[i].nullCount() != 0;
        }
        for (at = 0; at < rows; at++) {
            if (nulls && !takesNulls && anyNull()) {
                setNull();
            } else {
                body.row(this);
            }
        }
        return out;
    }

    private boolean anyNull() {
        for (int i = 0; i < lanes.length; i++) {
            if (isNull(i)) {
                return true;
            }
        }
        return false;
    }

    private int place(int arg) {
        return args[arg] instanceof Constant ? 0 : at;
    }

    /** The number of operands. */
    int operands() {
        return args.length;
    }

    boolean isNull(int arg) {
        return lanes[arg].isNull(place(arg));
    }

    long asLong(int arg) {
        return ((LongLane) lanes[arg]).values()[place(arg)];
    }

    double asDouble(int arg) {
        return ((DoubleLane) lanes[arg]).values()[place(arg)];
    }

    BigInteger asBig(int arg) {
        return Wide.big((WideLane) lanes[arg], place(arg));
    }

    /** The array that the text of an operand stands in, from {@link #start} on, {@link #length} bytes long. */
    byte[] bytes(int arg) {
        return ((TextLane) lanes[arg]).bytes();
    }

    int start(int arg) {
        return ((TextLane) lanes[arg]).starts()[place(arg)];
    }

    int length(int arg) {
        return ((TextLane) lanes[arg]).lengths()[place(arg)];
    }

    String asText(int arg) {
        return ((TextLane) lanes[arg]).text(place(arg));
    }

    Lane lane(int arg) {
        return lanes[arg];
    }

    /** The row of an operand's lane: for who takes cells as they are. */
    int rowOf(int arg) {
        return place(arg);
    }

    void setNull() {
        if (out instanceof TextLane text) {
            text.lengths()[at] = 0;
        }
        out.setNull(at);
    }

    void set(long value) {
        ((LongLane) out).values()[at] = value;
    }

    void set(boolean value) {
        ((LongLane) out).values()[at] = value ? 1 : 0;
    }

    void set(double value) {
        ((DoubleLane) out).values()[at] = value;
    }

    /** Sets a decimal by its unscaled value. */
    void set(BigInteger value) {
        if (!Wide.fits(value)) {
            throw overflow(value.toString());
        }
        Wide.set((WideLane) out, at, value);
    }

    void set(byte[] bytes, int start, int length) {
        ((TextLane) out).set(at, bytes, start, length);
    }

    void set(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        set(bytes, 0, bytes.length);
    }

    /** A buffer with room for so many bytes; what it holds stays when it grows. */
    byte[] room(int length) {
        if (buffer.length < length) {
            buffer = Arrays.copyOf(buffer, Math.max(length, buffer.length * 2));
        }
        return buffer;
    }

    /** Writes bytes behind the first {@code used} ones of the buffer; returns how many there are then. */
    int append(int used, byte[] bytes, int start, int length) {
        byte[] into = room(Math.addExact(used, length));
        System.arraycopy(bytes, start, into, used, length);
        return used + length;
    }

    /** Sets the cell of an operand, which has the type of the answer. */
    void take(int arg) {
        int place = place(arg);
        if (lanes[arg].isNull(place)) {
            setNull();
        } else if (out instanceof LongLane longs) {
            longs.values()[at] = ((LongLane) lanes[arg]).values()[place];
        } else if (out instanceof DoubleLane doubles) {
            doubles.values()[at] = ((DoubleLane) lanes[arg]).values()[place];
        } else if (out instanceof WideLane wide) {
            wide.high()[at] = ((WideLane) lanes[arg]).high()[place];
            wide.low()[at] = ((WideLane) lanes[arg]).low()[place];
        } else {
            set(bytes(arg), start(arg), length(arg));
        }
    }

    RowFault overflow(String computed) {
        return Faults.overflow(node, type(), at, computed);
    }

    /** A row that has no answer. */
    RowFault fault(String code, String problem, String remedy) {
        String text = Printer.print(node);
        return new RowFault(code, text, at, problem + " in " + text, remedy);
    }
}

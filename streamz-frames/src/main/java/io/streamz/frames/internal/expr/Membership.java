package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.frames.internal.Columns;
import java.util.Arrays;
import java.util.List;

/** Whether a value is one of a set of constants: a binary search a row. With a null among them, no match is null. */
final class Membership extends BoundExpr {
    /** So many texts are looked at one by one: their lengths alone tell most of them apart. */
    private static final int FEW = 8;

    private final BoundExpr arg;
    private final boolean hasNull;
    private final long[] longs;
    private final double[] doubles;
    private final byte[][] texts;
    private final LongLane out = new LongLane();

    /** @param values not null, of the type of the operand */
    Membership(BoundExpr arg, List<Constant> values, boolean hasNull) {
        super(DataType.BOOL);
        this.arg = arg;
        this.hasNull = hasNull;
        this.longs = sortedLongs(values);
        this.doubles = sortedDoubles(values);
        this.texts = sortedTexts(values);
    }

    private static long[] sortedLongs(List<Constant> values) {
        return values.stream()
                .filter(value -> value.single() instanceof LongLane)
                .mapToLong(Constant::asLong)
                .sorted()
                .toArray();
    }

    /** Without NaN, which equals nothing, and with one zero. */
    private static double[] sortedDoubles(List<Constant> values) {
        return values.stream()
                .filter(value -> value.single() instanceof DoubleLane)
                .mapToDouble(value -> value.asDouble() + 0.0)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }

    private static byte[][] sortedTexts(List<Constant> values) {
        return values.stream()
                .filter(value -> value.single() instanceof TextLane)
                .map(Constant::asBytes)
                .sorted(Arrays::compareUnsigned)
                .toArray(byte[][]::new);
    }

    @Override
    Lane compute(Columns in) {
        Lane lane = arg.operand(in);
        int rows = in.rows();
        out.reset(rows);
        Bits.inherit(out, lane);
        long[] target = out.values();
        for (int row = 0; row < rows; row++) {
            target[row] = !lane.isNull(row) && contains(lane, row) ? 1 : 0;
        }
        if (hasNull) {
            for (int row = 0; row < rows; row++) {
                if (target[row] == 0) {
                    out.setNull(row);
                }
            }
        }
        return out;
    }

    private boolean contains(Lane lane, int row) {
        if (lane instanceof LongLane values) {
            return Arrays.binarySearch(longs, values.values()[row]) >= 0;
        }
        if (lane instanceof DoubleLane values) {
            return Arrays.binarySearch(doubles, values.values()[row] + 0.0) >= 0;
        }
        return contains((TextLane) lane, row);
    }

    private boolean contains(TextLane lane, int row) {
        int start = lane.starts()[row];
        int end = start + lane.lengths()[row];
        if (texts.length > FEW) {
            return search(lane.bytes(), start, end);
        }
        for (byte[] text : texts) {
            if (text.length == end - start && Arrays.equals(text, 0, text.length, lane.bytes(), start, end)) {
                return true;
            }
        }
        return false;
    }

    private boolean search(byte[] bytes, int start, int end) {
        int low = 0;
        int high = texts.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            byte[] text = texts[middle];
            int order = Arrays.compareUnsigned(text, 0, text.length, bytes, start, end);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }
}

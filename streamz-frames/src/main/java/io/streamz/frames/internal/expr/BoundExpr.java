package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.core.DataException;
import io.streamz.frames.internal.Columns;
import java.util.function.Consumer;

/**
 * An expression whose columns are places and whose types are settled, with output lanes of its own that are reused from
 * batch to batch: one per operator, not thread-safe.
 */
public abstract class BoundExpr {
    private static final long[] NONE = {};

    private final DataType type;
    private long[] mask = NONE;

    BoundExpr(DataType type) {
        this.type = type;
    }

    public final DataType type() {
        return type;
    }

    /**
     * One value a row. The lane is only read, and only until the next call or the end of the batch.
     *
     * @throws io.streamz.core.DataException when a row has no answer, with the expression and the first such row
     */
    public final Lane evaluate(Columns in) {
        try {
            return compute(in);
        } catch (RowFault fault) {
            throw first(in, fault).toDataException(in);
        }
    }

    /** How many rows have an answer before the first one that has none. */
    public final int answered(Columns in) {
        try {
            compute(in);
            return in.rows();
        } catch (RowFault fault) {
            return first(in, fault).row();
        }
    }

    /** The fault of the first row that has one: a kernel knows the first of its own, but one above it may have an earlier. */
    private RowFault first(Columns in, RowFault found) {
        RowFault first = found;
        while (true) {
            try {
                compute(SomeRows.first(in, first.row()));
                return first;
            } catch (RowFault before) {
                first = before;
            }
        }
    }

    /**
     * As {@link #evaluate(Columns)}, but a row that has no answer is null and told of: the errors come in the order of the rows,
     * each names its row. Only a batch with such a row costs more.
     */
    public final Lane evaluate(Columns in, Consumer<DataException> rejects) {
        try {
            return compute(in);
        } catch (RowFault fault) {
            return SomeRows.oneByOne(this, in, rejects);
        }
    }

    /** {@link #evaluate} within an expression: may throw a {@link RowFault}. */
    abstract Lane compute(Columns in);

    /** What an operator above reads: a constant gives one row whatever the batch has, everything else {@link #compute}. */
    Lane operand(Columns in) {
        return compute(in);
    }

    /** For a bool: writes the rows where it is true, in order, and returns their number; null is not true. */
    public final int select(Columns in, int[] rowsOut) {
        return selected((LongLane) evaluate(in), in.rows(), rowsOut);
    }

    /** As {@link #select(Columns, int[])}, but a row that has no answer is left out and told of. */
    public final int select(Columns in, int[] rowsOut, Consumer<DataException> rejects) {
        return selected((LongLane) evaluate(in, rejects), in.rows(), rowsOut);
    }

    private static int selected(LongLane lane, int rows, int[] rowsOut) {
        long[] values = lane.values();
        int count = 0;
        if (lane.nullCount() == 0) {
            for (int row = 0; row < rows; row++) {
                rowsOut[count] = row;
                count += (int) values[row];
            }
            return count;
        }
        for (int word = 0; word < Lane.words(rows); word++) {
            long valid = lane.validity()[word];
            int to = Math.min(rows, (word << 6) + 64);
            for (int row = word << 6; row < to; row++) {
                rowsOut[count] = row;
                count += (int) (values[row] & valid & 1);
                valid >>>= 1;
            }
        }
        return count;
    }

    /** For a bool: one bit a row, set where it is true; bits behind the last row are clear. Reused as the lanes are. */
    public final long[] mask(Columns in) {
        LongLane lane = (LongLane) evaluate(in);
        int rows = in.rows();
        int words = Lane.words(rows);
        if (mask.length < words) {
            mask = new long[words];
        }
        boolean nulls = lane.nullCount() != 0;
        for (int word = 0; word < words; word++) {
            mask[word] = Bits.pack(lane.values(), word, rows) & (nulls ? lane.validity()[word] : -1);
        }
        return mask;
    }
}

package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import java.util.BitSet;

/**
 * Turns the fields of one column into a lane.
 *
 * <p>An empty field without quotes is null; quotes around a value change nothing else. The loop here serves every type and
 * every block; the types that files are full of bring their own for blocks in which a field is a value or nothing.
 */
abstract class ColumnParser {
    final int column;
    final DataType type;
    private final NullWords nulls;

    ColumnParser(int column, DataType type, NullWords nulls) {
        this.column = column;
        this.type = type;
        this.nulls = nulls;
    }

    static ColumnParser of(int column, DataType type, boolean epoch, NullWords nulls) {
        return switch (type.kind()) {
            case INT, BOOL, DATE, TIME, TIMESTAMP, DURATION -> new LongColumn(column, type, epoch, nulls);
            case FLOAT -> new DoubleColumn(column, type, nulls);
            case DECIMAL -> new WideColumn(column, type, nulls);
            case TEXT, BINARY -> new TextColumn(column, type, nulls);
        };
    }

    /** Whether no field of this column can be wrong and its lane points into the block: it is read when all rows stand. */
    boolean isText() {
        return false;
    }

    /** Reads the column's fields of a block into a lane of as many rows; rows whose field is no such value are set in {@code bad}. */
    void read(Block block, Lane lane, BitSet bad) {
        aim(lane, block);
        byte[] bytes = block.bytes;
        for (int row = 0; row < block.rows; row++) {
            int from = block.start(row, column);
            int to = block.end(row, column);
            if (from == to) {
                lane.setNull(row);
                continue;
            }
            boolean isQuoted = block.quoted && bytes[from] == '"';
            from += isQuoted ? 1 : 0;
            to -= isQuoted ? 1 : 0;
            if (nulls.contains(bytes, from, to)) {
                lane.setNull(row);
            } else if (!put(bytes, from, to, row)) {
                bad.set(row);
            }
        }
    }

    /** Whether the fields are values or nothing, once the block was aimed at them. */
    final boolean isPlain(Block block) {
        return !block.apart && nulls.isEmpty() && block.aim(column);
    }

    final boolean hasNullWords() {
        return !nulls.isEmpty();
    }

    /** Takes the lane that is filled next, already of the right size. */
    abstract void aim(Lane lane, Block block);

    /** Reads one value that is not null into the lane; false where it is none. */
    abstract boolean put(byte[] bytes, int from, int to, int row);
}

package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import java.util.BitSet;

/** A column that a file does not have, and that may be missing: all null. */
final class MissingColumn extends ColumnParser {
    MissingColumn(DataType type, NullWords nulls) {
        super(-1, type, nulls);
    }

    @Override
    void read(Block block, Lane lane, BitSet bad) {
        for (int row = 0; row < block.rows; row++) {
            lane.setNull(row);
        }
    }

    @Override
    void aim(Lane lane, Block block) {}

    @Override
    boolean put(byte[] bytes, int from, int to, int row) {
        return true;
    }
}

package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.TextLane;

/** Text as it stands: nothing in it means anything else. */
class PlainText extends ColumnParser {
    int[] starts;
    int[] lengths;

    PlainText(int column, DataType type, NullWords nulls) {
        super(column, type, nulls);
    }

    @Override
    final boolean isText() {
        return true;
    }

    @Override
    final void aim(Lane lane, Block block) {
        TextLane into = (TextLane) lane;
        into.share(block.bytes);
        starts = into.starts();
        lengths = into.lengths();
    }

    @Override
    boolean put(byte[] bytes, int from, int to, int row) {
        starts[row] = from;
        lengths[row] = to - from;
        return true;
    }
}

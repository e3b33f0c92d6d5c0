package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.WideLane;

/** Decimals. */
final class WideColumn extends ColumnParser {
    private final DecimalText text;
    private long[] high;
    private long[] low;

    WideColumn(int column, DataType type, NullWords nulls) {
        super(column, type, nulls);
        this.text = new DecimalText(type.precision(), type.scale());
    }

    @Override
    void aim(Lane lane, Block block) {
        high = ((WideLane) lane).high();
        low = ((WideLane) lane).low();
    }

    @Override
    boolean put(byte[] bytes, int from, int to, int row) {
        boolean good = text.read(bytes, from, to);
        high[row] = text.high;
        low[row] = text.low;
        return good;
    }
}

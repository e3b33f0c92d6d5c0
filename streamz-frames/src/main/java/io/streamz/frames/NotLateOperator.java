package io.streamz.frames;

import io.streamz.aggregations.LongLane;
import io.streamz.core.Output;

/** Drops the rows that come behind the watermark where no row waits: what is left is in order. */
final class NotLateOperator extends FrameOperator implements TellsLate {
    private final int place;
    private final BatchPool pool;
    private final LateRows late;

    NotLateOperator(Schema schema, String path, int place) {
        super(new int[] {place});
        this.place = place;
        this.pool = new BatchPool(schema, path, TableOrder.firstRows(schema.size()));
        this.late = new LateRows(schema, path);
    }

    @Override
    public LateRows late() {
        return late;
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        int rows = in.rows();
        late.begin(rows);
        RecordBatch result = pool.take();
        try {
            result.over(in);
            int kept = select(in, result.selection(rows));
            if (kept < rows) {
                result.select(kept);
            }
            ledger().in(rows);
            ledger().out(kept);
            ledger().late(rows - kept);
            late.tell(in, out);
            out.emit(result);
        } finally {
            result.close();
        }
    }

    private int select(RecordBatch in, int[] selection) {
        long[] times = ((LongLane) in.lane(place)).values();
        long[] watermarks = in.watermarks().values();
        int kept = 0;
        for (int row = 0; row < in.rows(); row++) {
            if (times[row] < watermarks[row]) {
                late.add(row);
            } else {
                selection[kept++] = row;
            }
        }
        return kept;
    }
}

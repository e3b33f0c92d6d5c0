package io.streamz.frames;

import io.streamz.core.Output;
import io.streamz.core.StreamException;
import io.streamz.core.StreamzException;

/** Lets the user make each batch anew. Rows that do not come out again count as filtered, further ones as coming in here. */
final class MapBatchesOperator extends FrameOperator {
    private final String path;
    private final BatchPool pool;
    private final BatchMapper mapper;

    MapBatchesOperator(Schema in, Schema schema, String path, BatchMapper mapper) {
        super(TableOrder.firstRows(in.size()));
        this.path = path;
        this.pool = new BatchPool(schema, path);
        this.mapper = mapper;
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        RecordBatch made = pool.take();
        try {
            map(in, made);
            made.stamp(in.epoch());
            int more = Math.max(0, made.rows() - in.rows());
            ledger().in(in.rows() + more);
            ledger().out(made.rows());
            ledger().filtered(in.rows() + more - made.rows());
            out.emit(made);
        } finally {
            made.close();
        }
    }

    private void map(RecordBatch in, RecordBatch made) {
        try {
            mapper.map(in, made);
        } catch (StreamzException e) {
            throw e;
        } catch (Exception e) {
            throw new StreamException("map-batches", path, path + " failed: " + e, "", e);
        }
        if (!made.has(TableOrder.firstRows(made.schema().size()))) {
            throw new StreamException(
                    "map-batches", path, path + " left out a column of " + made.schema(), "fill a lane for each", null);
        }
    }
}

package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Hands the changes of a live table on as rows, with what they say beside the table's columns. */
final class ChangesOperator extends FrameOperator {
    private static final byte[] WORDS = words();

    private final BatchPool pool;
    private final boolean op;
    private final boolean epoch;
    /** The rows as they were last told of; null where old values are not wanted. */
    private final RowStore old;

    private Running table;
    private boolean begun;

    ChangesOperator(BatchPool pool, int[] reads, Set<ChangeColumn> extras, RowStore old) {
        super(reads);
        this.pool = pool;
        this.op = extras.contains(ChangeColumn.OP);
        this.epoch = extras.contains(ChangeColumn.EPOCH);
        this.old = old;
    }

    private static byte[] words() {
        StringBuilder all = new StringBuilder();
        for (Change change : Change.values()) {
            all.append(change);
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    void over(List<Running> inputs) {
        table = inputs.get(0);
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        Deltas deltas = in.deltas();
        RecordBatch result = pool.take();
        try {
            result.over(in);
            if (op) {
                fillOps((TextLane) result.fill(0), deltas, in.rows());
            }
            if (epoch) {
                LongLane epochs = (LongLane) result.fill(op ? 1 : 0);
                epochs.reset(in.rows());
                Arrays.fill(epochs.values(), 0, in.rows(), in.epoch());
            }
            if (old != null) {
                fillOld(result, in, deltas);
            }
            ledger().in(in.rows());
            emit(result, in.rows(), deltas.deletes(), out);
        } finally {
            result.close();
        }
    }

    /** Without the column that says so, rows that are gone would read as rows that stand. */
    private void emit(RecordBatch result, int count, int gone, Output<? super RecordBatch> out) {
        if (op || gone == 0) {
            ledger().out(count);
            out.emit(result);
            return;
        }
        try (RecordBatch standing = new RecordBatch(
                result.schema(),
                result.owner(),
                TableOrder.firstRows(result.schema().size()))) {
            standing.over(result);
            int[] selection = standing.selection(count - gone);
            for (int i = 0; i < count - gone; i++) {
                selection[i] = gone + i;
            }
            standing.select(count - gone);
            ledger().out(count - gone);
            ledger().filtered(gone);
            out.emit(standing);
        }
    }

    private static void fillOps(TextLane ops, Deltas deltas, int count) {
        ops.share(WORDS);
        ops.reset(count);
        int length = Change.INSERT.toString().length();
        for (int row = 0; row < count; row++) {
            ops.starts()[row] = length
                    * switch (deltas.change(row)) {
                        case INSERT -> 0;
                        case UPDATE -> 1;
                        case DELETE -> 2;
                    };
            ops.lengths()[row] = length;
        }
    }

    private void fillOld(RecordBatch result, RecordBatch in, Deltas deltas) {
        int columns = old.columns();
        Lane[] lanes = new Lane[columns];
        for (int i = 0; i < columns; i++) {
            lanes[i] = result.fill(result.schema().size() - columns + i);
        }
        // Before the first batch of all there was nothing, whatever the table knows by now that it has not told of.
        boolean first = !begun && old.isEmpty() && in.epoch() > 1;
        begun = true;
        old.gather(deltas.ids(), in.rows(), lanes);
        for (int row = 0; row < in.rows(); row++) {
            if (deltas.change(row) == Change.INSERT) {
                for (Lane lane : lanes) {
                    lane.setNull(row);
                }
            }
        }
        if (first) {
            // Attached while the table stands already: later changes have old values of all its rows.
            old.fill(table.keyed());
        } else {
            old.take(in, deltas);
        }
    }

    @Override
    long bytes() {
        return old == null ? 0 : old.bytes();
    }

    @Override
    public void write(StateWriter state) throws IOException {
        if (old != null) {
            old.write(state, table.idOrder());
        }
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        if (old != null) {
            old.read(state);
            begun = true;
        }
    }
}

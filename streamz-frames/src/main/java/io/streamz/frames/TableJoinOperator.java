package io.streamz.frames;

import io.streamz.aggregations.LongLane;
import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Looks the rows of the left side up in a table by their keys. A table that is read from a frame is whole when that ends; the
 * batches that come before are held. A live table answers as it stands, which its changes say.
 */
final class TableJoinOperator extends FrameOperator {
    private final TableJoinNode node;
    private final JoinKeys keys;
    private final RowLists table;
    private final BatchPool pool;
    private final int[] all;
    private final Pairs pairs = new Pairs();
    private final ArrayDeque<RecordBatch> waiting = new ArrayDeque<>();
    private Running live;
    private Running left;
    private volatile boolean whole;
    private int held;

    TableJoinOperator(TableJoinNode node) {
        super(
                node.isLive()
                        ? node.keys().left()
                        : TableOrder.firstRows(node.left().schema().size()));
        this.node = node;
        this.keys = new JoinKeys(node.keys().types());
        this.table = new RowLists(node.right().schema(), keys, node.keys().right());
        int[] from = RecordBatch.owned(node.schema().size());
        for (int column = 0; column < node.left().schema().size(); column++) {
            from[column] = column;
        }
        this.pool = new BatchPool(node.schema(), node.path(), from);
        this.all = TableOrder.firstRows(node.right().schema().size());
    }

    @Override
    void over(List<Running> inputs) {
        if (node.isLive()) {
            live = inputs.get(1);
        }
        left = inputs.get(0);
    }

    /** Whether nobody waits for rows of the table any more. */
    boolean isWhole() {
        return whole;
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        ledger().in(in.rows());
        if (live != null) {
            begin(Long.MAX_VALUE);
        }
        if (whole) {
            answer(in, out);
        } else {
            ledger().held(in.rows());
            held += in.rows();
            waiting.add(in.retain());
        }
    }

    @Override
    void take(int port, RecordBatch in, Output<? super RecordBatch> out) {
        if (live != null) {
            begin(in.epoch());
            change(in, in.deltas());
        } else if (in.has(all)) {
            table.add(in);
        }
    }

    /** Where the live table stood already when this was attached, it is taken as it stands. */
    private void begin(long epoch) {
        if (!whole) {
            whole = true;
            FrameOperator running = live.operator();
            if (running != null && running.first() != 0 && running.first() < epoch) {
                Table now = live.keyed().table();
                put(now, 0, now.rows());
            }
        }
    }

    private void change(RecordBatch in, Deltas deltas) {
        int[] ids = keys.ids(in, node.keys().right());
        for (int row = 0; row < deltas.deletes(); row++) {
            if (ids[row] != JoinKeys.NONE) {
                if (table.head(ids[row]) != RowLists.NONE) {
                    table.dropHead(ids[row]);
                }
                keys.release(ids[row]);
            }
        }
        set(in, ids, deltas.deletes(), in.rows());
    }

    private void put(Table rows, int from, int to) {
        set(rows, keys.ids(rows, node.keys().right()), from, to);
    }

    private void set(Columns rows, int[] ids, int from, int to) {
        for (int row = from; row < to; row++) {
            if (ids[row] != JoinKeys.NONE) {
                table.set(rows, row, ids[row]);
            }
        }
        table.tidy();
    }

    @Override
    public void onInputEnd(int port, Output<? super RecordBatch> out) {
        if (port == 1 && live == null) {
            complete(out);
        }
    }

    @Override
    public void onEnd(Output<? super RecordBatch> out) {
        complete(out);
    }

    private void complete(Output<? super RecordBatch> out) {
        whole = true;
        left.askSources();
        while (!waiting.isEmpty()) {
            RecordBatch batch = waiting.poll();
            try {
                held -= batch.rows();
                ledger().held(-batch.rows());
                answer(batch, out);
            } finally {
                batch.close();
            }
        }
    }

    private void answer(RecordBatch in, Output<? super RecordBatch> out) {
        pairs.clear();
        int[] ids = keys.ids(in, node.keys().left());
        int filtered = 0;
        for (int row = 0; row < in.rows(); row++) {
            int before = pairs.count();
            match(row, ids[row] == JoinKeys.NONE ? RowLists.NONE : table.head(ids[row]));
            filtered += pairs.count() == before ? 1 : 0;
            keys.release(ids[row]);
        }
        ledger().filtered(filtered);
        ledger().out(in.rows() - filtered);
        emit(in, out);
    }

    private void match(int row, int head) {
        switch (node.join()) {
            case INNER, LEFT -> {
                for (int slot = head; slot != RowLists.NONE; slot = table.next(slot)) {
                    pairs.add(row, slot);
                }
                if (head == RowLists.NONE && node.join() == JoinKind.LEFT) {
                    pairs.add(row, RowLists.NONE);
                }
            }
            case SEMI -> {
                if (head != RowLists.NONE) {
                    pairs.add(row, head);
                }
            }
            case ANTI -> {
                if (head == RowLists.NONE) {
                    pairs.add(row, RowLists.NONE);
                }
            }
        }
    }

    private void emit(RecordBatch in, Output<? super RecordBatch> out) {
        int count = pairs.count();
        RecordBatch result = pool.take();
        try {
            result.over(in);
            System.arraycopy(pairs.left(), 0, result.selection(count), 0, count);
            result.select(count);
            int columns = node.left().schema().size();
            for (int i = 0; i < node.rightColumns().length; i++) {
                table.gather(node.rightColumns()[i], pairs.right(), count, result.fill(columns + i));
            }
            out.emit(result);
        } finally {
            result.close();
        }
    }

    @Override
    int waiting() {
        return held;
    }

    @Override
    long bytes() {
        long bytes = keys.bytes() + table.bytes();
        for (RecordBatch batch : waiting) {
            for (int column = 0; column < batch.schema().size(); column++) {
                bytes += batch.lane(column).memory();
            }
        }
        return bytes;
    }

    @Override
    public void write(StateWriter state) throws IOException {
        state.writeBoolean(whole);
        table.write(state);
        state.writeInt(waiting.size());
        for (RecordBatch batch : waiting) {
            writeWaiting(batch, state);
        }
    }

    private static void writeWaiting(RecordBatch batch, StateWriter state) throws IOException {
        state.writeLong(batch.epoch());
        state.writeLong(batch.watermark());
        state.writeInt(batch.rows());
        for (int column = 0; column < batch.schema().size(); column++) {
            LaneState.write(batch.lane(column), state);
        }
        LongLane watermarks = batch.watermarks();
        state.writeBoolean(watermarks != null);
        if (watermarks != null) {
            LaneState.write(watermarks, state);
        }
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        whole = state.readBoolean();
        table.read(state);
        int batches = state.readInt();
        for (int i = 0; i < batches; i++) {
            readWaiting(state);
        }
    }

    private void readWaiting(StateReader state) throws IOException {
        long epoch = state.readLong();
        long watermark = state.readLong();
        RecordBatch batch = KeptRows.read(node.left().schema(), state);
        batch.stamp(epoch);
        if (state.readBoolean()) {
            LongLane before = new LongLane();
            LaneState.read(before, batch.rows(), state);
            batch.watermarks(before, watermark);
        }
        held += batch.rows();
        ledger().in(batch.rows());
        ledger().held(batch.rows());
        waiting.add(batch);
    }

    @Override
    public void close() {
        whole = true; // nobody waits for what is closed
        left.askSources();
        waiting.forEach(RecordBatch::close);
        waiting.clear();
    }
}

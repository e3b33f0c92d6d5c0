package io.streamz.frames;

import io.streamz.aggregations.LongLane;
import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Looks the rows of the left side up in a table by their keys. A table that is read from a frame is whole when that ends; the
 * batches that come before are held. One that is read again is whole with each reading, and stands until the next one is. A live table answers as it stands, which its changes say.
 */
final class TableJoinOperator extends FrameOperator {
    private final TableJoinNode node;
    /** With so many rows held the sources that they come from wait for the table. */
    static final int MOST_HELD = 100_000;

    private JoinKeys keys;
    private RowLists table;
    /** Where a table is read again: the keys and rows of the reading that goes on. */
    private JoinKeys nextKeys;

    private RowLists next;
    private final BatchPool pool;
    /** The columns of each side that are kept. */
    private final int[] leftKept;

    private final int[] kept;
    /** Which of the right side's columns that may come out do. */
    private final int[] rightColumns;

    private final Pairs pairs = new Pairs();
    private final ArrayDeque<RecordBatch> waiting = new ArrayDeque<>();
    private Running live;
    private Running left;
    private volatile boolean whole;
    private boolean leftEnded;
    private int held;
    /** Counted as they come: whoever asks may do so from another thread. */
    private long waitingBytes;

    /** What the rows come from and the table does not: these may wait for it. */
    private final Set<QuietSource> sources = new HashSet<>();

    private boolean holds;

    TableJoinOperator(TableJoinNode node, Set<String> wanted) {
        super(node.isLive() ? node.keys().left() : node.left().schema().places(node.reads(0, wanted)));
        this.node = node;
        this.leftKept = node.left().schema().places(node.reads(0, wanted));
        this.kept = node.right().schema().places(node.reads(1, wanted));
        this.rightColumns = IntStream.range(0, node.rightColumns().length)
                .filter(i -> IntStream.of(kept).anyMatch(column -> column == node.rightColumns()[i]))
                .toArray();
        this.keys = new JoinKeys(node.keys().types());
        this.table = new RowLists(node.right().schema(), keys, node.keys().right(), kept);
        beginReading();
        int[] from = RecordBatch.owned(node.schema().size());
        for (int column = 0; column < node.left().schema().size(); column++) {
            from[column] = column;
        }
        this.pool = new BatchPool(node.schema(), node.path(), from);
    }

    private void beginReading() {
        if (node.right().reloads()) {
            nextKeys = new JoinKeys(node.keys().types());
            next = new RowLists(node.right().schema(), nextKeys, node.keys().right(), kept);
        }
    }

    @Override
    void over(List<Running> inputs) {
        left = inputs.get(0);
        if (node.isLive()) {
            live = inputs.get(1);
        } else {
            sources.addAll(left.sources());
            sources.removeAll(inputs.get(1).sources());
        }
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
            add(in.retain());
            holdSources();
        }
    }

    private void add(RecordBatch batch) {
        waiting.add(batch);
        for (int column : leftKept) {
            waitingBytes += batch.lane(column).memory();
        }
    }

    private void holdSources() {
        if (held >= MOST_HELD && !holds) {
            holds = true;
            sources.forEach(QuietSource::hold);
        }
    }

    private void letSourcesGo() {
        if (holds) {
            holds = false;
            sources.forEach(QuietSource::letGo);
        }
    }

    @Override
    void take(int port, RecordBatch in, Output<? super RecordBatch> out) {
        if (live != null) {
            begin(in.epoch());
            change(in, in.deltas());
        } else if (in.has(kept)) {
            (next == null ? table : next).add(in);
            if (in.isWhole()) {
                table = next;
                keys = nextKeys;
                beginReading();
                complete(out);
                stopWhereDone();
            }
        }
    }

    /** A table that is read again has no end of its own. */
    private void stopWhereDone() {
        if (leftEnded && whole && next != null) {
            context().stop();
        }
    }

    /** Where the live table stood already when this was attached, it is taken as it stands. */
    private void begin(long epoch) {
        if (!whole) {
            whole = true;
            if (live.operator() != null && stood(live.operator(), epoch)) {
                Table now = live.told().table();
                put(now, 0, now.rows());
            }
        }
    }

    /** Where the table runs for this join alone, it stands only where it has gone on from another one. */
    private boolean stood(FrameOperator running, long epoch) {
        return node.fork() == null ? running.first() != 0 && running.first() < epoch : running.goesOn();
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
        if (port == 0) {
            leftEnded = true;
            stopWhereDone();
        } else if (live == null) {
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
        waitingBytes = 0;
        letSourcesGo();
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
            for (int i : rightColumns) {
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
        return keys.bytes() + table.bytes() + (next == null ? 0 : nextKeys.bytes() + next.bytes()) + waitingBytes;
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

    /** Since version 2 rows that wait say which columns they have. */
    @Override
    public int stateVersion() {
        return 2;
    }

    private void writeWaiting(RecordBatch batch, StateWriter state) throws IOException {
        state.writeLong(batch.epoch());
        state.writeLong(batch.watermark());
        state.writeInt(batch.rows());
        for (int column = 0; column < batch.schema().size(); column++) {
            boolean has = isKept(column);
            state.writeBoolean(has);
            if (has) {
                LaneState.write(batch.lane(column), state);
            }
        }
        LongLane watermarks = batch.watermarks();
        state.writeBoolean(watermarks != null);
        if (watermarks != null) {
            LaneState.write(watermarks, state);
        }
    }

    private boolean isKept(int column) {
        return IntStream.of(leftKept).anyMatch(each -> each == column);
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        whole = state.readBoolean();
        table.read(state);
        int batches = state.readInt();
        for (int i = 0; i < batches; i++) {
            readWaiting(state, version);
        }
    }

    private void readWaiting(StateReader state, int version) throws IOException {
        long epoch = state.readLong();
        long watermark = state.readLong();
        Schema schema = node.left().schema();
        RecordBatch batch = version == 1 ? KeptRows.read(schema, state) : new KeptRows(schema, leftKept).read(state);
        batch.stamp(epoch);
        if (state.readBoolean()) {
            LongLane before = new LongLane();
            LaneState.read(before, batch.rows(), state);
            batch.watermarks(before, watermark);
        }
        held += batch.rows();
        ledger().in(batch.rows());
        ledger().held(batch.rows());
        add(batch);
    }

    @Override
    public void close() {
        whole = true; // nobody waits for what is closed
        left.askSources();
        letSourcesGo();
        waiting.forEach(RecordBatch::close);
        waiting.clear();
    }
}

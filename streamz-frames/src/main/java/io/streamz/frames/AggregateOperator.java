package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.core.DataException;
import io.streamz.core.OperatorContext;
import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes batches into a {@link GroupTable} and, where somebody listens, gives the rows of the touched groups.
 *
 * <p>Answers are made only when they are asked for: the changes of a batch when they have a listener, the pages of a table
 * when a view is read. A reader takes the lock only to bring pages up to date; the batch being taken in is never torn.
 */
final class AggregateOperator extends FrameOperator {
    /** The side output of whole tables, one after each batch. */
    static final String SNAPSHOTS = "snapshots";

    private static final int ROWS_BETWEEN_COUNTS = 4096;

    private final AggregateNode node;
    private final int[] keyColumns;
    private final GroupTable groups;
    private final BatchPool pool;
    private final ReentrantLock lock = new ReentrantLock();
    private final Touched touched = new Touched();
    private final TablePages pages;
    private final Rejects rejects;
    /** The cells that were rejected once, and the rejects that nobody was told of yet. */
    private final Set<Long> overflown = new HashSet<>();

    private final Queue<Reject> untold = new ConcurrentLinkedQueue<>();
    private volatile boolean changesWanted;
    private volatile boolean pagesWanted;
    private volatile boolean snapshotsWanted;
    private OperatorContext context;
    private long epoch;
    private long rowsSinceCount;
    private Throwable failure;

    AggregateOperator(AggregateNode node, int[] keyColumns, Rejects rejects, GroupTable groups) {
        this.rejects = rejects;
        this.node = node;
        this.keyColumns = keyColumns;
        this.groups = groups;
        this.pool = new BatchPool(node.schema(), node.path());
        this.pages = new TablePages(node.schema(), groups);
    }

    @Override
    public void open(OperatorContext opened) {
        context = opened;
    }

    /** From the next batch on, the rows that change are emitted. */
    void wantChanges() {
        changesWanted = true;
    }

    /** From the next batch on, the whole table is emitted to the side. */
    void wantSnapshots() {
        snapshotsWanted = true;
    }

    @Override
    public void onNext(RecordBatch in, Output<? super RecordBatch> out) {
        RecordBatch changes = null;
        lock.lock();
        try {
            int[] ids = groups.add(in, keyColumns);
            epoch = in.epoch();
            ledger().in(in.rows());
            ledger().held(in.rows());
            if (pagesWanted) {
                pages.touch(ids, in.rows());
            }
            if (changesWanted) {
                changes = changes(ids, in);
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            lock.unlock();
        }
        count(in.rows());
        tell();
        if (changes != null) {
            try {
                out.emit(changes);
            } finally {
                changes.close();
            }
        }
        if (snapshotsWanted) {
            out.<Table>side(SNAPSHOTS).emit(table());
        }
    }

    private RecordBatch changes(int[] ids, RecordBatch in) {
        int count = touched.of(ids, in.rows());
        RecordBatch changes = pool.take();
        Lane[] lanes = changes.fillAll();
        groups.rows(touched.ids(), count, lanes, this::overflow);
        changes.filled(count);
        changes.stamp(in.epoch());
        return changes;
    }

    private void overflow(int column, int id, String what) {
        if (rejects.fail()) {
            throw new DataException(
                    "overflow",
                    node.path(),
                    what,
                    "cast what goes in to float64 or a decimal, or let such answers be null with badRows(BadRows.SKIP)");
        }
        if (overflown.add((long) id << Short.SIZE | column)) {
            untold.add(new Reject(what, node.schema().field(column).name(), "", node.path(), -1, -1));
        }
    }

    /** Called without the lock. */
    private void tell() {
        for (Reject reject = untold.poll(); reject != null; reject = untold.poll()) {
            rejects.tell(reject);
        }
    }

    private void count(int rows) {
        rowsSinceCount += rows;
        if (rowsSinceCount >= ROWS_BETWEEN_COUNTS && context != null) {
            rowsSinceCount = 0;
            context.memory(bytes());
        }
    }

    /** The whole table as it stands after the last batch. */
    Table table() {
        TablePages.Cut cut;
        lock.lock();
        try {
            if (failure != null) {
                throw new IllegalStateException(node.path() + " has failed in the middle of a batch", failure);
            }
            pagesWanted = true;
            cut = pages.cut(epoch, this::overflow);
        } finally {
            lock.unlock();
        }
        tell();
        return cut.table();
    }

    @Override
    long bytes() {
        return groups.bytes();
    }

    @Override
    public void write(StateWriter state) throws IOException {
        state.writeLong(epoch);
        groups.write(state);
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        epoch = state.readLong();
        groups.read(state);
    }
}

package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.core.DataException;
import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.core.StreamException;
import java.io.IOException;
import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Takes batches into {@link Groups} and, where somebody listens, gives the rows of the touched groups.
 *
 * <p>Answers are made only when they are asked for: the changes of a batch when they have a listener, the pages of a table
 * when a view is read. A reader takes the lock only to bring pages up to date; the batch being taken in is never torn.
 */
final class AggregateOperator extends TableOperator implements TellsLate {
    private final TableNode node;
    private final Groups groups;
    private final LateRows late;
    private final Consumer<DataException> reject;
    private final BatchPool pool;
    private final ReentrantLock lock = new ReentrantLock();
    private final Touched touched = new Touched();
    private final TablePages pages;
    private final Rejects rejects;
    private final Overflown overflown;
    private final KnownIds known = new KnownIds();
    private final BitSet gone = new BitSet();
    private final IntConsumer lateRow;
    private final Groups.Overflows overflows;
    private int[] changed = {};
    private volatile boolean pagesWanted;
    private final BatchPool evictions;
    /** The last rows of the groups that left with the batch that is being taken; null where there are none, or nobody wants them. */
    private RecordBatch evicted;

    /** What to begin with, as long as that has not been taken in. */
    private Start start;

    private boolean begun;
    private long epoch;
    private volatile Throwable failure;

    AggregateOperator(TableNode node, int[] reads, Rejects rejects, Groups groups) {
        super(reads);
        this.rejects = rejects;
        this.node = node;
        this.groups = groups;
        this.late = new LateRows(node.input().schema(), node.path());
        this.reject = rejects.of(node.path(), null);
        this.pool = new BatchPool(node.schema(), node.path());
        this.evictions = new BatchPool(node.schema(), node.path() + " > evicted");
        this.overflown = new Overflown(node, rejects);
        this.lateRow = late::add;
        this.overflows = overflown::at;
        this.pages = new TablePages(node.schema(), groups);
    }

    /** Begins with this, unless a state is read. */
    void startFrom(Start what) {
        start = what;
    }

    private void begin() {
        if (start != null) {
            start.into(groups);
            start = null;
            begun = true;
        }
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        checkWhole();
        RecordBatch changes = null;
        lock.lock();
        try {
            changes = absorbed(in);
        } finally {
            lock.unlock();
        }
        overflown.tell();
        late.tell(in, out);
        if (evicted != null) {
            try {
                out.<RecordBatch>side(EVICTED).emit(evicted);
            } finally {
                evicted.close();
                evicted = null;
            }
        }
        give(changes, in.epoch(), in.rows() > 0, out);
    }

    /** Takes a batch in; gives the rows that it changed, where they are wanted. */
    private RecordBatch absorbed(RecordBatch in) {
        begin();
        groups.evaluate(in, rejects.fail() ? null : reject);
        boolean tells = changesWanted();
        if (tells && !known.started()) {
            known.start(groups.liveIds(), begun || epoch > 0 ? groups.size() : 0);
        }
        add(in);
        epoch = in.epoch();
        ledger().in(in.rows());
        ledger().late(late.count());
        ledger().held(in.rows() - late.count());
        if (pagesWanted) {
            pages.touch(groups.touched(), groups.touchedCount());
        }
        try {
            if (evictedWanted() && groups.evicted() > 0) {
                evicted = evicted(in.epoch());
            }
            return tells ? changes(in) : null;
        } catch (RuntimeException | Error e) {
            if (evicted != null) {
                evicted.close();
                evicted = null;
            }
            throw e;
        } finally {
            forget();
            groups.settle();
        }
    }

    private RecordBatch evicted(long now) {
        RecordBatch rows = evictions.take();
        try {
            groups.evicted(rows.fillAll(), overflows);
        } catch (RuntimeException | Error e) {
            rows.close();
            throw e;
        }
        rows.filled(groups.evicted());
        rows.stamp(now);
        return rows;
    }

    /** An id that is gone may come back as another key's. */
    private void forget() {
        for (int i = 0; i < groups.goneCount(); i++) {
            overflown.forget(groups.gone()[i]);
        }
    }

    @Override
    public LateRows late() {
        return late;
    }

    @Override
    int answered(RecordBatch in) {
        return groups.answered(in);
    }

    private void add(RecordBatch rows) {
        late.begin(rows.rows());
        try {
            groups.add(rows, lateRow);
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    /** The rows that are gone, then the others that changed. */
    private RecordBatch changes(RecordBatch in) {
        int all = touched.of(groups.touched(), groups.touchedCount());
        if (changed.length < all) {
            changed = new int[Math.max(all, changed.length * 2)];
        }
        int[] ids = changed;
        int deletes = 0;
        for (int i = 0; i < groups.goneCount(); i++) {
            gone.set(groups.gone()[i]);
            if (known.gone(groups.gone()[i])) {
                ids[deletes++] = groups.gone()[i];
            }
        }
        int count = deletes;
        for (int i = 0; i < all; i++) {
            if (!gone.get(touched.ids()[i])) {
                ids[count++] = touched.ids()[i];
            }
        }
        gone.clear();
        return changes(ids, deletes, count, in.epoch());
    }

    private RecordBatch changes(int[] ids, int deletes, int count, long newEpoch) {
        RecordBatch changes = pool.take();
        Lane[] lanes = changes.fillAll();
        try {
            groups.rows(ids, count, lanes, overflows);
        } catch (RuntimeException | Error e) {
            changes.close();
            throw e;
        }
        Deltas deltas = changes.changes(count);
        for (int row = 0; row < count; row++) {
            deltas.set(row, ids[row], row < deletes ? Change.DELETE : known.stands(ids[row]));
            for (int column = node.keys().size(); row < deletes && column < lanes.length; column++) {
                lanes[column].setNull(row);
            }
        }
        changes.filled(count);
        changes.stamp(newEpoch);
        return changes;
    }

    /** State that a failure left in the middle of a batch gives no answers and takes no more rows. */
    private void checkWhole() {
        if (failure != null) {
            throw new StreamException(
                    "broken-state",
                    node.path(),
                    node.path() + " has failed in the middle of a batch: " + failure,
                    "",
                    failure);
        }
    }

    @Override
    KeyedTable keyed() {
        TablePages.Cut cut;
        lock.lock();
        try {
            checkWhole();
            begin();
            pagesWanted = true;
            cut = pages.cut(epoch, overflows);
        } finally {
            lock.unlock();
        }
        overflown.tell();
        return cut.keyed();
    }

    /** A table answers from its first row on. */
    @Override
    long given() {
        return ledger().taken() - ledger().lateOnes();
    }

    @Override
    long bytes() {
        lock.lock();
        try {
            return groups.bytes() + known.bytes();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long keys() {
        return node.keys().isEmpty() ? -1 : groups.size();
    }

    /** What {@link Start.State} begins with. */
    byte[] state() {
        lock.lock();
        try {
            checkWhole();
            begin();
            return Start.State.written(node, groups::write);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(StateWriter state) throws IOException {
        checkWhole();
        begin();
        state.writeLong(epoch);
        groups.write(state);
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        start = null;
        epoch = state.readLong();
        groups.read(state);
    }
}

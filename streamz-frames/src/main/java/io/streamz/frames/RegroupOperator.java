package io.streamz.frames;

import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.core.StreamException;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Groups the rows of a live table. Of a row that is replaced or goes, the old values are kept: aggregates that forget exactly
 * (counts, sums, means) forget them; all others are computed again for the groups that a batch touches, from all of their rows,
 * which takes a pass over the table.
 */
final class RegroupOperator extends TableOperator {
    private static final int NO_GROUP = -1;

    private final RegroupNode node;
    private final RowStore store;
    private final int[] keyColumns;
    private final GroupTable groups;
    private final Overflown overflown;
    private final BatchPool pool;
    private final KnownIds known = new KnownIds();
    private final ReentrantLock lock = new ReentrantLock();
    private Running table;
    private boolean started;
    /** The group of each row, and the number of rows of each group. */
    private int[] groupOf = {};

    private int[] members = {};
    private long epoch;
    private volatile Throwable failure;

    RegroupOperator(RegroupNode node, RowStore store, int[] keyColumns, GroupTable groups, Rejects rejects) {
        super(TableOrder.firstRows(node.input().schema().size()));
        this.node = node;
        this.store = store;
        this.keyColumns = keyColumns;
        this.groups = groups;
        this.overflown = new Overflown(node, rejects);
        this.pool = new BatchPool(node.schema(), node.path());
    }

    @Override
    void over(List<Running> inputs) {
        table = inputs.get(0);
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        checkWhole();
        RecordBatch changes;
        lock.lock();
        try {
            changes = absorbed(in);
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            lock.unlock();
        }
        ledger().in(in.rows());
        ledger().held(in.rows());
        overflown.tell();
        give(changes, in.epoch(), in.rows() > 0, out);
    }

    private RecordBatch absorbed(RecordBatch in) {
        boolean tells = changesWanted();
        if (tells && !known.started()) {
            known.start(groups.liveIds(), epoch == 0 ? 0 : groups.size());
        }
        Set<Integer> touched = new LinkedHashSet<>();
        if (started) {
            Deltas deltas = in.deltas();
            forget(distinct(deltas), touched);
            store.take(in, deltas);
            add(Arrays.copyOfRange(deltas.ids(), deltas.deletes(), deltas.size()), touched);
        } else {
            started = true;
            if (keyColumns.length == 0) {
                touched.add(0); // there is a row of nothing, too
            }
            KeyedTable all = table.keyed();
            store.fill(all);
            add(all.ids(), touched);
        }
        recompute(touched);
        epoch = in.epoch();
        return told(touched, in.epoch(), tells);
    }

    /** The rows that the changes are about and that are known, each once. */
    private int[] distinct(Deltas deltas) {
        return Arrays.stream(deltas.ids(), 0, deltas.size())
                .filter(store::has)
                .distinct()
                .toArray();
    }

    private void forget(int[] ids, Set<Integer> touched) {
        RowStore.Rows old = store.rows(ids);
        groups.evaluate(old, null);
        int[] from = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            from[i] = groupOf[ids[i]];
            touched.add(from[i]);
            members[from[i]]--;
        }
        groups.forget(from, ids.length);
    }

    private void add(int[] ids, Set<Integer> touched) {
        RowStore.Rows rows = store.rows(ids);
        groups.evaluate(rows, null);
        int[] into = groups.identify(rows);
        groups.addExact(into, ids.length);
        for (int i = 0; i < ids.length; i++) {
            if (groupOf.length <= ids[i]) {
                groupOf = Arrays.copyOf(groupOf, Math.max(ids[i] + 1, groupOf.length * 2));
            }
            if (members.length <= into[i]) {
                members = Arrays.copyOf(members, Math.max(into[i] + 1, members.length * 2));
            }
            groupOf[ids[i]] = into[i];
            members[into[i]]++;
            touched.add(into[i]);
        }
    }

    /** Makes the aggregates that cannot forget anew for some groups, of their rows in the table's order. */
    private void recompute(Set<Integer> touched) {
        if (groups.forgetsAll()) {
            return;
        }
        touched.forEach(groups::clearInexact);
        int[] ids = Arrays.stream(table.idOrder())
                .filter(id -> store.has(id) && touched.contains(groupOf[id]))
                .toArray();
        groups.evaluate(store.rows(ids), null);
        groups.addInexact(Arrays.stream(ids).map(id -> groupOf[id]).toArray(), ids.length);
    }

    /** Groups without rows go, but for the one of all rows. */
    private RecordBatch told(Set<Integer> touched, long now, boolean tells) {
        int[] gone = touched.stream()
                .mapToInt(id -> id)
                .filter(id -> keyColumns.length > 0 && members[id] == 0)
                .toArray();
        int[] standing = touched.stream()
                .mapToInt(id -> id)
                .filter(id -> keyColumns.length == 0 || members[id] > 0)
                .toArray();
        RecordBatch changes = tells ? changes(gone, standing, now) : null;
        for (int id : gone) {
            overflown.forget(id);
            groups.free(id);
        }
        return changes;
    }

    private RecordBatch changes(int[] gone, int[] standing, long now) {
        int[] told = Arrays.stream(gone).filter(known::gone).toArray();
        int[] all = Arrays.copyOf(told, told.length + standing.length);
        System.arraycopy(standing, 0, all, told.length, standing.length);
        RecordBatch changes = pool.take();
        groups.rows(all, all.length, changes.fillAll(), overflown::at);
        Deltas deltas = changes.changes(all.length);
        for (int row = 0; row < all.length; row++) {
            if (row < told.length) {
                deltas.set(row, all[row], Change.DELETE);
                for (int column = keyColumns.length; column < node.schema().size(); column++) {
                    changes.fill(column).setNull(row);
                }
            } else {
                deltas.set(row, all[row], known.stands(all[row]));
            }
        }
        changes.filled(all.length);
        changes.stamp(now);
        return changes;
    }

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
        KeyedTable now;
        lock.lock();
        try {
            checkWhole();
            now = groups.keyed(epoch, overflown::at);
        } finally {
            lock.unlock();
        }
        overflown.tell();
        return now;
    }

    @Override
    long bytes() {
        lock.lock();
        try {
            return groups.bytes() + store.bytes() + known.bytes() + 4L * (groupOf.length + members.length);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(StateWriter state) throws IOException {
        state.writeLong(epoch);
        state.writeBoolean(started);
        groups.write(state);
        store.write(state, started ? table.idOrder() : new int[0]);
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        epoch = state.readLong();
        started = state.readBoolean();
        groups.read(state);
        int rows = store.read(state);
        int[] ids = IntStream.range(0, rows).filter(store::has).toArray();
        int[] into = groups.identify(store.rows(ids));
        groupOf = new int[rows];
        Arrays.fill(groupOf, NO_GROUP);
        members = new int[groups.top()];
        for (int i = 0; i < ids.length; i++) {
            groupOf[ids[i]] = into[i];
            members[into[i]]++;
        }
    }
}

package io.streamz.frames;

import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What has become of a live table since it was last looked at: its rows as they were then, against its rows now. */
final class TableDiff {
    private final TableNode node;
    private final RowStore told;
    private final DeltaBuilder builder;
    private final int[] keys;
    private int[] rowOf = {};

    TableDiff(TableNode node) {
        this.node = node;
        this.told =
                new RowStore(node.schema(), TableOrder.firstRows(node.schema().size()));
        this.builder = new DeltaBuilder(node);
        this.keys = node.schema().places(node.keys());
    }

    /** {@link #changes(KeyedTable, Collection)} of all rows. */
    RecordBatch changes(KeyedTable now) {
        Set<Integer> all = new TreeSet<>();
        for (int id : now.ids()) {
            all.add(id);
        }
        all.addAll(told.ids());
        return changes(now, all);
    }

    /**
     * The changes, to be closed by the caller; the next ones begin behind them.
     *
     * @param ids the rows that may have changed
     */
    RecordBatch changes(KeyedTable now, Collection<Integer> ids) {
        index(now);
        List<Integer> old = ids.stream().filter(told::has).toList();
        int[] oldIds = old.stream().mapToInt(id -> id).toArray();
        RowStore.Rows before = told.rows(oldIds);
        int[] standing =
                ids.stream().filter(id -> row(id) >= 0).mapToInt(id -> id).toArray();
        int[] rows = Arrays.stream(standing).map(this::row).toArray();
        KeyedTable after = now.chosen(rows);
        builder.reset();
        List<Integer> changed = new ArrayList<>();
        compare(oldIds, before, standing, after, changed);
        RecordBatch batch = builder.build(
                before.and(RowStore.Rows.of(after.table())), now.table().epoch());
        for (int id : oldIds) {
            if (row(id) < 0) {
                told.remove(id);
            }
        }
        int[] places = changed.stream().mapToInt(place -> place).toArray();
        int[] changedIds = changed.stream().mapToInt(place -> standing[place]).toArray();
        told.put(changedIds, after.table(), places, places.length);
        return batch;
    }

    private void compare(int[] oldIds, RowStore.Rows before, int[] standing, KeyedTable after, List<Integer> changed) {
        int[] placeBefore = new int[told.top()];
        for (int place = 0; place < oldIds.length; place++) {
            placeBefore[oldIds[place]] = place + 1;
            if (row(oldIds[place]) < 0) {
                builder.delete(place, oldIds[place]);
            }
        }
        for (int place = 0; place < standing.length; place++) {
            int id = standing[place];
            int was = id < placeBefore.length ? placeBefore[id] - 1 : -1;
            if (was >= 0
                    && same(
                            before,
                            was,
                            after.table(),
                            place,
                            TableOrder.firstRows(node.schema().size()))) {
                continue;
            }
            boolean sameKey = was >= 0 && same(before, was, after.table(), place, keys);
            if (was >= 0 && !sameKey) {
                builder.delete(was, id);
            }
            builder.stands(oldIds.length + place, id, sameKey ? Change.UPDATE : Change.INSERT);
            changed.add(place);
        }
    }

    private static boolean same(RowStore.Rows a, int rowA, Table b, int rowB, int[] columns) {
        for (int column : columns) {
            if (!Lanes.sameCell(a.lane(column), rowA, b.lane(column), rowB)) {
                return false;
            }
        }
        return true;
    }

    private void index(KeyedTable now) {
        for (int id : now.ids()) {
            if (id >= rowOf.length) {
                rowOf = new int[Math.max(id + 1, rowOf.length * 2)];
            }
        }
        Arrays.fill(rowOf, 0);
        for (int row = 0; row < now.ids().length; row++) {
            rowOf[now.ids()[row]] = row + 1;
        }
    }

    /** The table as it was told of: rows that have changed since are as they were when it was last looked at. */
    KeyedTable told(KeyedTable now, Set<Integer> changed) {
        int[] same = IntStream.range(0, now.ids().length)
                .filter(row -> !changed.contains(now.ids()[row]))
                .toArray();
        int[] old = changed.stream().filter(told::has).mapToInt(id -> id).toArray();
        KeyedTable kept = now.chosen(same);
        RowStore.Rows rows = RowStore.Rows.of(kept.table()).and(told.rows(old));
        int[] ids =
                IntStream.concat(Arrays.stream(kept.ids()), Arrays.stream(old)).toArray();
        return new KeyedTable(Table.of(node.schema(), now.table().epoch(), ids.length, rows.lanes()), ids);
    }

    /** Which of these rows were there when the table was last looked at, but for some, in the order of their values then. */
    IntStream told(Collection<Integer> ids, BitSet but) {
        Comparator<Integer> order = TableOrder.comparator(node.schema(), told::lane, TableOrder.total(node.schema()));
        return ids.stream()
                .filter(id -> told.has(id) && !but.get(id))
                .sorted(order)
                .mapToInt(id -> id);
    }

    /** Where a row stands now, or -1. */
    private int row(int id) {
        return id < rowOf.length ? rowOf[id] - 1 : -1;
    }

    long bytes() {
        return told.bytes() + builder.bytes() + 4L * rowOf.length;
    }

    void write(StateWriter out, int[] order) throws IOException {
        told.write(out, order);
    }

    void read(StateReader in) throws IOException {
        told.read(in);
    }
}

package io.streamz.frames;

import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The first rows of a live table in its order, such as the ten largest: rows come and go as others pass them. */
final class LiveHeadNode extends RowsOfTableNode {
    private final String[] by;
    private final int most;

    private LiveHeadNode(TableNode table, String[] by, int most) {
        super(
                table,
                "sort(" + String.join(", ", by) + ").head(" + most + ")",
                "a sorted copy of the table where its changes are read, else no state");
        this.by = by;
        this.most = most;
    }

    /** Makes one of the rows in an order. */
    static LiveHeadNode of(TableNode table, String[] by, int most) {
        return new LiveHeadNode(table, by.clone(), most);
    }

    @Override
    boolean isMadeWhenAsked() {
        return true;
    }

    @Override
    TableOperator operator(Wanted wanted, Rejects rejects) {
        return new Head(this);
    }

    /** Keeps all rows in a tree, so that a change costs the logarithm of their number and the length of the head. */
    private static final class Head extends DerivedOperator {
        private final LiveHeadNode node;
        private final RowStore store;
        private final DeltaBuilder builder;
        private final TreeSet<Integer> order;
        private boolean started;
        private Set<Integer> shown = Set.of();

        Head(LiveHeadNode node) {
            super(node);
            this.node = node;
            Schema schema = node.schema();
            this.store = new RowStore(schema, TableOrder.firstRows(schema.size()));
            this.builder = new DeltaBuilder(node);
            // Rows that are the same in all columns may change places: nobody sees it.
            String[] all = TableOrder.total(schema, node.by);
            this.order = new TreeSet<>(
                    TableOrder.comparator(schema, store::lane, all).thenComparing(Comparator.naturalOrder()));
        }

        @Override
        KeyedTable derived(KeyedTable other) {
            int[] order = TableOrder.of(other.table(), TableOrder.total(node.schema(), node.by));
            return other.chosen(Arrays.copyOf(order, Math.min(node.most, order.length)));
        }

        @Override
        RecordBatch changes(RecordBatch in, Deltas deltas) {
            Map<Integer, Boolean> touched = new LinkedHashMap<>();
            if (started) {
                for (int row = 0; row < deltas.size(); row++) {
                    if (store.has(deltas.id(row))) {
                        order.remove(deltas.id(row));
                    }
                }
            }
            RowStore.Rows gone = store.rows(shown.stream().mapToInt(id -> id).toArray());
            if (started) {
                store.take(in, deltas);
                for (int row = deltas.deletes(); row < deltas.size(); row++) {
                    order.add(deltas.id(row));
                    touched.put(deltas.id(row), deltas.change(row) == Change.INSERT);
                }
            } else {
                start();
            }
            return told(gone, touched, in.epoch());
        }

        private void start() {
            started = true;
            KeyedTable all = base();
            store.fill(all);
            for (int id : all.ids()) {
                order.add(id);
            }
        }

        private RecordBatch told(RowStore.Rows gone, Map<Integer, Boolean> touched, long epoch) {
            Set<Integer> now = new LinkedHashSet<>();
            Iterator<Integer> first = order.iterator();
            while (now.size() < node.most && first.hasNext()) {
                now.add(first.next());
            }
            int[] ids = now.stream().mapToInt(id -> id).toArray();
            RowStore.Rows standing = store.rows(ids);
            builder.reset();
            int row = 0;
            for (int id : shown) {
                // An id that was given again names another row.
                if (!now.contains(id) || Boolean.TRUE.equals(touched.get(id))) {
                    builder.delete(row, id);
                }
                row++;
            }
            int before = row;
            row = 0;
            for (int id : ids) {
                boolean isNew = !shown.contains(id) || Boolean.TRUE.equals(touched.get(id));
                if (isNew || touched.containsKey(id)) {
                    builder.stands(before + row, id, isNew ? Change.INSERT : Change.UPDATE);
                }
                row++;
            }
            shown = now;
            return builder.build(gone.and(standing), epoch);
        }

        @Override
        long bytes() {
            return store.bytes() + 48L * order.size();
        }

        @Override
        public void write(StateWriter state) throws IOException {
            int[] ids = started ? idOrder() : new int[0];
            state.writeBoolean(started);
            store.write(state, ids);
            for (int id : ids) {
                state.writeBoolean(shown.contains(id));
            }
        }

        @Override
        public void read(StateReader state, int version) throws IOException {
            started = state.readBoolean();
            int rows = store.read(state);
            Set<Integer> known = new LinkedHashSet<>();
            for (int id = 0; id < rows; id++) {
                if (store.has(id)) {
                    order.add(id);
                }
                if (state.readBoolean()) {
                    known.add(id);
                }
            }
            // In the order in which they stand, which is the one they are told in.
            shown = new LinkedHashSet<>(order);
            shown.retainAll(known);
        }
    }
}

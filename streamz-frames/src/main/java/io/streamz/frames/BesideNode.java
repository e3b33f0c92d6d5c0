package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.GroupIndex;
import io.streamz.aggregations.Lane;
import io.streamz.core.Output;
import io.streamz.core.PlanException;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** The rows of one live table with the columns of another one beside them, by key; null where the other has no row of the key. */
final class BesideNode extends TableNode {
    private final TableNode left;
    private final TableNode right;

    private BesideNode(TableNode left, TableNode right, Schema schema) {
        super(List.of(left, right), schema, "beside(" + right.path() + ")");
        this.left = left;
        this.right = right;
    }

    /** Makes one; columns of the other that have the name of one here get the suffix. */
    static BesideNode of(TableNode left, TableNode right, String suffix) {
        if (left.keys().isEmpty() || !keys(left).equals(keys(right))) {
            throw new PlanException(
                    "different-keys",
                    left.path(),
                    "the tables have different keys: " + keys(left) + " and " + keys(right),
                    "group both by the same columns");
        }
        List<Field> fields = new ArrayList<>(left.schema().fields());
        for (Field field : right.schema().fields()) {
            if (!right.keys().contains(field.name())) {
                boolean taken = left.schema().indexOf(field.name()) >= 0;
                fields.add(new Field(taken ? field.name() + suffix : field.name(), field.type()));
            }
        }
        return new BesideNode(left, right, Schema.of(fields));
    }

    private static List<Field> keys(TableNode table) {
        return table.keys().stream()
                .map(key -> table.schema().field(table.schema().indexOf(key)))
                .toList();
    }

    @Override
    List<String> keys() {
        return left.keys();
    }

    @Override
    String state() {
        return "a copy of both tables where changes are read, else no state";
    }

    @Override
    TableOperator operator(Wanted wanted, Rejects rejects) {
        return new Beside(this);
    }

    private static int[] places(TableNode table) {
        return table.schema().places(table.keys());
    }

    /** The columns of the right table that stand beside. */
    private int[] others() {
        return right.schema().fields().stream()
                .filter(field -> !right.keys().contains(field.name()))
                .mapToInt(field -> right.schema().indexOf(field.name()))
                .toArray();
    }

    private GroupIndex index() {
        return new GroupIndex(
                Arrays.stream(places(left)).mapToObj(left.schema()::type).toArray(DataType[]::new));
    }

    private static int[] identify(GroupIndex index, Columns rows, int[] places) {
        Lane[] lanes = Arrays.stream(places).mapToObj(rows::lane).toArray(Lane[]::new);
        int[] ids = new int[rows.rows()];
        index.ids(lanes, rows.rows(), ids);
        return ids;
    }

    private static final class Beside extends TableOperator {
        /** How often a pair of tables of one batch is looked for before two of different batches are taken. */
        private static final int TRIES = 100;
        /** The version of the state since which it has the rows of both tables. */
        private static final int WITH_ROWS = 2;

        private final BesideNode node;
        private final int[] leftKeys;
        private final int[] rightKeys;
        private final GroupIndex index;
        private final RowStore lefts;
        private final RowStore rights;
        private final DeltaBuilder builder;
        private final KnownIds known = new KnownIds();
        private final BitSet told = new BitSet();
        private int[] leftIds = {};
        private Running left;
        private Running right;
        private boolean filled;
        private long epoch;

        Beside(BesideNode node) {
            super(TableOrder.firstRows(node.left.schema().size()));
            this.node = node;
            this.leftKeys = places(node.left);
            this.rightKeys = places(node.right);
            this.index = node.index();
            this.lefts = new RowStore(
                    node.left.schema(), TableOrder.firstRows(node.left.schema().size()));
            this.rights = new RowStore(node.right.schema(), node.others());
            this.builder = new DeltaBuilder(node);
        }

        @Override
        void over(List<Running> inputs) {
            left = inputs.get(0);
            right = inputs.get(1);
        }

        @Override
        int[] idOrder() {
            return left.idOrder();
        }

        @Override
        KeyedTable keyed() {
            KeyedTable here = left.keyed();
            KeyedTable there = right.keyed();
            for (int i = 0; i < TRIES && here.table().epoch() != there.table().epoch(); i++) {
                here = left.keyed();
                there = right.keyed();
            }
            GroupIndex keys = node.index();
            identify(keys, there.table(), rightKeys);
            int[] places = identify(keys, here.table(), leftKeys);
            int rows = here.table().rows();
            List<Lane> lanes = new ArrayList<>();
            for (int column = 0; column < node.left.schema().size(); column++) {
                lanes.add(here.table().lane(column));
            }
            for (int column : node.others()) {
                lanes.add(found(there.table(), column, places, rows));
            }
            Table both = Table.of(node.schema(), here.table().epoch(), rows, lanes.toArray(Lane[]::new));
            return new KeyedTable(both, here.ids());
        }

        /** Keys that the right table has were numbered by its rows. */
        private static Lane found(Table there, int column, int[] places, int rows) {
            Lane out = there.lane(column).fresh();
            out.reset(rows);
            for (int row = 0; row < rows; row++) {
                if (places[row] < there.rows()) {
                    Lanes.copyCell(there.lane(column), places[row], out, row);
                } else {
                    out.setNull(row);
                }
            }
            return out;
        }

        @Override
        void take(RecordBatch in, Output<? super RecordBatch> out) {
            take(0, in, out);
        }

        @Override
        void take(int port, RecordBatch in, Output<? super RecordBatch> out) {
            ledger().in(in.rows());
            ledger().held(in.rows());
            epoch = Math.max(epoch, in.epoch());
            RecordBatch changes = changesWanted() ? changes(port, in) : null;
            give(changes, epoch, in.rows() > 0, out);
        }

        private RecordBatch changes(int port, RecordBatch in) {
            Deltas deltas = in.deltas();
            int[] ids = identify(index, in, port == 0 ? leftKeys : rightKeys);
            if (!filled) {
                filled = true;
                begin(in.epoch());
            }
            RowStore.Rows before = new RowStore.Rows(keysOnly(port, in), in.rows());
            builder.reset();
            told.clear();
            for (int row = 0; row < deltas.size(); row++) {
                change(port, in, deltas, row, ids[row]);
            }
            RowStore.Rows now = lefts.rows(ids).beside(rights.rows(ids));
            settle(ids);
            return builder.build(before.and(now), epoch);
        }

        /** Lets go of keys that neither table has any more. */
        private void settle(int[] ids) {
            for (int id : Arrays.stream(ids).distinct().toArray()) {
                if (!lefts.has(id) && !rights.has(id)) {
                    index.free(id);
                }
            }
        }

        /** The keys of the rows that came; the other columns are null. */
        private Lane[] keysOnly(int port, RecordBatch in) {
            Lane[] lanes = Lanes.empty(node.schema());
            for (Lane lane : lanes) {
                lane.reset(in.rows());
                lane.setAllNull();
            }
            for (int key = 0; key < leftKeys.length; key++) {
                lanes[leftKeys[key]] = in.lane(port == 0 ? leftKeys[key] : rightKeys[key]);
            }
            return lanes;
        }

        /** With the rows that stand already, unless this is the first batch of all, whose changes come from both sides. */
        private void begin(long first) {
            KeyedTable here = left.told();
            KeyedTable there = right.told();
            boolean isFirst =
                    first <= 1 && here.table().epoch() <= 1 && there.table().epoch() <= 1;
            if (!isFirst) {
                fill(here, lefts, leftKeys, true);
                fill(there, rights, rightKeys, false);
            }
            if (!known.started()) {
                known.start(here.ids(), isFirst ? 0 : here.ids().length);
            }
        }

        private void change(int port, RecordBatch in, Deltas deltas, int row, int id) {
            boolean gone = deltas.change(row) == Change.DELETE;
            if (port == 0 && deltas.change(row) == Change.INSERT) {
                // The table may have stood before it told of the row.
                known.gone(deltas.id(row));
            }
            RowStore side = port == 0 ? lefts : rights;
            if (gone) {
                side.remove(id);
            } else {
                side.put(new int[] {id}, in, new int[] {row}, 1);
            }
            if (port == 0) {
                ensure(id);
                leftIds[id] = deltas.id(row);
                if (!gone) {
                    builder.stands(deltas.size() + row, deltas.id(row), known.stands(deltas.id(row)));
                } else if (known.gone(deltas.id(row))) {
                    builder.delete(row, deltas.id(row));
                }
            } else if (lefts.has(id) && !told.get(id)) {
                told.set(id); // a row that is replaced by one of the same key comes as two changes
                builder.stands(deltas.size() + row, leftIds[id], known.stands(leftIds[id]));
            }
        }

        private void fill(KeyedTable table, RowStore side, int[] keys, boolean isLeft) {
            int[] ids = identify(index, table.table(), keys);
            side.put(ids, table.table(), TableOrder.firstRows(ids.length), ids.length);
            for (int row = 0; row < ids.length && isLeft; row++) {
                ensure(ids[row]);
                leftIds[ids[row]] = table.ids()[row];
            }
        }

        private void ensure(int id) {
            if (leftIds.length <= id) {
                leftIds = Arrays.copyOf(leftIds, Math.max(id + 1, leftIds.length * 2));
            }
        }

        @Override
        long bytes() {
            return index.bytes() + lefts.bytes() + rights.bytes() + 4L * leftIds.length + known.bytes();
        }

        @Override
        public int stateVersion() {
            return WITH_ROWS;
        }

        /**
         * The rows are written as they were told of: the tables may be ahead of that, as one behind a trigger is, and may be so at other
         * places after a restart.
         */
        @Override
        public void write(StateWriter state) throws IOException {
            int[] order = idOrder();
            state.writeLong(epoch);
            known.write(state, order);
            state.writeBoolean(filled);
            if (!filled) {
                return;
            }
            index.write(state.stream());
            int[] keys = Arrays.copyOf(index.liveIds(new int[0]), index.size());
            lefts.write(state, keys);
            rights.write(state, keys);
            int[] places = new int[Arrays.stream(order).max().orElse(-1) + 1];
            for (int place = 0; place < order.length; place++) {
                places[order[place]] = place;
            }
            for (int key : keys) {
                state.writeInt(lefts.has(key) ? places[leftIds[key]] : 0);
            }
        }

        @Override
        public void read(StateReader state, int version) throws IOException {
            epoch = state.readLong();
            known.read(state);
            filled = version >= WITH_ROWS && state.readBoolean();
            if (filled) {
                index.read(state.stream());
                lefts.read(state);
                rights.read(state);
                leftIds = new int[index.size()];
                for (int key = 0; key < leftIds.length; key++) {
                    leftIds[key] = state.readInt();
                }
            }
        }
    }
}

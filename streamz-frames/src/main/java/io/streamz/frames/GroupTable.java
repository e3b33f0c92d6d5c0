package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.GroupIndex;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.Tallies;
import io.streamz.core.DataException;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.Cells;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The state of an aggregate: keys to ids, ids to states, and the answers of any ids as lanes. One thread at a time. */
final class GroupTable implements Groups {
    private static final int[] ONE = {0};
    private static final int[] NONE = {};

    private final Schema schema;
    private final DataType[] keyTypes;
    /** Null where all rows are one group. */
    private final GroupIndex index;

    private final Measures measures;
    private final Tallies tallies;
    private final Lane[] keyLanes;
    private final int[] keyColumns;
    private final Overflowing overflowing = new Overflowing();
    private Lane[] values = {};
    private int[] ids = {};
    private int count;
    private int[] live = {};

    GroupTable(Schema schema, DataType[] keyTypes, int[] keyColumns, boolean dropNullKeys, Measures measures) {
        this.schema = schema;
        this.keyColumns = keyColumns;
        this.keyTypes = keyTypes;
        this.index = keyTypes.length == 0
                ? null
                : dropNullKeys ? GroupIndex.droppingNullKeys(keyTypes) : new GroupIndex(keyTypes);
        this.measures = measures;
        this.tallies = new Tallies(measures.types(), measures.all());
        this.keyLanes = new Lane[keyTypes.length];
    }

    /**
     * Computes what goes in. State is not touched, so that a data error in an expression leaves it as it is.
     *
     * @param reject who is told of a row that has no value, which is null then; null lets the error out
     */
    @Override
    public void evaluate(Columns rows, Consumer<DataException> reject) {
        values = measures.inputs().evaluate(rows, reject);
    }

    /** Begins with earlier answers: keys, then one for each aggregate. */
    void start(Table answers) {
        int[] groups = null;
        if (index != null) {
            for (int key = 0; key < keyLanes.length; key++) {
                keyLanes[key] = answers.lane(key);
            }
            groups = new int[answers.rows()];
            index.ids(keyLanes, answers.rows(), groups);
        }
        Lane[] lanes = new Lane[measures.all().length];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = answers.lane(keyTypes.length + i);
        }
        tallies.start(groups, answers.rows(), lanes);
    }

    /** How many rows have all that goes in before the first one that has not. */
    @Override
    public int answered(Columns rows) {
        return measures.inputs().answered(rows);
    }

    @Override
    public void add(Columns rows, IntConsumer late) {
        count = rows.rows();
        int[] groups = index == null ? null : ids(rows);
        tallies.add(groups, count, values, top());
    }

    /** The id of each row. */
    @Override
    public int[] touched() {
        return index == null ? null : ids;
    }

    @Override
    public int touchedCount() {
        return count;
    }

    @Override
    public int[] gone() {
        return NONE;
    }

    @Override
    public int goneCount() {
        return 0;
    }

    @Override
    public void settle() {}

    /** The ids of rows, in an array of their own; 0 where all rows are one group. */
    int[] identify(Columns rows) {
        count = rows.rows();
        return index == null ? new int[count] : Arrays.copyOf(ids(rows), count);
    }

    /** Whether all aggregates forget exactly. */
    boolean forgetsAll() {
        return tallies.forgetsAll();
    }

    /** Takes the rows that were evaluated out of their groups again, where that is exact. */
    void forget(int[] groups, int count) {
        tallies.forget(groups, count, values);
    }

    /** Adds the rows that were evaluated to the aggregates that forget exactly. */
    void addExact(int[] groups, int count) {
        tallies.add(true, groups, count, values, top());
    }

    /** Adds the rows that were evaluated to all other aggregates. */
    void addInexact(int[] groups, int count) {
        tallies.add(false, groups, count, values, top());
    }

    /** Makes a group of the aggregates that do not forget exactly as if no row had been added. */
    void clearInexact(int id) {
        tallies.clearOthers(id);
    }

    /** Forgets a group and its key; its id may be given again. */
    void free(int id) {
        tallies.free(id);
        index.free(id);
    }

    /** All groups in the order of their first appearance. */
    KeyedTable keyed(long epoch, Overflows overflows) {
        int[] all = Arrays.copyOf(liveIds(), size());
        Lane[] lanes = Lanes.empty(schema);
        rows(all, all.length, lanes, overflows);
        return new KeyedTable(Table.of(schema, epoch, all.length, lanes), all);
    }

    private int[] ids(Columns rows) {
        if (ids.length < count) {
            ids = new int[Math.max(count, ids.length * 2)];
        }
        for (int key = 0; key < keyColumns.length; key++) {
            keyLanes[key] = rows.lane(keyColumns[key]);
        }
        index.ids(keyLanes, count, ids);
        return ids;
    }

    /** The number of groups that live; one where all rows are one group. */
    @Override
    public int size() {
        return index == null ? 1 : index.size();
    }

    /** All ids that live are below this. */
    @Override
    public int top() {
        return index == null ? 1 : index.top();
    }

    /** The live ids in order of first appearance; to be read until the next call. */
    @Override
    public int[] liveIds() {
        if (index == null) {
            return ONE;
        }
        live = index.liveIds(live);
        return live;
    }

    /** Writes the rows of these ids to lanes of this table's columns. */
    @Override
    public void rows(int[] wanted, int count, Lane[] out, Overflows overflows) {
        if (index != null) {
            Lane[] keys = keyLanes;
            System.arraycopy(out, 0, keys, 0, keys.length);
            index.keys(wanted, count, keys);
        }
        for (int i = 0; i < measures.all().length; i++) {
            overflowing.of(keyTypes.length + i, wanted, out, overflows);
            tallies.result(i, wanted, count, out[keyTypes.length + i], overflowing);
        }
    }

    /** Told of the answers of one aggregate that do not fit; one object for all batches. */
    private final class Overflowing implements IntConsumer {
        private int column;
        private int[] wanted;
        private Lane[] out;
        private Overflows overflows;

        void of(int newColumn, int[] newWanted, Lane[] newOut, Overflows newOverflows) {
            column = newColumn;
            wanted = newWanted;
            out = newOut;
            overflows = newOverflows;
        }

        @Override
        public void accept(int row) {
            overflows.at(column, wanted[row], overflow(column, row, out));
        }
    }

    private String overflow(int column, int row, Lane[] rows) {
        String key = IntStream.range(0, keyTypes.length)
                .mapToObj(i -> schema.field(i).name() + "=" + Cells.text(keyTypes[i], rows[i], row))
                .collect(Collectors.joining(", "));
        Field field = schema.field(column);
        return "overflow: " + field.name() + (key.isEmpty() ? "" : " of " + key) + " does not fit " + field.type();
    }

    @Override
    public long bytes() {
        long bytes = index == null ? 0 : index.bytes();
        return bytes + tallies.bytes() + 4L * (ids.length + live.length);
    }

    /** Writes keys and states in order of first appearance. */
    @Override
    public void write(StateWriter out) throws IOException {
        if (index != null) {
            index.write(out.stream());
        }
        int[] order = liveIds();
        tallies.write(out.stream(), order, size());
    }

    @Override
    public void read(StateReader in) throws IOException {
        if (index != null) {
            index.read(in.stream());
        }
        tallies.read(in.stream());
    }
}

package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.GroupIndex;
import io.streamz.aggregations.GroupStates;
import io.streamz.aggregations.Lane;
import io.streamz.core.DataException;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.Cells;
import io.streamz.frames.internal.Columns;
import io.streamz.frames.internal.expr.BoundAgg;
import io.streamz.frames.internal.expr.BoundExpr;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The state of an aggregate: keys to ids, ids to states, and the answers of any ids as lanes. One thread at a time. */
final class GroupTable {
    private static final int[] ONE = {0};

    private final Schema schema;
    private final DataType[] keyTypes;
    /** Null where all rows are one group. */
    private final GroupIndex index;

    private final BoundAgg[] aggregates;
    private final GroupStates[] states;
    private final Lane[] keyLanes;
    private final Lane[][] inputs;
    private final long[][] masks;
    private int[] ids = {};
    private int[] live = {};

    GroupTable(Schema schema, DataType[] keyTypes, boolean dropNullKeys, BoundAgg[] aggregates) {
        this.schema = schema;
        this.keyTypes = keyTypes;
        this.index = keyTypes.length == 0
                ? null
                : dropNullKeys ? GroupIndex.droppingNullKeys(keyTypes) : new GroupIndex(keyTypes);
        this.aggregates = aggregates;
        this.states = new GroupStates[aggregates.length];
        this.inputs = new Lane[aggregates.length][];
        this.masks = new long[aggregates.length][];
        for (int i = 0; i < aggregates.length; i++) {
            states[i] = aggregates[i].aggregation().states(aggregates[i].types());
            inputs[i] = new Lane[aggregates[i].inputs().size()];
        }
        this.keyLanes = new Lane[keyTypes.length];
    }

    /**
     * Computes what goes in. State is not touched, so that a data error in an expression leaves it as it is.
     *
     * @param reject who is told of a row that has no value, which is null then; null lets the error out
     */
    void evaluate(Columns rows, Consumer<DataException> reject) {
        for (int i = 0; i < aggregates.length; i++) {
            for (int input = 0; input < inputs[i].length; input++) {
                BoundExpr values = aggregates[i].inputs().get(input);
                inputs[i][input] = reject == null ? values.evaluate(rows) : values.evaluate(rows, reject);
            }
            BoundExpr where = aggregates[i].where();
            if (where != null) {
                masks[i] = reject == null ? where.mask(rows) : where.mask(rows, reject);
            }
        }
    }

    /** How many rows have all that goes in before the first one that has not. */
    int answered(Columns rows) {
        int answered = rows.rows();
        for (BoundAgg aggregate : aggregates) {
            for (BoundExpr input : aggregate.inputs()) {
                answered = Math.min(answered, input.answered(rows));
            }
            if (aggregate.where() != null) {
                answered = Math.min(answered, aggregate.where().answered(rows));
            }
        }
        return answered;
    }

    /** Takes in the rows that were evaluated, and tells the id of each; null where all are one group. */
    int[] add(Columns rows, int[] keyColumns) {
        int count = rows.rows();
        int[] groups = index == null ? null : ids(rows, keyColumns, count);
        for (int i = 0; i < aggregates.length; i++) {
            states[i].add(groups, count, inputs[i], masks[i]);
        }
        return groups;
    }

    private int[] ids(Columns rows, int[] keyColumns, int count) {
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
    int size() {
        return index == null ? 1 : index.size();
    }

    /** All ids that live are below this. */
    int top() {
        return index == null ? 1 : index.top();
    }

    /** The live ids in order of first appearance; to be read until the next call. */
    int[] liveIds() {
        if (index == null) {
            return ONE;
        }
        live = index.liveIds(live);
        return live;
    }

    /** Writes the rows of these ids to lanes of this table's columns. */
    void rows(int[] wanted, int count, Lane[] out, Overflows overflows) {
        if (index != null) {
            Lane[] keys = keyLanes;
            System.arraycopy(out, 0, keys, 0, keys.length);
            index.keys(wanted, count, keys);
        }
        for (int i = 0; i < states.length; i++) {
            int column = keyTypes.length + i;
            Lane answers = out[column];
            GroupStates state = states[i];
            int least = aggregates[i].minCount();
            state.result(wanted, count, answers, row -> {
                if (state.count(wanted[row]) >= least) {
                    overflows.at(column, wanted[row], overflow(column, row, out));
                }
            });
            for (int row = 0; least > 0 && row < count; row++) {
                if (state.count(wanted[row]) < least) {
                    answers.setNull(row);
                }
            }
        }
    }

    /** Told of each answer that does not fit its type; its cell is null already. */
    interface Overflows {
        void at(int column, int id, String what);
    }

    private String overflow(int column, int row, Lane[] rows) {
        String key = IntStream.range(0, keyTypes.length)
                .mapToObj(i -> schema.field(i).name() + "=" + Cells.text(keyTypes[i], rows[i], row))
                .collect(Collectors.joining(", "));
        Field field = schema.field(column);
        return "overflow: " + field.name() + (key.isEmpty() ? "" : " of " + key) + " does not fit " + field.type();
    }

    long bytes() {
        long bytes = index == null ? 0 : index.bytes();
        for (GroupStates state : states) {
            bytes += state.bytes();
        }
        return bytes + 4L * (ids.length + live.length);
    }

    /** Writes keys and states in order of first appearance. */
    void write(StateWriter out) throws IOException {
        if (index != null) {
            index.write(out.stream());
        }
        int[] order = liveIds();
        for (GroupStates state : states) {
            state.write(out.stream(), order, size());
        }
    }

    void read(StateReader in) throws IOException {
        if (index != null) {
            index.read(in.stream());
        }
        for (GroupStates state : states) {
            state.read(in.stream());
        }
    }
}

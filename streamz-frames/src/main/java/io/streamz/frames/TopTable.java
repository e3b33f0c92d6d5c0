package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.core.DataException;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The first rows of each group in the order of a column. A row that gets a place pushes those behind it one further, and the
 * last one out; most rows get none, which one comparison with the last says. Places have ids, rows have slots.
 */
final class TopTable implements Groups {
    private final int keyCount;
    private final KeyIds keys;
    private final int most;
    private final int column;
    private final boolean largest;
    private final RowStore store;
    /** Where a column of the rows stands in the table. */
    private final int[] target;

    /** By group the number of its rows, and by rank the slots of their values and the ids of their places. */
    private int[] counts = {};

    private int[][] slots = {};
    private int[][] ids = {};
    private int groups;

    /** By id the group and the rank. */
    private int[] groupOf = {};

    private int[] rankOf = {};
    private int size;
    private int slotCount;
    private int[] touched = {};
    private int touchedCount;
    private int[] live = {};

    TopTable(Schema in, Schema out, KeyIds keys, int keyCount, int most, int column, boolean largest) {
        this.keys = keys;
        this.keyCount = keyCount;
        this.most = most;
        this.column = column;
        this.largest = largest;
        this.store = new RowStore(in, TableOrder.firstRows(in.size()));
        this.target = in.names().stream().mapToInt(out::indexOf).toArray();
    }

    @Override
    public void evaluate(Columns rows, Consumer<DataException> reject) {}

    @Override
    public int answered(Columns rows) {
        return rows.rows();
    }

    @Override
    public void add(Columns rows, IntConsumer late) {
        int[] group = keys.of(rows);
        touchedCount = 0;
        Lane values = rows.lane(column);
        for (int row = 0; row < rows.rows(); row++) {
            int of = group == null ? 0 : group[row];
            if (of >= 0) {
                ensure(of);
                int rank = rank(of, values, row);
                if (rank < most) {
                    insert(of, rank, rows, row);
                }
            }
        }
    }

    private void ensure(int group) {
        if (group >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(group + 1, counts.length * 2));
            slots = Arrays.copyOf(slots, counts.length);
            ids = Arrays.copyOf(ids, counts.length);
        }
        if (slots[group] == null) {
            slots[group] = new int[1];
            ids[group] = new int[1];
            groups = Math.max(groups, group + 1);
        }
    }

    /** The rank a row would get, counted from 0: behind all rows that are not after it. */
    private int rank(int group, Lane values, int row) {
        int low = 0;
        int high = counts[group];
        if (high == most && !isBefore(values, row, slots[group][high - 1])) {
            return most;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore(values, row, slots[group][middle])) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private boolean isBefore(Lane values, int row, int slot) {
        Lane kept = store.lane(column);
        boolean none = values.isNull(row);
        if (none || kept.isNull(slot)) {
            return !none;
        }
        int order = TableOrder.compare(values, row, kept, slot);
        return largest ? order > 0 : order < 0;
    }

    private void insert(int group, int rank, Columns rows, int row) {
        int count = counts[group];
        int[] own = slots[group];
        int slot = count == most ? own[count - 1] : slotCount++;
        if (count < most) {
            own = grown(group, count);
            ids[group][count] = newId(group, count);
            counts[group] = ++count;
        }
        System.arraycopy(own, rank, own, rank + 1, count - 1 - rank);
        own[rank] = slot;
        store.put(new int[] {slot}, rows, new int[] {row}, 1);
        for (int place = rank; place < count; place++) {
            touch(ids[group][place]);
        }
    }

    private int[] grown(int group, int count) {
        if (count == slots[group].length) {
            int room = Math.min(most, count * 2);
            slots[group] = Arrays.copyOf(slots[group], room);
            ids[group] = Arrays.copyOf(ids[group], room);
        }
        return slots[group];
    }

    private int newId(int group, int rank) {
        if (size == groupOf.length) {
            groupOf = Arrays.copyOf(groupOf, Math.max(16, size * 2));
            rankOf = Arrays.copyOf(rankOf, groupOf.length);
        }
        groupOf[size] = group;
        rankOf[size] = rank;
        return size++;
    }

    private void touch(int id) {
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, Math.max(16, touchedCount * 2));
        }
        touched[touchedCount++] = id;
    }

    @Override
    public int[] touched() {
        return touched;
    }

    @Override
    public int touchedCount() {
        return touchedCount;
    }

    @Override
    public int[] gone() {
        return touched;
    }

    @Override
    public int goneCount() {
        return 0;
    }

    @Override
    public void settle() {}

    @Override
    public int size() {
        return size;
    }

    @Override
    public int top() {
        return size;
    }

    @Override
    public int[] liveIds() {
        if (live.length < size) {
            live = new int[Math.max(size, live.length * 2)];
        }
        int count = 0;
        for (int group = 0; group < groups; group++) {
            System.arraycopy(ids[group], 0, live, count, counts[group]);
            count += counts[group];
        }
        return live;
    }

    @Override
    public void rows(int[] wanted, int count, Lane[] out, Overflows overflows) {
        int[] from = new int[count];
        LongLane ranks = (LongLane) out[keyCount];
        ranks.reset(count);
        for (int i = 0; i < count; i++) {
            ranks.values()[i] = rankOf[wanted[i]] + 1L;
            from[i] = slots[groupOf[wanted[i]]][rankOf[wanted[i]]];
        }
        Lane[] columns = new Lane[target.length];
        for (int each = 0; each < columns.length; each++) {
            columns[each] = out[target[each]];
        }
        store.gather(from, count, columns);
    }

    @Override
    public long bytes() {
        long bytes = keys.bytes() + store.bytes() + 4L * (touched.length + live.length + 2L * groupOf.length);
        return bytes + 12L * counts.length + 8L * size;
    }

    /** Keys, and the rows group by group in their order. */
    @Override
    public void write(StateWriter out) throws IOException {
        keys.write(out);
        out.writeInt(groups);
        int[] order = new int[size];
        int count = 0;
        for (int group = 0; group < groups; group++) {
            out.writeInt(counts[group]);
            System.arraycopy(slots[group], 0, order, count, counts[group]);
            count += counts[group];
        }
        store.write(out, order);
    }

    @Override
    public void read(StateReader in) throws IOException {
        keys.read(in);
        int known = in.readInt();
        for (int group = 0; group < known; group++) {
            ensure(group);
            int rows = in.readInt();
            for (int rank = 0; rank < rows; rank++) {
                grown(group, rank)[rank] = slotCount++;
                ids[group][rank] = newId(group, rank);
                counts[group] = rank + 1;
            }
        }
        store.read(in);
    }
}

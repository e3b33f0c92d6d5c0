package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The different values of each group and how often each is inside: a {@link GroupIndex} over pairs of group and value, a
 * count for each pair, and for each group the chain of its pairs.
 */
final class Distincts extends GroupStates {
    /** What is told of the values. */
    enum Answer {
        /** How many there are. */
        HOW_MANY,
        /** The one value; null where there are more. */
        ONLY,
        /** The value that is inside most often, of several the least. */
        MOST_FREQUENT,
        /** All of them with their occurrences, most frequent first, then by value. */
        ALL
    }

    private static final int NONE = -1;

    private final GroupIndex pairs;
    private final Lane[] keys = new Lane[2];
    private final DataType type;
    private final Answer answer;
    private final LongLane groups = new LongLane();
    private final Lane gathered;
    private final Cells one;
    private int[] selected = {};
    private int[] pairIds = {};
    private long[] occurrences = {};
    private int[] next = {};
    private int[] previous = {};
    private int[] heads = {};
    private long[] values = {};
    private long[] counts = {};

    Distincts(DataType type, Answer answer) {
        this.answer = answer;
        pairs = new GroupIndex(DataType.INT32, type);
        this.type = type;
        gathered = type.kind().lane();
        one = Cells.of(type);
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public void ensure(int groups) {
        int used = heads.length;
        if (used < groups) {
            heads = Arrays.copyOf(heads, Lane.grown(used, groups));
            Arrays.fill(heads, used, heads.length, NONE);
            values = Arrays.copyOf(values, heads.length);
            counts = Arrays.copyOf(counts, heads.length);
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        add(id, pair(id, inputs[0], row), 1);
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        int pair = pair(id, inputs[0], row);
        counts[id]--;
        if (--occurrences[pair] == 0) {
            unlink(id, pair);
            pairs.free(pair);
        }
    }

    @Override
    void addRange(int[] ids, int from, int to, Lane[] inputs) {
        selected = room(selected, to - from);
        int count = 0;
        for (int row = from; row < to; row++) {
            selected[count] = row;
            count += ids == null || ids[row] >= 0 ? 1 : 0;
        }
        addSelected(ids, count, inputs[0]);
    }

    @Override
    void addWords(int[] ids, long[] words, int rows, Lane[] inputs) {
        selected = room(selected, rows);
        int count = 0;
        for (int start = 0; start < rows; start += 64) {
            for (long word = BatchLoops.word(words, start, rows); word != 0; word &= word - 1) {
                int row = start + Long.numberOfTrailingZeros(word);
                selected[count] = row;
                count += ids == null || ids[row] >= 0 ? 1 : 0;
            }
        }
        addSelected(ids, count, inputs[0]);
    }

    private void addSelected(int[] ids, int count, Lane lane) {
        groups.reset(count);
        for (int i = 0; i < count; i++) {
            groups.values()[i] = ids == null ? 0 : ids[selected[i]];
        }
        lookup(lane, count);
        for (int i = 0; i < count; i++) {
            add((int) groups.values()[i], pairIds[i], 1);
        }
    }

    private int pair(int id, Lane lane, int row) {
        groups.reset(1);
        groups.values()[0] = id;
        selected = room(selected, 1);
        selected[0] = row;
        lookup(lane, 1);
        return pairIds[0];
    }

    /** Finds the pairs of the groups with the values in the selected rows. */
    private void lookup(Lane lane, int count) {
        lane.gather(selected, count, gathered);
        keys[0] = groups;
        keys[1] = gathered;
        pairIds = room(pairIds, count);
        pairs.ids(keys, count, pairIds);
        if (occurrences.length < pairs.top()) {
            occurrences = Arrays.copyOf(occurrences, Lane.grown(occurrences.length, pairs.top()));
            next = Arrays.copyOf(next, occurrences.length);
            previous = Arrays.copyOf(previous, occurrences.length);
        }
    }

    private static int[] room(int[] array, int length) {
        return array.length >= length ? array : new int[Lane.grown(array.length, length)];
    }

    private void add(int id, int pair, long times) {
        counts[id] += times;
        if (occurrences[pair] == 0) {
            link(id, pair);
        }
        occurrences[pair] += times;
    }

    private void link(int id, int pair) {
        values[id]++;
        next[pair] = heads[id];
        previous[pair] = NONE;
        if (heads[id] != NONE) {
            previous[heads[id]] = pair;
        }
        heads[id] = pair;
    }

    private void unlink(int id, int pair) {
        values[id]--;
        if (previous[pair] == NONE) {
            heads[id] = next[pair];
        } else {
            next[previous[pair]] = next[pair];
        }
        if (next[pair] != NONE) {
            previous[next[pair]] = previous[pair];
        }
    }

    @Override
    public long count(int id) {
        return counts[id];
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof Distincts;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        var that = (Distincts) held;
        if (answer == Answer.HOW_MANY) {
            ((LongLane) out).values()[row] = that.values[id];
        } else if (answer == Answer.ALL) {
            that.writeCounts(id, out, row);
        } else if (that.values[id] == 0 || answer == Answer.ONLY && that.values[id] > 1) {
            out.setNull(row);
        } else {
            int[] chain = that.pairsOf(id);
            one.ensure(1);
            one.set(0, that.keysOf(chain), that.byFrequency(chain)[0]);
            one.get(0, out, row);
        }
        return true;
    }

    private void writeCounts(int id, Lane out, int row) {
        int[] chain = pairsOf(id);
        Lane lane = keysOf(chain);
        Json json = new Json().open();
        for (int place : byFrequency(chain)) {
            json.open()
                    .value(type, lane, place)
                    .number(occurrences[chain[place]])
                    .close();
        }
        json.close().get(out, row);
    }

    private Lane keysOf(int[] chain) {
        Lane[] lanes = {new LongLane(), gathered.fresh()};
        pairs.keys(chain, chain.length, lanes);
        return lanes[1];
    }

    /** The places of a chain by falling number of occurrences, then by value. */
    private int[] byFrequency(int[] chain) {
        return Arrays.stream(Order.ascending(type, keysOf(chain)))
                .boxed()
                .sorted(Comparator.comparing(place -> -occurrences[chain[place]]))
                .mapToInt(place -> place)
                .toArray();
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        var that = (Distincts) other;
        int[] pairsThere = that.pairsOf(otherId);
        Lane theirs = that.keysOf(pairsThere);
        for (int i = 0; i < pairsThere.length; i++) {
            add(id, pair(id, theirs, i), that.occurrences[pairsThere[i]]);
        }
    }

    private int[] pairsOf(int id) {
        int[] chain = new int[Math.toIntExact(values[id])];
        int pair = heads[id];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = pair;
            pair = next[pair];
        }
        return chain;
    }

    @Override
    public void free(int id) {
        for (int pair : pairsOf(id)) {
            occurrences[pair] = 0;
            pairs.free(pair);
        }
        heads[id] = NONE;
        values[id] = 0;
        counts[id] = 0;
    }

    @Override
    public long bytes() {
        return pairs.bytes() + 16L * occurrences.length + 20L * heads.length + 4L * (selected.length + pairIds.length);
    }

    /** The values in their order, each with its number of occurrences. */
    @Override
    void write(int id, StateOut out) throws IOException {
        int[] chain = pairsOf(id);
        Lane lane = keysOf(chain);
        int[] order = Order.ascending(type, lane);
        out.i32(chain.length);
        Lane ordered = gathered.fresh();
        lane.gather(order, chain.length, ordered);
        LaneBytes.write(ordered, out);
        for (int place : order) {
            out.i64(occurrences[chain[place]]);
        }
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        int size = in.size();
        Lane lane = gathered.fresh();
        LaneBytes.read(lane, size, in);
        for (int i = 0; i < size; i++) {
            add(id, pair(id, lane, i), in.i64());
        }
    }
}

package io.streamz.aggregations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.IntConsumer;

/**
 * The state of one aggregation for many groups, addressed by dense ids. Ungrouped is the one id 0; a window adds and forgets;
 * a pane is an id that comes, closes and is freed. State lies in flat arrays that grow with the largest id seen.
 *
 * <p>The laws, for any rows {@code A}, {@code B} in order of arrival, bit for bit where the aggregation is exact:
 *
 * <pre>
 *   add(A); add(B)            = add(A ++ B)                    how rows were cut never shows
 *   merge(add(A), add(B))     = add(A ++ B)                    the other side's rows came later
 *   add(A); add(B); forget(A) = add(B)                         where canForget()
 *   read(write(state))        = state, and equal state gives equal bytes
 * </pre>
 *
 * <p>Nulls are settled here, once: a row with a null among its inputs is skipped, unless {@link #skipsNulls()} is false. An
 * implementation gives the one-row forms; the loops over a batch are made of them and run with a JIT profile for each
 * implementation ({@link Clones}); one that needs more speed overrides {@link #addRange}. Not thread-safe.
 */
public abstract class GroupStates {
    private Loops loops;
    private long[] scratch = {};

    GroupStates() {}

    /** Whether rows with a null among their inputs are left out before they reach this state. */
    public boolean skipsNulls() {
        return true;
    }

    /** Whether {@link #forget} works; what cannot forget slides by {@link #merge}. */
    public boolean canForget() {
        return false;
    }

    /** Makes room for the ids 0 to {@code groups - 1}; the batch form of {@code add} does it by itself. */
    public abstract void ensure(int groups);

    /** Adds one row to a group there is room for. The row {@linkplain #counts counts}. */
    public abstract void add(int id, Lane[] inputs, int row);

    /** Takes one row back out of a group that it was added to; where {@link #canForget()}. */
    public void forget(int id, Lane[] inputs, int row) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " cannot forget");
    }

    /** Whether {@link #forget} leaves exactly what never having added would; otherwise a group may become {@link #stale}. */
    public boolean forgetsExactly() {
        return true;
    }

    /**
     * Whether what left a group weighed so much more than what stays that the group is to be freed, and the rows that it
     * still holds are to be added again. Asked after {@link #forget}, where that is not exact.
     */
    boolean stale(int id) {
        return false;
    }

    /** The number of values inside: rows that were added and held no null. */
    public abstract long count(int id);

    /**
     * Writes a group's answer into one cell.
     *
     * @return false where the answer does not fit the result type; the cell is null then
     */
    public final boolean result(int id, Lane out, int row) {
        return result(this, id, out, row);
    }

    /** {@link #result(int, Lane, int)} of a group of a state that this one {@link #reads}. */
    abstract boolean result(GroupStates held, int id, Lane out, int row);

    /**
     * Whether all that this answers can be told from the other state, had that one got the same rows of the same inputs: the same bits,
     * and the same {@link #count}. So it can from one that differs in what is asked of it alone.
     */
    abstract boolean reads(GroupStates held);

    /** Whether {@link #count} is the number of values of one input that are not null. */
    boolean countsValues() {
        return true;
    }

    /** Adds the other's group to one of this, as if its rows had come after those that are here; the other may be this. */
    public abstract void merge(int id, GroupStates other, int otherId);

    /** Makes a group as if no row had ever been added. */
    public abstract void free(int id);

    /** The bytes of memory that this state holds. */
    public abstract long bytes();

    abstract void write(int id, StateOut out) throws IOException;

    abstract void read(int id, StateIn in) throws IOException;

    /** Whether a row is to be added at all, nulls considered. */
    public final boolean counts(Lane[] inputs, int row) {
        if (skipsNulls()) {
            for (Lane lane : inputs) {
                if (lane.isNull(row)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Adds the first {@code rows} rows of the inputs.
     *
     * @param ids the group of each row, negative to leave the row out; null puts all rows into group 0
     * @param mask the rows to take, one bit each as in {@link Lane#validity()}; null takes all
     */
    public final void add(int[] ids, int rows, Lane[] inputs, long[] mask) {
        add(ids, rows, inputs, mask, ids == null ? 1 : groups(ids, rows));
    }

    /**
     * The same where it is known that all ids are below {@code groups}, as they are below {@link GroupIndex#top()}, which saves looking for
     * the largest.
     */
    public final void add(int[] ids, int rows, Lane[] inputs, long[] mask, int groups) {
        ensure(groups);
        long[] words = rowsThatCount(rows, inputs, mask);
        if (words == null) {
            addRange(ids, 0, rows, inputs);
        } else {
            addWords(ids, words, rows, inputs);
        }
    }

    /**
     * Adds earlier answers of an aggregation that {@linkplain Aggregation#goesOnFromAnswers goes on from them}, before any row is
     * added: as if the rows that they were made of had come.
     *
     * @param ids the group of each answer, negative to leave it out; null where there is one, of group 0
     */
    public void addAnswers(int[] ids, int rows, Lane answers) {
        add(ids, rows, new Lane[] {answers}, null);
    }

    /** Forgets what {@link #add(int[], int, Lane[], long[])} with the same arguments added. */
    public final void forget(int[] ids, int rows, Lane[] inputs, long[] mask) {
        ensure(ids == null ? 1 : groups(ids, rows));
        loops().forget(this, ids, rowsThatCount(rows, inputs, mask), rows, inputs);
    }

    /**
     * Adds rows that all count, each followed by the answer of its group, as far as a faster way than one row at a time goes.
     *
     * @return how many of the rows have been added and answered, from the first on
     */
    int accumulate(int[] ids, int rows, Lane[] inputs, Lane out) {
        return 0;
    }

    /**
     * Takes rows of a chunk that all count, each in the place of an old one of its group that counted too, each followed by the answer,
     * as far as a faster way than one row at a time goes.
     *
     * @param olds the inputs of the old rows, by row of the chunk
     * @param from the row of the inputs with which the chunk begins
     * @param first the row of the chunk to begin with
     * @return the row of the chunk behind the last one taken
     */
    int slide(Lane[] olds, Rings rings, Lane[] inputs, int from, int first, Lane out) {
        return first;
    }

    /**
     * The same for group 0, from the row {@code from} of the inputs on, the old rows lying side by side.
     *
     * @param oldFrom the old row of the first one
     * @return the row behind the last one taken
     */
    int slideRun(Lane[] olds, int oldFrom, Lane[] inputs, int from, int to, Lane out) {
        return from;
    }

    /**
     * Forgets so many rows that lie side by side, and behind each adds one of others that do; all count, but those with a negative id,
     * which are of no group.
     *
     * @return false where there is no faster way than one row at a time, and nothing was done
     */
    boolean exchange(int[] ids, int left, int entered, int count, Lane[] inputs) {
        return false;
    }

    /** Adds rows that all count. */
    void addRange(int[] ids, int from, int to, Lane[] inputs) {
        loops().addRange(this, ids, from, to, inputs);
    }

    /** Adds the rows whose bits are set. */
    void addWords(int[] ids, long[] words, int rows, Lane[] inputs) {
        loops().addWords(this, ids, words, rows, inputs);
    }

    /**
     * Writes the answers of the listed groups as the whole of {@code out}, a lane of the result type.
     *
     * @param ids the groups; null lists 0 to {@code count - 1}
     * @param overflow told the index, in the list, of each answer that does not fit its type; that cell is null
     */
    public final void result(int[] ids, int count, Lane out, IntConsumer overflow) {
        result(this, ids, count, out, overflow);
    }

    /** The same of groups of a state that this one {@link #reads}. */
    final void result(GroupStates held, int[] ids, int count, Lane out, IntConsumer overflow) {
        held.ensure(ids == null ? count : groups(ids, count));
        out.reset(count);
        if (out instanceof TextLane text) {
            text.clearBytes();
        }
        loops().result(this, held, ids, count, out, overflow);
    }

    /** Adds the other's groups: its group {@code i} to this group {@code idMap[i]}, none where that is negative. */
    public final void mergeFrom(GroupStates other, int[] idMap) {
        ensure(groups(idMap, idMap.length));
        other.ensure(idMap.length);
        for (int i = 0; i < idMap.length; i++) {
            if (idMap[i] >= 0) {
                merge(idMap[i], other, i);
            }
        }
    }

    /** Writes the listed groups in the listed order: canonical when the order is, as {@link GroupIndex#liveIds} is. */
    public final void write(OutputStream target, int[] ids, int count) throws IOException {
        ensure(groups(ids, count));
        var out = new StateOut(target);
        out.u8(StateOut.VERSION);
        out.i32(count);
        for (int i = 0; i < count; i++) {
            write(ids[i], out);
        }
        out.flush();
    }

    /** Reads groups that were written, into a state that is still empty, as the groups 0 to {@code n - 1} in that order. */
    public final void read(InputStream source) throws IOException {
        var in = new StateIn(source);
        in.version();
        int count = in.size();
        for (int id = 0; id < count; id++) {
            ensure(id + 1);
            read(id, in);
        }
    }

    private Loops loops() {
        if (loops == null) {
            loops = Clones.loops(getClass());
        }
        return loops;
    }

    private long[] rowsThatCount(int rows, Lane[] inputs, long[] mask) {
        long[] words = mask;
        if (skipsNulls()) {
            for (Lane lane : inputs) {
                if (lane.nullCount() != 0) {
                    words = words == null ? lane.validity() : both(words, lane.validity(), Lane.words(rows));
                }
            }
        }
        return words;
    }

    private long[] both(long[] left, long[] right, int words) {
        if (scratch.length < words) {
            scratch = new long[words];
        }
        for (int word = 0; word < words; word++) {
            scratch[word] = left[word] & right[word];
        }
        return scratch;
    }

    private static int groups(int[] ids, int rows) {
        return Ids.largest(ids, rows) + 1;
    }
}

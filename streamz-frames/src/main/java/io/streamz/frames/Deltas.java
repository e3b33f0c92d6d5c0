package io.streamz.frames;

/**
 * How the rows of a batch of a live table's changes came about: beside each row its id and whether it is new, replaced or gone.
 *
 * <p>The contract between the steps of live tables: an id names one row from its insert to its delete and may be given again
 * after that; deletes stand first in a batch, so that an id may come back in it; of a row that is gone only the key columns
 * are given, all others are null; no id comes twice among the others.
 */
final class Deltas {
    private Change[] changes = {};
    private int[] ids = {};
    private int deletes;
    private int size;

    /** Makes room for this many rows, which are then to be {@link #set} in their order. */
    void reset(int rows) {
        if (ids.length < rows) {
            ids = new int[Math.max(rows, ids.length * 2)];
            changes = new Change[ids.length];
        }
        size = rows;
        deletes = 0;
    }

    void set(int row, int id, Change change) {
        ids[row] = id;
        changes[row] = change;
        deletes += change == Change.DELETE ? 1 : 0;
    }

    Change change(int row) {
        return changes[row];
    }

    int id(int row) {
        return ids[row];
    }

    /** The ids row by row; the first {@link #size} mean something. */
    int[] ids() {
        return ids;
    }

    /** The number of rows that are gone; they stand first. */
    int deletes() {
        return deletes;
    }

    int size() {
        return size;
    }
}

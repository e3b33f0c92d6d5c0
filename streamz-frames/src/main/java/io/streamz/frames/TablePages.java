package io.streamz.frames;

import io.streamz.aggregations.Lane;
import java.util.Arrays;

/**
 * The answers of all groups in pages of neighbouring ids. Only a page with a touched group is made again, as new lanes; a
 * table that was given out keeps the old ones and never changes. Where most pages have to be made, as for the first reader, all are
 * made at once, as parts of the same lanes; as long as ids are in the order of the rows, those are the table. Used under the lock of the
 * groups' owner.
 */
final class TablePages {
    private static final int BITS = 8;
    private static final int ROWS = 1 << BITS;

    private final Schema schema;
    private final Groups groups;
    /** The lanes that hold a page, and the row with which it begins. */
    private Lane[][] pages = {};

    private int[] starts = {};
    private boolean[] stale = {};
    private int top;
    private final int[] some = new int[ROWS];

    TablePages(Schema schema, Groups groups) {
        this.schema = schema;
        this.groups = groups;
    }

    /** Says that the groups of these ids have changed. */
    void touch(int[] batch, int rows) {
        ensure(groups.top());
        if (batch == null) {
            stale[0] = true;
            return;
        }
        for (int row = 0; row < rows; row++) {
            if (batch[row] >= 0) {
                stale[batch[row] >>> BITS] = true;
            }
        }
    }

    /** Brings the pages up to date and lists them, so that a table may be made of them without the lock. */
    Cut cut(long epoch, Groups.Overflows overflows) {
        ensure(groups.top());
        int count = (top + ROWS - 1) >>> BITS;
        if (count > 1 && 2 * stalePages(count) > count) {
            makeAll(count, overflows);
        }
        for (int page = 0; page < count; page++) {
            if (stale[page]) {
                pages[page] = made(page << BITS, Math.min(ROWS, top - (page << BITS)), overflows);
                starts[page] = 0;
                stale[page] = false;
            }
        }
        int size = groups.size();
        return new Cut(
                schema,
                epoch,
                Arrays.copyOf(pages, count),
                Arrays.copyOf(starts, count),
                Arrays.copyOf(groups.liveIds(), size));
    }

    private int stalePages(int count) {
        int found = 0;
        for (int page = 0; page < count; page++) {
            found += stale[page] ? 1 : 0;
        }
        return found;
    }

    private void makeAll(int count, Groups.Overflows overflows) {
        Lane[] all = made(0, top, overflows);
        for (int page = 0; page < count; page++) {
            pages[page] = all;
            starts[page] = page << BITS;
            stale[page] = false;
        }
    }

    private void ensure(int newTop) {
        int needed = (newTop + ROWS - 1) >>> BITS;
        if (needed > stale.length) {
            pages = Arrays.copyOf(pages, Math.max(needed, stale.length * 2));
            starts = Arrays.copyOf(starts, pages.length);
            stale = Arrays.copyOf(stale, pages.length);
        }
        for (int page = top >>> BITS; page < needed && newTop > top; page++) {
            stale[page] = true;
        }
        top = Math.max(top, newTop);
    }

    /** The answers of the ids from one on. */
    private Lane[] made(int first, int count, Groups.Overflows overflows) {
        int[] ids = count <= ROWS ? some : new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = first + i;
        }
        Lane[] lanes = Lanes.empty(schema);
        groups.rows(ids, count, lanes, overflows);
        return lanes;
    }

    /** Pages as they stood after one batch, and the ids that lived then in order of first appearance. */
    static final class Cut {
        private final Schema schema;
        private final long epoch;
        private final Lane[][] pages;
        private final int[] starts;
        private final int[] ids;

        private Cut(Schema schema, long epoch, Lane[][] pages, int[] starts, int[] ids) {
            this.schema = schema;
            this.epoch = epoch;
            this.pages = pages;
            this.starts = starts;
            this.ids = ids;
        }

        KeyedTable keyed() {
            if (isWhole()) {
                return new KeyedTable(Table.of(schema, epoch, ids.length, pages[0]), ids);
            }
            Lane[] lanes = Lanes.empty(schema);
            for (int column = 0; column < lanes.length; column++) {
                lanes[column].reset(ids.length);
                for (int row = 0, next; row < ids.length; row = next) {
                    next = endOfRun(row);
                    Lane page = pages[ids[row] >>> BITS][column];
                    Lanes.copyCells(
                            page, starts[ids[row] >>> BITS] + (ids[row] & (ROWS - 1)), next - row, lanes[column], row);
                }
            }
            return new KeyedTable(Table.of(schema, epoch, ids.length, lanes), ids);
        }

        /** Whether all rows stand side by side in the same lanes. */
        private boolean isWhole() {
            if (pages.length == 0 || pages[0][0].size() != ids.length) {
                return false;
            }
            for (Lane[] page : pages) {
                if (page != pages[0]) {
                    return false;
                }
            }
            for (int row = 0; row < ids.length; row++) {
                if (ids[row] != row) {
                    return false;
                }
            }
            return true;
        }

        /** Where the rows end that stand side by side in one page, too. */
        private int endOfRun(int row) {
            int end = row + 1;
            while (end < ids.length && ids[end] == ids[end - 1] + 1 && (ids[end] & (ROWS - 1)) != 0) {
                end++;
            }
            return end;
        }
    }
}

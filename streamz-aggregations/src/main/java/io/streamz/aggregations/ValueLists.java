package io.streamz.aggregations;

import java.util.Arrays;

/**
 * A list of longs for each id, which is only added to, read as a whole and emptied. Lists lie in chunks of {@value #CHUNK} values, which are taken
 * from pages that all lists share and given back to them: adding a value touches the id's cell and the end of its list, nothing is ever
 * copied, and nothing is an object of its own.
 */
final class ValueLists {
    private static final int CHUNK_BITS = 4;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int PAGE_BITS = 9;
    private static final int CHUNKS = 1 << PAGE_BITS;
    private static final int NONE = -1;

    /** By id: the chunk that is being filled, and how many values the list has. */
    private long[] cells = {};

    private long[][] pages = {};

    /** By chunk: the one before it in its list, or in that of the free ones. */
    private int[] before = {};

    private int used;
    private int free = NONE;

    void ensure(int ids) {
        if (cells.length < ids) {
            cells = Arrays.copyOf(cells, Lane.grown(cells.length, ids));
        }
    }

    int size(int id) {
        return (int) cells[id];
    }

    void add(int id, long value) {
        long cell = cells[id];
        int place = (int) cell & CHUNK - 1;
        if (place == 0) {
            cell = opened(cell);
        }
        int chunk = (int) (cell >>> 32);
        pages[chunk >>> PAGE_BITS][(chunk & CHUNKS - 1) << CHUNK_BITS | place] = value;
        cells[id] = cell + 1;
    }

    /** The cell with a chunk to fill. */
    private long opened(long cell) {
        int size = (int) cell;
        if (size < 0) {
            throw new OutOfMemoryError("a group has more than 2^31 values");
        }
        int chunk = free;
        if (chunk == NONE) {
            chunk = used++;
            ensureChunk(chunk);
        } else {
            free = before[chunk];
        }
        before[chunk] = size == 0 ? NONE : (int) (cell >>> 32);
        return (long) chunk << 32 | size;
    }

    private void ensureChunk(int chunk) {
        if (chunk == before.length) {
            before = Arrays.copyOf(before, Lane.grown(chunk, chunk + 1));
        }
        int page = chunk >>> PAGE_BITS;
        if (page == pages.length) {
            pages = Arrays.copyOf(pages, Lane.grown(page, page + 1));
        }
        if (pages[page] == null) {
            pages[page] = new long[CHUNKS << CHUNK_BITS];
        }
    }

    /** Copies the list, in no order that could be relied on, to the beginning of {@code out}. */
    void copy(int id, long[] out) {
        int size = size(id);
        int chunk = (int) (cells[id] >>> 32);
        int end = size;
        while (end > 0) {
            int start = end - 1 & -CHUNK;
            long[] page = pages[chunk >>> PAGE_BITS];
            System.arraycopy(page, (chunk & CHUNKS - 1) << CHUNK_BITS, out, start, end - start);
            chunk = before[chunk];
            end = start;
        }
    }

    /** The least or the greatest value of a list that has some. */
    long extreme(int id, boolean greatest) {
        long extreme = greatest ? Long.MIN_VALUE : Long.MAX_VALUE;
        int chunk = (int) (cells[id] >>> 32);
        for (int end = size(id); end > 0; end = end - 1 & -CHUNK) {
            long[] page = pages[chunk >>> PAGE_BITS];
            int from = (chunk & CHUNKS - 1) << CHUNK_BITS;
            int to = from + end - (end - 1 & -CHUNK);
            for (int at = from; at < to; at++) {
                extreme = greatest ? Math.max(extreme, page[at]) : Math.min(extreme, page[at]);
            }
            chunk = before[chunk];
        }
        return extreme;
    }

    void clear(int id) {
        int chunk = (int) (cells[id] >>> 32);
        for (int end = size(id); end > 0; end = end - 1 & -CHUNK) {
            int next = before[chunk];
            before[chunk] = free;
            free = chunk;
            chunk = next;
        }
        cells[id] = 0;
    }

    long bytes() {
        int whole = (used + CHUNKS - 1) >>> PAGE_BITS;
        return 8L * cells.length + 4L * before.length + 8L * pages.length + whole * (16 + 8L * CHUNKS * CHUNK);
    }
}

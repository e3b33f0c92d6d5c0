package io.streamz.aggregations;

import java.util.Arrays;

/**
 * A multiset of 64-bit values, or of 128-bit ones as two longs, that gives its value at any rank. Values lie in sorted blocks of
 * at most {@value #BLOCK}; adding and removing one searches a block by its last value and moves part of it. The block of the
 * last rank asked for is remembered, and how many values lie before it, so that a rank near it is found at once: a window's
 * quantile moves little. Many new values at once are sorted and merged in one pass.
 */
final class SortedValues {
    private static final int BLOCK = 512;
    private static final int FILL = 384;

    private final int width;
    private long[][] blocks = {};
    private int[] sizes = {};
    private int blockCount;
    private long size;
    private int cursor;
    private long beforeCursor;

    /**
     * @param width 1 for longs; 2 for 128 bits, high half first
     */
    SortedValues(int width) {
        this.width = width;
    }

    long size() {
        return size;
    }

    long bytes() {
        return blockCount * (16L + 8L * width * BLOCK) + 12L * blocks.length + 64;
    }

    /** Adds the first so many of some longs, whose order changes. */
    void addAll(long[] values, int count) {
        if (count > 16 && count > size / 32) {
            Arrays.sort(values, 0, count);
            merge(values, count);
        } else {
            for (int i = 0; i < count; i++) {
                add(0, values[i]);
            }
        }
    }

    /** Removes one of the values that equal this one; there is one. */
    void remove(long high, long low) {
        int block = blockOf(high, low);
        long[] values = blocks[block];
        int at = place(values, sizes[block], high, low) * width;
        System.arraycopy(values, at + width, values, at, sizes[block] * width - at - width);
        sizes[block]--;
        size--;
        if (block < cursor) {
            beforeCursor--;
        }
        if (sizes[block] == 0) {
            dropBlock(block);
        } else if (block + 1 < blockCount && sizes[block] + sizes[block + 1] < BLOCK / 2) {
            joinWithNext(block);
        }
    }

    /** Where the value at a rank, counted from 0, starts in the block that it puts under the cursor. */
    private int find(long rank) {
        while (rank < beforeCursor) {
            beforeCursor -= sizes[--cursor];
        }
        while (rank >= beforeCursor + sizes[cursor]) {
            beforeCursor += sizes[cursor++];
        }
        return (int) (rank - beforeCursor) * width;
    }

    /** The value at a rank, counted from 0; of 128-bit values the low half. */
    long low(long rank) {
        int at = find(rank);
        return blocks[cursor][at + width - 1];
    }

    /** The high half of the value at a rank. */
    long high(long rank) {
        int at = find(rank);
        return blocks[cursor][at];
    }

    /** Adds all values, longs, to a list. */
    void copy(ValueLists lists, int id) {
        for (int block = 0; block < blockCount; block++) {
            for (int i = 0; i < sizes[block]; i++) {
                lists.add(id, blocks[block][i]);
            }
        }
    }

    private void merge(long[] values, int count) {
        long[][] oldBlocks = blocks;
        int[] oldSizes = sizes;
        int oldCount = blockCount;
        blockCount = 0;
        blocks = new long[(int) ((size + count) / FILL + 1)][];
        sizes = new int[blocks.length];
        size = 0;
        cursor = 0;
        beforeCursor = 0;
        int next = 0;
        for (int block = 0; block < oldCount; block++) {
            for (int i = 0; i < oldSizes[block]; i++) {
                long value = oldBlocks[block][i];
                while (next < count && values[next] < value) {
                    append(values[next++]);
                }
                append(value);
            }
            oldBlocks[block] = null;
        }
        while (next < count) {
            append(values[next++]);
        }
    }

    private void append(long value) {
        if (blockCount == 0 || sizes[blockCount - 1] == FILL) {
            blocks[blockCount++] = new long[BLOCK];
        }
        blocks[blockCount - 1][sizes[blockCount - 1]++] = value;
        size++;
    }

    void add(long high, long low) {
        int block = Math.min(blockOf(high, low), blockCount - 1);
        if (block < 0) {
            openBlock(++block);
        }
        if (sizes[block] == BLOCK) {
            split(block);
            if (compare(blocks[block], sizes[block] - 1, high, low) < 0) {
                block++;
            }
        }
        long[] values = blocks[block];
        int at = place(values, sizes[block], high, low) * width;
        System.arraycopy(values, at, values, at + width, sizes[block] * width - at);
        values[at] = high;
        values[at + width - 1] = low;
        sizes[block]++;
        size++;
        if (block < cursor) {
            beforeCursor++;
        }
    }

    /** The first block whose last value is not below this one; the number of blocks where there is none. */
    private int blockOf(long high, long low) {
        int from = 0;
        int to = blockCount;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (compare(blocks[middle], sizes[middle] - 1, high, low) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** The first place whose value is not below this one. */
    private int place(long[] values, int count, long high, long low) {
        int from = 0;
        int to = count;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (compare(values, middle, high, low) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private int compare(long[] values, int place, long high, long low) {
        return width == 1
                ? Long.compare(values[place], low)
                : Int128.compare(values[2 * place], values[2 * place + 1], high, low);
    }

    private void openBlock(int block) {
        if (blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, Lane.grown(blockCount, blockCount + 1));
            sizes = Arrays.copyOf(sizes, blocks.length);
        }
        System.arraycopy(blocks, block, blocks, block + 1, blockCount - block);
        System.arraycopy(sizes, block, sizes, block + 1, blockCount - block);
        blocks[block] = new long[BLOCK * width];
        sizes[block] = 0;
        blockCount++;
    }

    private void split(int block) {
        openBlock(block + 1);
        int half = BLOCK / 2;
        System.arraycopy(blocks[block], half * width, blocks[block + 1], 0, (BLOCK - half) * width);
        sizes[block] = half;
        sizes[block + 1] = BLOCK - half;
        if (block < cursor) {
            cursor++;
        }
    }

    private void joinWithNext(int block) {
        System.arraycopy(blocks[block + 1], 0, blocks[block], sizes[block] * width, sizes[block + 1] * width);
        sizes[block] += sizes[block + 1];
        if (cursor == block + 1) {
            beforeCursor -= sizes[block] - sizes[block + 1];
            cursor--;
        } else if (cursor > block + 1) {
            cursor--;
        }
        removeBlock(block + 1);
    }

    private void dropBlock(int block) {
        removeBlock(block);
        if (block < cursor || cursor == blockCount && cursor > 0) {
            cursor--;
            if (block > cursor) {
                beforeCursor -= sizes[cursor];
            }
        }
    }

    private void removeBlock(int block) {
        System.arraycopy(blocks, block + 1, blocks, block, blockCount - block - 1);
        System.arraycopy(sizes, block + 1, sizes, block, blockCount - block - 1);
        blocks[--blockCount] = null;
        sizes[blockCount] = 0;
    }
}

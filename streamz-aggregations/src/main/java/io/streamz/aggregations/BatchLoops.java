package io.streamz.aggregations;

import java.util.function.IntConsumer;

/**
 * The loops over a batch, made of the one-row forms of a {@link GroupStates}. Written once; {@link Clones} defines the class
 * again for each class of states, so that every call below sees one receiver class and is inlined.
 */
final class BatchLoops implements Loops {
    BatchLoops() {}

    @Override
    public void addRange(GroupStates states, int[] ids, int from, int to, Lane[] inputs) {
        if (ids == null) {
            for (int row = from; row < to; row++) {
                states.add(0, inputs, row);
            }
            return;
        }
        for (int row = from; row < to; row++) {
            if (ids[row] >= 0) {
                states.add(ids[row], inputs, row);
            }
        }
    }

    @Override
    public void addWords(GroupStates states, int[] ids, long[] words, int rows, Lane[] inputs) {
        for (int start = 0; start < rows; start += 64) {
            for (long word = word(words, start, rows); word != 0; word &= word - 1) {
                int row = start + Long.numberOfTrailingZeros(word);
                int id = ids == null ? 0 : ids[row];
                if (id >= 0) {
                    states.add(id, inputs, row);
                }
            }
        }
    }

    @Override
    public void forget(GroupStates states, int[] ids, long[] words, int rows, Lane[] inputs) {
        for (int start = 0; start < rows; start += 64) {
            for (long word = word(words, start, rows); word != 0; word &= word - 1) {
                int row = start + Long.numberOfTrailingZeros(word);
                int id = ids == null ? 0 : ids[row];
                if (id >= 0) {
                    states.forget(id, inputs, row);
                }
            }
        }
    }

    @Override
    public void result(GroupStates states, GroupStates held, int[] ids, int count, Lane out, IntConsumer overflow) {
        for (int i = 0; i < count; i++) {
            if (!states.result(held, ids == null ? i : ids[i], out, i)) {
                overflow.accept(i);
            }
        }
    }

    /** The bits of the rows from {@code start}, those behind the last row cleared; null words are all set. */
    static long word(long[] words, int start, int rows) {
        long word = words == null ? -1L : words[start >>> 6];
        return rows - start >= 64 ? word : word & (1L << rows - start) - 1;
    }
}

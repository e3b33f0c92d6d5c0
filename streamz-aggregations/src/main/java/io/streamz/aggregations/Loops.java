package io.streamz.aggregations;

import java.util.function.IntConsumer;

/** The loops over a batch, as {@link GroupStates} calls them; see {@link BatchLoops}. */
interface Loops {
    void addRange(GroupStates states, int[] ids, int from, int to, Lane[] inputs);

    void addWords(GroupStates states, int[] ids, long[] words, int rows, Lane[] inputs);

    void forget(GroupStates states, int[] ids, long[] words, int rows, Lane[] inputs);

    void result(GroupStates states, GroupStates held, int[] ids, int count, Lane out, IntConsumer overflow);
}

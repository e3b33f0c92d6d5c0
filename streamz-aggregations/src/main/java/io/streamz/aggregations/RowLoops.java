package io.streamz.aggregations;

import java.lang.invoke.MethodType;

/** Loops that answer row by row, with a JIT profile for each class of states; see {@link Clones}. */
abstract class RowLoops {
    static RowLoops of(GroupStates states) {
        return (RowLoops) Clones.of(PlainRowLoops.class, states.getClass(), MethodType.methodType(void.class));
    }

    /** Adds each row from {@code from} on and answers for its key; a row that does not count answers null where so told. */
    abstract void accumulate(
            Tally tally, int[] ids, int from, int rows, boolean nullForNull, Lane out, int measure, Overflow overflow);
}

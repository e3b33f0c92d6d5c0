package io.streamz.aggregations;

import java.io.IOException;
import java.lang.invoke.MethodType;

/**
 * How one measure follows a moving window: the state of each key over the rows that are inside. There are three ways, whatever
 * the aggregation: {@link Forgetting} adds and forgets; {@link TwoStacks} merges, where rows leave in the order they came;
 * {@link Treap} merges, where they leave in any order. Each is a template that {@link Clones} defines again for each class
 * of states.
 */
abstract class Slide {
    static Slide of(Measure measure, DataType[] types, Kept kept, boolean inOrder) {
        return of(measure, types, measure.states(types), kept, inOrder);
    }

    /** @param states the measure's, still empty */
    static Slide of(Measure measure, DataType[] types, GroupStates states, Kept kept, boolean inOrder) {
        Class<?> way = states.canForget() && (inOrder || states.forgetsExactly())
                ? Forgetting.class
                : inOrder ? TwoStacks.class : Treap.class;
        MethodType constructor =
                MethodType.methodType(void.class, Measure.class, DataType[].class, GroupStates.class, Kept.class);
        if (way == TwoStacks.class || way == Forgetting.class && !states.forgetsExactly()) {
            kept.link();
        }
        return (Slide) Clones.of(way, states.getClass(), constructor, measure, types, states, kept);
    }

    /** Makes room for keys and slots. */
    abstract void ensure(int keys);

    /** Plays moves; answers go to {@code out} from row {@code at} on, a lane of at least as many rows. */
    abstract void play(Moves moves, Lane out, int at, int measure, Overflow overflow);

    /**
     * So many rows enter, whose slots lie side by side, each behind the leaving of another, whose slots do too; where {@code left} is
     * negative, none leaves. Rows of no key count for nothing.
     */
    abstract void move(int left, int entered, int count);

    /**
     * Writes a key's answer into one cell.
     *
     * @return false where the answer does not fit
     */
    abstract boolean result(int id, Lane out, int row);

    /** A state that holds what a key's rows come to, as it is now; {@link #place} says where. */
    abstract GroupStates whole(int id);

    abstract int place(int id);

    /** {@link #result(int, Lane, int)} of another measure that answers from this one's state. */
    final boolean result(Sharing sharing, int measure, int id, Lane out, int row) {
        return sharing.result(measure, whole(id), place(id), out, row);
    }

    /** Forgets a key that has no rows. */
    abstract void free(int id);

    abstract long bytes();

    /** Writes what the kept rows alone do not tell. */
    abstract void write(int[] ids, int count, StateOut out) throws IOException;

    /** Reads the keys 0 to {@code count - 1}, whose rows are there already. */
    abstract void read(int count, StateIn in) throws IOException;
}

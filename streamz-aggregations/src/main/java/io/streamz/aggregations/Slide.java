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
        GroupStates states = measure.states(types);
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

    /** Forgets a key that has no rows. */
    abstract void free(int id);

    abstract long bytes();

    /** Writes what the kept rows alone do not tell. */
    abstract void write(int[] ids, int count, StateOut out) throws IOException;

    /** Reads the keys 0 to {@code count - 1}, whose rows are there already. */
    abstract void read(int count, StateIn in) throws IOException;
}

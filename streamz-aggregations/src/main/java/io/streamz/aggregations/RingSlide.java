package io.streamz.aggregations;

import java.io.IOException;
import java.lang.invoke.MethodType;

/**
 * How one measure follows the last n rows of each key, as {@link Slide} does for windows of any kind: {@link RingForgetting} or
 * {@link RingStacks}, each defined again for each class of states; {@link RingExtremes}, {@link RingMoments} and {@link RingQuantiles}
 * do the one thing each can do faster.
 */
abstract class RingSlide {
    static RingSlide of(Measure measure, DataType[] types, Rings rings) {
        if (!rings.keyed && RingExtremes.takes(measure, types)) {
            return new RingExtremes(measure, rings);
        }
        if (!rings.keyed && RingQuantiles.takes(measure, types)) {
            return new RingQuantiles(measure, rings);
        }
        if (!rings.keyed && RingMoments.takes(measure, types, rings)) {
            return new RingMoments(measure, rings);
        }
        var tally = new Tally(measure, types);
        Class<?> way = tally.states.canForget() ? RingForgetting.class : RingStacks.class;
        MethodType constructor = MethodType.methodType(void.class, Tally.class, DataType[].class, Rings.class);
        return (RingSlide) Clones.of(way, tally.states.getClass(), constructor, tally, types, rings);
    }

    abstract void ensure(int keys);

    /** Points at the columns of a batch. */
    abstract void bind(Lane[] columns);

    /** Takes the rows of the chunk, the first of which is row {@code from} of the batch, and answers each. */
    abstract void play(int from, Lane out, int measure, Overflow overflow);

    /** Whether it looks at old rows by {@link Rings#olds} alone. */
    boolean playsOlds() {
        return false;
    }

    /** Whether there is {@link #playRun}. */
    boolean playsRuns() {
        return false;
    }

    /**
     * Takes rows of a batch where all rows are of key 0 and its ring is full, and answers each. The ring still holds the rows
     * before {@code from}, and takes these ones later, all at once.
     */
    void playRun(int from, int to, Lane out, int measure, Overflow overflow) {
        throw new UnsupportedOperationException();
    }

    abstract void free(int id);

    abstract long bytes();

    abstract void write(int[] ids, int count, StateOut out) throws IOException;

    abstract void read(int count, StateIn in) throws IOException;
}

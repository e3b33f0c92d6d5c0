package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which of several measures answer from whose state. A measure's form is the state that it would keep by itself; where one form
 * {@linkplain GroupStates#reads reads} another over the same rows of the same columns, as a mean reads a sum, a count what counts its values,
 * and a least value a range, only the other is kept, and the form, empty, tells the answers.
 */
final class Sharing {
    private final Measure[] measures;
    private final GroupStates[] forms;
    private final int[] holders;

    /** The measures that hold a state, in their order, and for each measure the place among them of the one it answers from. */
    private int[] kept = {};

    private final int[] places;

    Sharing(DataType[] types, Measure... measures) {
        this.measures = measures;
        forms = new GroupStates[measures.length];
        holders = new int[measures.length];
        places = new int[measures.length];
        for (int i = 0; i < measures.length; i++) {
            forms[i] = measures[i].states(types);
        }
        for (int i = 0; i < measures.length; i++) {
            holders[i] = firstAbove(i);
        }
        for (int i = 0; i < measures.length; i++) {
            while (holders[holders[i]] != holders[i]) {
                holders[i] = holders[holders[i]];
            }
        }
        settle();
    }

    private void settle() {
        kept = IntStream.range(0, holders.length)
                .filter(measure -> holders[measure] == measure)
                .toArray();
        Arrays.setAll(places, measure -> Arrays.binarySearch(kept, holders[measure]));
    }

    /** The first measure whose state holds this one's, and more or as much before it; this one where there is none. */
    private int firstAbove(int measure) {
        for (int other = 0; other < measures.length; other++) {
            if (other != measure && reads(measure, other) && (other < measure || !reads(other, measure))) {
                return other;
            }
        }
        return measure;
    }

    private boolean reads(int measure, int other) {
        return measures[measure].takesAs(measures[other]) && forms[measure].reads(forms[other]);
    }

    int size() {
        return measures.length;
    }

    Measure measure(int place) {
        return measures[place];
    }

    /** What tells a measure's answers. */
    GroupStates form(int measure) {
        return forms[measure];
    }

    /** The number of states that are kept. */
    int states() {
        return kept.length;
    }

    /** The measure whose state is kept at this place; its form is that state. */
    int holder(int place) {
        return kept[place];
    }

    /** The place of the state that a measure answers from. */
    int place(int measure) {
        return places[measure];
    }

    /** From now on each keeps its own: before the first row. */
    void apart() {
        Arrays.setAll(holders, measure -> measure);
        settle();
    }

    /** Writes an answer, and says whether it fits; null over fewer values than the measure asks for. */
    boolean result(int measure, GroupStates held, int id, Lane out, int row) {
        long least = measures[measure].minCount();
        if (least > 0 && held.count(id) < least) {
            out.setNull(row);
            return true;
        }
        return forms[measure].result(held, id, out, row);
    }

    /** The bytes of the forms that hold nothing. */
    long bytes() {
        long bytes = 0;
        for (int i = 0; i < forms.length; i++) {
            bytes += holders[i] == i ? 0 : forms[i].bytes();
        }
        return bytes;
    }

    void write(StateOut out) throws IOException {
        out.i32(holders.length);
        for (int holder : holders) {
            out.i32(holder);
        }
    }

    /** Takes over who shared when a state was written: before the first row. */
    void read(StateIn in, int version) throws IOException {
        apart();
        if (version < StateOut.SHARED) {
            return; // nobody did
        }
        int count = in.size();
        if (count != holders.length) {
            throw new IOException("state holds " + count + " measures where there are " + holders.length);
        }
        for (int i = 0; i < count; i++) {
            int holder = in.size();
            if (holder != i && (holder >= count || !reads(i, holder))) {
                throw new IOException("state holds " + measures[i]
                        + " within another state, where this library keeps it by" + " itself");
            }
            holders[i] = holder;
        }
        settle();
        for (int holder : holders) {
            if (holders[holder] != holder) {
                throw new IOException("state holds a measure within one that holds nothing");
            }
        }
    }
}

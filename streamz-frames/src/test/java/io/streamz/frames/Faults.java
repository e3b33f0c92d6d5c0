package io.streamz.frames;

import java.util.ArrayList;
import java.util.List;

/** Counts what is done, and fails one of it, once or for ever. Thread-safe. */
final class Faults {
    static final Faults NONE = new Faults(0, false);

    private final List<String> done = new ArrayList<>();
    private final long failing;
    private final boolean forEver;

    /**
     * @param failing the number of the step that fails, from 1; 0 for none
     * @param forEver whether all after it fail too
     */
    Faults(long failing, boolean forEver) {
        this.failing = failing;
        this.forEver = forEver;
    }

    /** Takes one step; whether it is to fail. */
    synchronized boolean fails(String step) {
        done.add(step);
        return failing > 0 && (done.size() == failing || forEver && done.size() > failing);
    }

    /** Takes one step, which throws where it is to fail. */
    void step(String step) {
        if (fails(step)) {
            throw new IllegalStateException(step + " fails (made up)");
        }
    }

    /** What was done, in order. */
    synchronized List<String> steps() {
        return List.copyOf(done);
    }

    /** Whether it came to the step that fails. */
    synchronized boolean reached() {
        return done.size() >= failing;
    }

    /** The step that failed. */
    synchronized String what() {
        return failing > 0 && reached() ? done.get((int) failing - 1) + " (" + failing + ")" : "no fault";
    }
}

package io.streamz.core;

import java.util.ArrayDeque;

/**
 * What a thread is doing in graphs now: which segment it is in, if any, and what it has still to do when the present item is
 * done. A thread is in one segment at a time; that is why threads that emit into each other's segments cannot dead-lock.
 */
final class Visit {
    private static final ThreadLocal<Visit> CURRENT = ThreadLocal.withInitial(Visit::new);

    /** Items for the segment that the thread is in: handled before it leaves. */
    ArrayDeque<Mail<?>> again = new ArrayDeque<>();

    /** Items for other segments: handled after it has left. */
    private final ArrayDeque<Mail<?>> outgoing = new ArrayDeque<>();

    /** Whose visit it is. */
    final Thread thread = Thread.currentThread();

    private StreamzException failure;
    private boolean unfinished;
    Segment segment;

    /** Whose thread this is, if it is one of a pipeline: what fails on it stops that. */
    Engine engine;

    static Visit current() {
        return CURRENT.get();
    }

    /** As {@link #current}; to look at what may be the answer first costs a third of asking for it. */
    static Visit current(Visit guess) {
        return guess != null && guess.thread == Thread.currentThread() ? guess : CURRENT.get();
    }

    void post(Mail<?> mail) {
        if (mail.address() == segment) {
            again.add(mail);
            segment.unsettle();
        } else {
            mail.posted();
            outgoing.add(mail);
            hasToFinish();
        }
    }

    /**
     * Handles what was left for other segments, and what that leaves in turn; then throws what has failed on the way. To be
     * called outside any segment.
     */
    void finish() {
        if (unfinished) {
            finishAll();
        }
    }

    private void finishAll() {
        Mail<?> mail;
        while ((mail = outgoing.poll()) != null) {
            Segment entered = Segment.enter(mail, this);
            try {
                mail.open(entered);
            } finally {
                entered.leave(this);
                mail.arrived();
            }
        }
        unfinished = false;
        if (failure != null) {
            throw takeFailure();
        }
    }

    /** Whether nothing has failed and nothing waits for other segments. */
    boolean isQuiet() {
        return !unfinished;
    }

    private void hasToFinish() {
        unfinished = true;
        if (segment != null) {
            segment.unsettle();
        }
    }

    /** Keeps the first failure of an emission; later ones are attached to it. */
    void failed(StreamzException next) {
        hasToFinish();
        if (engine != null) {
            engine.doom();
        }
        if (failure == null) {
            failure = next;
        } else if (failure != next && failure.getSuppressed().length < 16) {
            failure.addSuppressed(next);
        }
    }

    StreamzException takeFailure() {
        StreamzException taken = failure;
        failure = null;
        return taken;
    }
}

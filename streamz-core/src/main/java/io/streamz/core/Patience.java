package io.streamz.core;

import java.util.function.BooleanSupplier;

/**
 * How long a thread that waits for another one looks on before it sleeps. To fall asleep and be woken takes as long as
 * hundreds of items do, and while one side of a queue is being woken the other one runs it full or dry and falls asleep in
 * turn. To look on breaks that circle where each side has a processor, and is waste where both share one. So a wait may last
 * as long as the items before it have earned, which bounds the waste by a part of the work; and where a long one was in vain,
 * the next ones give up early, twice as many each time.
 *
 * <p>To look takes a cache line away from the thread that is at work. So the first look comes the later the more items there
 * were last time: as many may be expected again. Not thread-safe.
 */
final class Patience {
    // Nanoseconds.

    /** To look on for so long is always worth it. */
    private static final long SHORT = 2_000;

    /** More than it takes to be woken. */
    private static final long LONG = 64_000;

    /** By what an item makes a wait longer. */
    private static final long EARNED = 64;

    /** By what an item puts off the first look of the next wait. */
    private static final long EXPECTED = 256;

    /** The earliest first look, and the time between two looks of a short wait. */
    private static final long LOOK = 500;

    private static final long LATEST_FIRST_LOOK = 8_000;
    private static final long LONGEST_BETWEEN_LOOKS = 4_000;

    private static final int SPINS = 8;
    private static final int MOST_GIVEN_UP = 32;
    private static final boolean ALONE = Runtime.getRuntime().availableProcessors() == 1;

    private long credit = LONG;

    /** How many of the next waits give up early, and how many will after the next long one that is in vain. */
    private int givenUp;

    private int nextGivenUp = 1;

    /**
     * Looks until something is there or it has taken too long.
     *
     * @param items how many have come since the last wait
     * @return whether it is there
     */
    boolean lastsUntil(BooleanSupplier there, long items) {
        long counted = Math.min(items, LONG);
        credit = Math.min(LONG, credit + EARNED * counted);
        boolean early = ALONE || givenUp > 0;
        long most = early ? SHORT : SHORT + credit;
        long look = early ? LOOK : Math.max(LOOK, Math.min(EXPECTED * counted, LATEST_FIRST_LOOK));
        long begin = System.nanoTime();
        long spent = 0;
        while (spent < most) {
            long until = spent + look;
            spent = lookAway(begin, until);
            if (there.getAsBoolean()) {
                found(spent, until);
                return true;
            }
            look = early ? LOOK : Math.min(2 * look, LONGEST_BETWEEN_LOOKS);
        }
        foundNothing();
        return false;
    }

    private static long lookAway(long begin, long until) {
        long spent;
        do {
            for (int spin = 0; spin < SPINS; spin++) {
                Thread.onSpinWait();
            }
            spent = System.nanoTime() - begin;
        } while (spent < until);
        return spent;
    }

    /** Both sides are at work at the same time; only where this thread was put aside meanwhile, nothing is known. */
    private void found(long spent, long until) {
        credit = Math.max(0, credit - spent);
        if (spent < until + SHORT) {
            givenUp = 0;
            nextGivenUp = 1;
        }
    }

    private void foundNothing() {
        if (givenUp > 0) {
            givenUp--;
        } else if (credit > SHORT) {
            givenUp = nextGivenUp;
            nextGivenUp = Math.min(2 * nextGivenUp, MOST_GIVEN_UP);
        }
        credit = 0;
    }
}

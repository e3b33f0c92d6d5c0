package io.streamz.aggregations;

/**
 * Which rows leave a moving window: a pure function of where a row stands and where the newest row stands. Where rows stand is
 * either their number by arrival or their event time, in the unit of its column. Immutable; the state is elsewhere
 * ({@link MovingGroups}, {@link Rolling}).
 */
public interface Window {
    /** Whether a row's place is its event time; otherwise it is its number by arrival. */
    boolean byTime();

    /** Whether the row at a place is still inside when the newest row stands at {@code newest}, which is not before it. */
    boolean holds(long place, long newest);

    /** Whether rows ever leave; where none does, none is kept. */
    default boolean moves() {
        return true;
    }

    /** The last {@code n} rows by arrival. */
    static Window rows(long n) {
        return new LastRows(n);
    }

    /**
     * The rows with an event time above the newest less {@code duration}; they may arrive in any order.
     *
     * @param duration in the unit of the time column
     */
    static Window time(long duration) {
        return new LastTime(duration);
    }

    /** All rows. */
    static Window expanding() {
        return Expanding.INSTANCE;
    }

    /** See {@link Window#rows}. */
    record LastRows(long n) implements Window {
        public LastRows {
            if (n <= 0) {
                throw new IllegalArgumentException("a window of " + n + " rows; it takes at least 1");
            }
        }

        @Override
        public boolean byTime() {
            return false;
        }

        @Override
        public boolean holds(long place, long newest) {
            return newest - place < n;
        }
    }

    /** See {@link Window#time}. */
    record LastTime(long duration) implements Window {
        public LastTime {
            if (duration <= 0) {
                throw new IllegalArgumentException("a window of " + duration + " time units; it takes at least 1");
            }
        }

        @Override
        public boolean byTime() {
            return true;
        }

        @Override
        public boolean holds(long place, long newest) {
            return Long.compareUnsigned(newest - place, duration) < 0; // the distance fits 64 bits without a sign
        }
    }

    /** See {@link Window#expanding}. */
    enum Expanding implements Window {
        INSTANCE;

        @Override
        public boolean byTime() {
            return false;
        }

        @Override
        public boolean holds(long place, long newest) {
            return true;
        }

        @Override
        public boolean moves() {
            return false;
        }
    }
}

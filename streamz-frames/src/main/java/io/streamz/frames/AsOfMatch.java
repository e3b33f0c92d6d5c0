package io.streamz.frames;

/**
 * The one row of the right side that is nearest in time in one direction: backward the last one at or before the row of the left
 * side, forward the first one at or after it, nearest the closer of the last at or before and the first after, of two equally
 * close ones the earlier. Among equal times backward takes the last and forward the first.
 */
final class AsOfMatch extends TimeMatch {
    /** Where to look. */
    enum Direction {
        BACKWARD,
        FORWARD,
        NEAREST
    }

    /** No bound; distances are compared without sign. */
    static final long ANY = -1;

    private final Direction direction;
    private final long tolerance;
    private final boolean exact;

    /**
     * A match.
     *
     * @param tolerance the largest distance, inclusive, in units of the time column, or {@link #ANY}
     * @param exact whether equal times match
     */
    AsOfMatch(int place, Direction direction, long tolerance, boolean exact) {
        super(place);
        this.direction = direction;
        this.tolerance = tolerance;
        this.exact = exact;
    }

    @Override
    boolean settled(RowLists right, int id, long time, long watermark) {
        if (direction == Direction.BACKWARD) {
            return exact ? watermark > time : watermark >= time;
        }
        forget(right, id, time);
        if (after(right, id, time) != RowLists.NONE) {
            return true;
        }
        if (direction == Direction.NEAREST) {
            if (watermark <= time) {
                return false;
            }
            int before = before(right, id, time);
            if (before != RowLists.NONE && Long.compareUnsigned(watermark - time, time - time(right, before)) >= 0) {
                return true; // what comes is not closer, and of two equally close ones the earlier counts
            }
        }
        return tolerance != ANY && watermark > plus(time, tolerance);
    }

    @Override
    int find(RowLists right, int id, long time, int leftRow, Pairs into) {
        forget(right, id, time);
        int found = switch (direction) {
            case BACKWARD -> before(right, id, time);
            case FORWARD -> after(right, id, time);
            case NEAREST -> closer(right, time, before(right, id, time), after(right, id, time));
        };
        if (found == RowLists.NONE) {
            return 0;
        }
        into.add(leftRow, found);
        return 1;
    }

    private int closer(RowLists right, long time, int before, int after) {
        if (before == RowLists.NONE || after == RowLists.NONE) {
            return before == RowLists.NONE ? after : before;
        }
        return Long.compareUnsigned(time - time(right, before), time(right, after) - time) <= 0 ? before : after;
    }

    /** The last row at or before a time, as {@link #forget} leaves it: the oldest that is kept. */
    private int before(RowLists right, int id, long time) {
        int head = right.head(id);
        if (head == RowLists.NONE) {
            return RowLists.NONE;
        }
        long at = time(right, head);
        return isBefore(at, time) && isWithin(time - at) ? head : RowLists.NONE;
    }

    private boolean isBefore(long at, long time) {
        return at < time || exact && at == time;
    }

    private boolean isWithin(long distance) {
        return tolerance == ANY || Long.compareUnsigned(distance, tolerance) <= 0;
    }

    /** The first row behind a time; for {@link Direction#FORWARD} at or behind it. */
    private int after(RowLists right, int id, long time) {
        boolean orAt = exact && direction == Direction.FORWARD;
        int slot = right.head(id);
        while (slot != RowLists.NONE && (time(right, slot) < time || !orAt && time(right, slot) == time)) {
            slot = right.next(slot);
        }
        return slot != RowLists.NONE && isWithin(time(right, slot) - time) ? slot : RowLists.NONE;
    }

    @Override
    void forget(RowLists right, int id, long time) {
        if (direction == Direction.FORWARD) {
            int head = right.head(id);
            while (head != RowLists.NONE && (time(right, head) < time || !exact && time(right, head) == time)) {
                right.dropHead(id);
                head = right.head(id);
            }
            return;
        }
        int head = right.head(id);
        while (head != RowLists.NONE && isPassed(right, head, time)) {
            right.dropHead(id);
            head = right.head(id);
        }
    }

    /** Whether another row comes behind this one and still before the time, or it is too far away. */
    private boolean isPassed(RowLists right, int slot, long time) {
        int behind = right.next(slot);
        long at = time(right, slot);
        return behind != RowLists.NONE && isBefore(time(right, behind), time) || at < time && !isWithin(time - at);
    }

    @Override
    String bound() {
        String rows = switch (direction) {
            case BACKWARD, NEAREST ->
                tolerance == ANY
                        ? "the newest right row of each key, and those ahead of the left side"
                        : "the right rows within the tolerance of the left side's watermark";
            case FORWARD -> "the right rows ahead of the left side's watermark";
        };
        return rows + "; left rows wait for the right side's watermark"
                + (direction != Direction.BACKWARD && tolerance == ANY
                        ? " and, without a tolerance, for a row of their key"
                        : "");
    }
}

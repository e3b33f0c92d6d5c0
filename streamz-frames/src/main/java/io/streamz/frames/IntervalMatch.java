package io.streamz.frames;

/** All rows of the right side whose time is between that of the row of the left side plus one length and plus another, both inclusive. */
final class IntervalMatch extends TimeMatch {
    private final long from;
    private final long to;

    IntervalMatch(int place, long from, long to) {
        super(place);
        this.from = from;
        this.to = to;
    }

    @Override
    boolean settled(RowLists right, int id, long time, long watermark) {
        return watermark > plus(time, to);
    }

    @Override
    int find(RowLists right, int id, long time, int leftRow, Pairs into) {
        forget(right, id, time);
        long last = plus(time, to);
        int found = 0;
        for (int slot = right.head(id); slot != RowLists.NONE && time(right, slot) <= last; slot = right.next(slot)) {
            into.add(leftRow, slot);
            found++;
        }
        return found;
    }

    @Override
    void forget(RowLists right, int id, long time) {
        long first = plus(time, from);
        for (int head = right.head(id); head != RowLists.NONE && time(right, head) < first; head = right.head(id)) {
            right.dropHead(id);
        }
    }

    @Override
    String bound() {
        return "the right rows within the interval around the left side's watermark; left rows wait for the right side's watermark";
    }
}

package io.streamz.aggregations;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Panes that are made of whole slices of time: a row goes into the one slice it falls in, and a pane that closes merges its
 * slices. So a row costs the same however far panes overlap.
 */
final class AlignedStore extends PaneStore {
    private final Panes.Aligned panes;
    private final Runs runs;
    private final Slice union = new Slice();
    private Slice[] slices = new Slice[4];
    private int count;
    private Slice current;
    private long given = Long.MIN_VALUE;
    private long due = Long.MAX_VALUE;

    AlignedStore(PaneGroups groups, Panes.Aligned panes) {
        super(groups);
        this.panes = panes;
        runs = groups.runs();
    }

    @Override
    int state(int key, long time, long number, long closed) {
        if (current == null || time < current.start || time >= current.end) {
            current = null;
            long start = panes.slice(time);
            if (panes.lastEnd(start) <= closed) {
                return -1;
            }
            current = slice(start);
        } else if (current.end <= closed && panes.lastEnd(current.start) <= closed) {
            return -1;
        }
        int place = current.find(key);
        if (place < 0) {
            place = current.add(key, groups.take(key), number);
        }
        current.lasts[place] = number;
        return current.states[place];
    }

    private Slice slice(long start) {
        int at = count;
        while (at > 0 && slices[at - 1].start >= start) {
            at--;
        }
        if (at < count && slices[at].start == start) {
            return slices[at];
        }
        if (count == slices.length) {
            slices = Arrays.copyOf(slices, 2 * count);
        }
        Slice slice = slices[count] == null ? new Slice() : slices[count];
        System.arraycopy(slices, at, slices, at + 1, count - at);
        slices[at] = slice;
        count++;
        slice.begin(start, panes.sliceEnd(start));
        due = due();
        return slice;
    }

    @Override
    void close(long closed) {
        while (due <= closed && count > 0) {
            long end = due;
            give(panes.start(end), end, true, -1);
            given = end;
            while (count > 0 && panes.lastEnd(slices[0].start) <= end) {
                drop();
            }
            due = due();
        }
        given = closed;
    }

    /** The end of the next pane that has rows. */
    private long due() {
        if (count == 0) {
            return Long.MAX_VALUE;
        }
        long end = panes.firstEnd(slices[0].start);
        while (end <= given) {
            end = panes.nextEnd(end);
        }
        return end;
    }

    private void drop() {
        Slice old = slices[0];
        for (int place = 0; place < old.count; place++) {
            groups.drop(old.keys[place], old.states[place]);
        }
        count--;
        System.arraycopy(slices, 1, slices, 0, count);
        slices[count] = old;
        current = null;
    }

    /** Gives the pane's answers for keys with a row after {@code since}. */
    private void give(long start, long end, boolean last, long since) {
        int from = 0;
        while (from < count && slices[from].start < start) {
            from++;
        }
        int to = from;
        while (to < count && slices[to].start < end) {
            to++;
        }
        if (to - from == 1) {
            answers(slices[from], start, end, last, since);
        } else if (to > from) {
            merge(from, to);
            answers(union, start, end, last, since);
            for (int place = 0; place < union.count; place++) {
                groups.free(union.states[place]);
            }
        }
    }

    private void merge(int from, int to) {
        groups.flush();
        union.begin(0, 0);
        boolean inOrder = true;
        for (int i = from; i < to; i++) {
            Slice slice = slices[i];
            for (int place = 0; place < slice.count; place++) {
                int at = union.find(slice.keys[place]);
                if (at < 0) {
                    at = union.add(slice.keys[place], groups.scratch(), slice.firsts[place]);
                } else {
                    inOrder &= union.lasts[at] < slice.firsts[place];
                }
                union.firsts[at] = Math.min(union.firsts[at], slice.firsts[place]);
                union.lasts[at] = Math.max(union.lasts[at], slice.lasts[place]);
                groups.merge(union.states[at], slice.states[place]);
                inOrder &= runs == null || runs.next(slice.states[place]) < 0;
            }
        }
        if (runs != null && !inOrder) {
            mergeByArrival(from, to);
        }
        union.sort();
    }

    /** One run of a key's rows, and where the key stands in the union. */
    private record Part(long first, int run, int place) {}

    /** Makes the union again, of runs in the order in which rows came. */
    private void mergeByArrival(int from, int to) {
        List<Part> parts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            for (int place = 0; place < slices[i].count; place++) {
                int at = union.find(slices[i].keys[place]);
                for (int run = slices[i].states[place]; run >= 0; run = runs.next(run)) {
                    parts.add(new Part(runs.first(run), run, at));
                }
            }
        }
        parts.sort(Comparator.comparingLong(Part::first));
        for (int place = 0; place < union.count; place++) {
            groups.clear(union.states[place]);
        }
        for (Part part : parts) {
            groups.merge(union.states[part.place], part.run);
        }
    }

    private void answers(Slice slice, long start, long end, boolean last, long since) {
        for (int place = 0; place < slice.count; place++) {
            if (slice.lasts[place] > since) {
                groups.give(start, end, slice.keys[place], slice.states[place], last);
            }
        }
    }

    @Override
    void update(long since) {
        long end = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            long next = Math.max(end, panes.firstEnd(slices[i].start));
            while (next <= end || next <= given) {
                next = panes.nextEnd(next);
            }
            for (; next <= panes.lastEnd(slices[i].start); next = panes.nextEnd(next)) {
                give(panes.start(next), next, false, since);
                end = next;
            }
        }
    }

    @Override
    long bytes() {
        long bytes = union.bytes();
        for (Slice slice : slices) {
            bytes += slice == null ? 8 : 8 + slice.bytes();
        }
        return bytes;
    }

    @Override
    void write(int[] keyNumbers, int[] live, int liveCount, StateOut out) throws IOException {
        out.i64(given);
        out.i32(count);
        for (int i = 0; i < count; i++) {
            Slice slice = slices[i];
            out.i64(slice.start);
            out.i32(slice.count);
            for (int place = 0; place < slice.count; place++) {
                out.i32(keyNumbers[slice.keys[place]]);
                out.i64(slice.firsts[place]);
                out.i64(slice.lasts[place]);
                groups.write(slice.states[place], out);
            }
        }
    }

    @Override
    void read(StateIn in, int keys) throws IOException {
        given = in.i64();
        int slicesThere = in.size();
        for (int i = 0; i < slicesThere; i++) {
            Slice slice = slice(in.i64());
            int places = in.size();
            for (int place = 0; place < places; place++) {
                int key = in.size();
                if (key >= keys) {
                    throw new IOException("state holds a pane of key " + key + " of " + keys);
                }
                slice.add(key, groups.take(key), in.i64());
                slice.lasts[place] = in.i64();
                groups.read(slice.states[place], in);
            }
        }
    }
}

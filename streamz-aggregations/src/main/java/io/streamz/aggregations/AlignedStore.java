package io.streamz.aggregations;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Panes that are made of whole slices of time: a row goes into the one slice it falls in, and a pane that closes merges its
 * slices. So a row costs the same however far panes overlap; and so does a pane, which is the end of one block of slices and the
 * beginning of the next, summed up slice by slice. Sums depend on slices alone, and need not be saved.
 */
final class AlignedStore extends PaneStore {
    /** So few slices are merged one by one. */
    private static final int FEW = 4;

    private final Panes.Aligned panes;
    private final Runs runs;
    private final Slice union = new Slice();

    /** The sum of the slices of a block that are before an end: with a suffix of the block before, a pane. */
    private final Slice prefix = new Slice();

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
        if (current.isSummed) {
            forgetSums(current);
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
        empty(old.suffix);
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
            merge(from, to, end, last);
            answers(union, start, end, last, since);
            for (int place = 0; place < union.count; place++) {
                groups.free(union.states[place]);
            }
        }
    }

    /** Makes the union of slices, by sums where that saves merging. Sums end with a pane that closes: what is open changes yet. */
    private void merge(int from, int to, long end, boolean closes) {
        groups.flush();
        union.begin(0, 0);
        if (closes && to - from > FEW) {
            long block = panes.block(end);
            if (slices[from].start < block) {
                add(union, suffix(from, block));
            }
            add(union, prefix(block, from, to, end));
        } else {
            for (int i = from; i < to; i++) {
                add(union, slices[i]);
            }
        }
        if (runs != null && union.isTangled) {
            mergeByArrival(from, to);
        }
        union.sort();
    }

    /** The sum of the slices from one to the end of its block. */
    private Slice suffix(int from, long blockEnd) {
        int last = from;
        while (isBefore(last, blockEnd) && !isKnown(slices[last].suffix)) {
            last++;
        }
        Slice behind = isBefore(last, blockEnd) ? slices[last].suffix : null;
        for (int i = last - 1; i >= from; i--) {
            Slice slice = slices[i];
            if (slice.suffix == null) {
                slice.suffix = new Slice();
            }
            slice.suffix.begin(0, 0);
            add(slice.suffix, slice);
            if (behind != null) {
                add(slice.suffix, behind);
            }
            slice.isSummed = true;
            behind = slice.suffix;
        }
        return behind;
    }

    private boolean isBefore(int place, long time) {
        return place < count && slices[place].start < time;
    }

    private static boolean isKnown(Slice sum) {
        return sum != null && sum.count > 0;
    }

    /** The sum of the slices from the start of a block to the end of a pane. */
    private Slice prefix(long block, int from, int to, long end) {
        if (prefix.start != block || prefix.end > end) {
            empty(prefix);
            prefix.begin(block, block);
        }
        for (int i = from; i < to; i++) {
            if (slices[i].start >= prefix.end) {
                add(prefix, slices[i]);
                slices[i].isSummed = true;
            }
        }
        prefix.end = end;
        return prefix;
    }

    /** Forgets the sums that hold a slice, before it changes. */
    private void forgetSums(Slice slice) {
        long block = panes.block(slice.end);
        for (int i = count - 1; i >= 0 && slices[i].start >= block; i--) {
            if (slices[i].start <= slice.start) {
                empty(slices[i].suffix);
            }
        }
        if (prefix.start == block && prefix.end > slice.start) {
            empty(prefix);
            prefix.end = block;
        }
        slice.isSummed = false;
    }

    private void empty(Slice sum) {
        if (sum != null) {
            for (int place = 0; place < sum.count; place++) {
                groups.free(sum.states[place]);
            }
            sum.begin(sum.start, sum.end);
        }
    }

    /** Adds a slice or a sum to a sum of slices that are before it in time. */
    private void add(Slice sum, Slice slice) {
        sum.isTangled |= slice.isTangled;
        for (int place = 0; place < slice.count; place++) {
            int at = sum.find(slice.keys[place]);
            if (at < 0) {
                at = sum.add(slice.keys[place], groups.scratch(), slice.firsts[place]);
                sum.lasts[at] = slice.lasts[place];
            } else {
                sum.isTangled |= sum.lasts[at] > slice.firsts[place];
            }
            sum.firsts[at] = Math.min(sum.firsts[at], slice.firsts[place]);
            sum.lasts[at] = Math.max(sum.lasts[at], slice.lasts[place]);
            groups.merge(sum.states[at], slice.states[place]);
            sum.isTangled |= runs != null && runs.next(slice.states[place]) >= 0;
        }
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
        long bytes = union.bytes() + prefix.bytes();
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

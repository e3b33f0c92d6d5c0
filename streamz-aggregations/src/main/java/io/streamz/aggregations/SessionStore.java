package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * The open sessions of each key, in a list from the latest to the earliest. A row joins the session before it or the one behind it,
 * or makes one of both. A heap of all sessions by end tells which close.
 */
final class SessionStore extends PaneStore {
    private static final int NONE = -1;

    private final Panes.Session panes;
    private final Slots slots = new Slots();
    private final SessionHeap ends = new SessionHeap(this);
    private final SessionHeap updates = new SessionHeap(this);
    private int[] heads = {};
    private int[] next = {};
    private int[] keys = {};
    private int[] states = {};
    private long[] starts = {};
    private long[] lasts = {};
    private long[] firstRows = {};
    private long[] lastRows = {};

    SessionStore(PaneGroups groups, Panes.Session panes) {
        super(groups);
        this.panes = panes;
    }

    /** Whether a session ends before another; equal ends by first row. */
    boolean before(int session, int other) {
        long end = end(session);
        long otherEnd = end(other);
        return end < otherEnd || end == otherEnd && firstRows[session] < firstRows[other];
    }

    private long end(int session) {
        return end(starts[session], lasts[session]);
    }

    private long end(long start, long last) {
        return Math.min(Watermark.after(last, panes.gap()), Watermark.after(start, panes.most()));
    }

    @Override
    int state(int key, long time, long number, long closed) {
        ensureKeys(key + 1);
        int later = NONE;
        int session = heads[key];
        while (session != NONE && starts[session] > time) {
            later = session;
            session = next[session];
        }
        if (session != NONE && joins(starts[session], lasts[session], time, time)) {
            extend(session, time);
            if (later != NONE && joins(starts[session], lasts[session], starts[later], lasts[later])) {
                absorb(session, later);
            }
        } else if (later != NONE && joins(time, time, starts[later], lasts[later])) {
            session = later;
            extend(session, time);
        } else if (end(time, time) <= closed) {
            return -1;
        } else {
            session = open(key, time, number, later);
        }
        lastRows[session] = number;
        return states[session];
    }

    /** Whether two stretches of rows, the first with the earlier start, are one session: near enough, and not too long together. */
    private boolean joins(long start, long last, long otherStart, long otherLast) {
        return otherStart <= Watermark.after(last, panes.gap())
                && Math.max(last, otherLast) < Watermark.after(start, panes.most());
    }

    private void extend(int session, long time) {
        if (time < starts[session] || time > lasts[session]) {
            starts[session] = Math.min(starts[session], time);
            lasts[session] = Math.max(lasts[session], time);
            ends.moved(session);
        }
    }

    private int open(int key, long time, long number, int later) {
        int session = slots.take();
        ensure(session + 1);
        keys[session] = key;
        states[session] = groups.take(key);
        starts[session] = time;
        lasts[session] = time;
        firstRows[session] = number;
        if (later == NONE) {
            next[session] = heads[key];
            heads[key] = session;
        } else {
            next[session] = next[later];
            next[later] = session;
        }
        ends.add(session);
        return session;
    }

    /** Makes the later of two neighbours part of the earlier. */
    private void absorb(int session, int later) {
        states[session] = firstRows[later] < firstRows[session]
                ? groups.join(keys[session], states[later], states[session])
                : groups.join(keys[session], states[session], states[later]);
        lasts[session] = Math.max(lasts[session], lasts[later]);
        firstRows[session] = Math.min(firstRows[session], firstRows[later]);
        remove(later);
        ends.moved(session);
    }

    private void drop(int session) {
        groups.drop(keys[session], states[session]);
        remove(session);
    }

    private void remove(int session) {
        int key = keys[session];
        if (heads[key] == session) {
            heads[key] = next[session];
        } else {
            int later = heads[key];
            while (next[later] != session) {
                later = next[later];
            }
            next[later] = next[session];
        }
        ends.remove(session);
        slots.free(session);
    }

    @Override
    void close(long closed) {
        while (ends.size() > 0 && end(ends.first()) <= closed) {
            int session = ends.first();
            groups.give(starts[session], end(session), keys[session], states[session], true);
            drop(session);
        }
    }

    @Override
    void update(long since) {
        updates.ensure(starts.length);
        for (int i = 0; i < ends.size(); i++) {
            if (lastRows[ends.get(i)] > since) {
                updates.add(ends.get(i));
            }
        }
        while (updates.size() > 0) {
            int session = updates.first();
            updates.remove(session);
            groups.give(starts[session], end(session), keys[session], states[session], false);
        }
    }

    private void ensureKeys(int wanted) {
        int from = heads.length;
        if (from < wanted) {
            heads = Arrays.copyOf(heads, Lane.grown(from, wanted));
            Arrays.fill(heads, from, heads.length, NONE);
        }
    }

    private void ensure(int sessions) {
        if (starts.length < sessions) {
            int grown = Lane.grown(starts.length, sessions);
            next = Arrays.copyOf(next, grown);
            keys = Arrays.copyOf(keys, grown);
            states = Arrays.copyOf(states, grown);
            starts = Arrays.copyOf(starts, grown);
            lasts = Arrays.copyOf(lasts, grown);
            firstRows = Arrays.copyOf(firstRows, grown);
            lastRows = Arrays.copyOf(lastRows, grown);
            ends.ensure(grown);
        }
    }

    @Override
    long bytes() {
        return slots.bytes() + ends.bytes() + updates.bytes() + 4L * heads.length + 44L * starts.length;
    }

    @Override
    void write(int[] keyNumbers, int[] live, int count, StateOut out) throws IOException {
        out.i32(ends.size());
        for (int i = 0; i < count; i++) {
            int session = live[i] < heads.length ? heads[live[i]] : NONE;
            for (; session != NONE; session = next[session]) {
                out.i32(i);
                out.i64(starts[session]);
                out.i64(lasts[session]);
                out.i64(firstRows[session]);
                out.i64(lastRows[session]);
                groups.write(states[session], out);
            }
        }
    }

    @Override
    void read(StateIn in, int keyCount) throws IOException {
        int count = in.size();
        ensureKeys(keyCount);
        int before = NONE;
        for (int i = 0; i < count; i++) {
            int key = in.size();
            if (key >= keyCount) {
                throw new IOException("state holds a session of key " + key + " of " + keyCount);
            }
            before = before != NONE && keys[before] == key ? before : NONE;
            long start = in.i64();
            long last = in.i64();
            int session = open(key, start, in.i64(), before);
            lasts[session] = last;
            lastRows[session] = in.i64();
            ends.moved(session);
            groups.read(states[session], in);
            before = session;
        }
    }
}

package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * The states of panes whose answers depend on the order of rows. Rows of a key that go to one pane, none to another between them, are
 * a run with a state of its own; each pane is a chain of its runs, oldest first, named by the first. Runs of several panes in the
 * order of their first rows are the order of arrival, so panes can be made one however their rows came in turn. Where rows come
 * in the order of their times, each pane is one run.
 */
final class Runs {
    private static final int NONE = -1;

    private final PaneGroups groups;
    private int[] next = {};
    private int[] tails = {};

    /** The first row of each run, and the last of each pane, counted over all rows; -1 before there is one. */
    private long[] firsts = {};

    private long[] lasts = {};

    /** The last row of each key. */
    private long[] newest = {};

    Runs(PaneGroups groups) {
        this.groups = groups;
    }

    void ensureKeys(int keys) {
        if (newest.length < keys) {
            newest = Arrays.copyOf(newest, Lane.grown(newest.length, keys));
        }
    }

    /** Makes a state a pane of one run without rows. */
    void open(int state) {
        if (next.length <= state) {
            next = Arrays.copyOf(next, Lane.grown(next.length, state + 1));
            tails = Arrays.copyOf(tails, next.length);
            firsts = Arrays.copyOf(firsts, next.length);
            lasts = Arrays.copyOf(lasts, next.length);
        }
        next[state] = NONE;
        tails[state] = state;
        firsts[state] = -1;
        lasts[state] = -1;
    }

    /** The state that takes the next row of a pane. */
    int take(int key, int pane, long number) {
        if (lasts[pane] < 0) {
            firsts[pane] = number;
        } else if (lasts[pane] != newest[key]) {
            append(pane, number);
        }
        lasts[pane] = number;
        newest[key] = number;
        return tails[pane];
    }

    private void append(int pane, long number) {
        int run = groups.scratch();
        firsts[run] = number;
        next[tails[pane]] = run;
        tails[pane] = run;
    }

    /** The run after this one, or -1. */
    int next(int run) {
        return next[run];
    }

    long first(int run) {
        return firsts[run];
    }

    /** Makes two panes of a key one, and tells its name. */
    int join(int pane, int other) {
        int left = firsts[pane] < firsts[other] ? pane : other;
        int right = left == pane ? other : pane;
        lasts[left] = Math.max(lasts[pane], lasts[other]);
        tails[left] = firsts[tails[pane]] < firsts[tails[other]] ? tails[other] : tails[pane];
        int head = left;
        int last = left;
        left = next[left];
        while (left != NONE || right != NONE) {
            if (right == NONE || left != NONE && firsts[left] < firsts[right]) {
                next[last] = left;
                last = left;
                left = next[left];
            } else {
                next[last] = right;
                last = right;
                right = next[right];
            }
        }
        return head;
    }

    void writeKey(int key, StateOut out) throws IOException {
        out.i64(newest[key]);
    }

    void readKey(int key, StateIn in) throws IOException {
        ensureKeys(key + 1);
        newest[key] = in.i64();
    }

    void write(int pane, StateOut out) throws IOException {
        int count = 0;
        for (int run = pane; run != NONE; run = next[run]) {
            count++;
        }
        out.i32(count);
        out.i64(lasts[pane]);
        for (int run = pane; run != NONE; run = next[run]) {
            out.i64(firsts[run]);
            groups.writeState(run, out);
        }
    }

    void read(int pane, StateIn in) throws IOException {
        int count = in.size();
        long last = in.i64();
        for (int i = 0; i < count; i++) {
            long first = in.i64();
            if (i == 0) {
                firsts[pane] = first;
            } else {
                append(pane, first);
            }
            groups.readState(tails[pane], in);
        }
        lasts[pane] = last;
    }

    long bytes() {
        return 24L * next.length + 8L * newest.length;
    }
}

package io.streamz.aggregations;

import java.util.Arrays;

/**
 * Hands out dense ids, takes them back, and remembers in which order the living ones appeared: a log of ids with gaps where one
 * was freed, closed up when more than half of it is gaps. Until an id is freed the log would be 0, 1, 2 and so on, and is not kept.
 */
final class Ids {
    private int[] log = {};
    private int[] position = {};
    private int[] free = {};

    /** Whether log and position are kept. */
    private boolean kept;

    private int logged;
    private int freed;
    private int top;
    private int live;

    /** The largest of some ids, or -1. */
    static int largest(int[] ids, int count) {
        int a = -1;
        int b = -1;
        int c = -1;
        int d = -1;
        int i = 0;
        for (; i + 3 < count; i += 4) { // four chains: one alone would wait for itself in each step
            a = Math.max(a, ids[i]);
            b = Math.max(b, ids[i + 1]);
            c = Math.max(c, ids[i + 2]);
            d = Math.max(d, ids[i + 3]);
        }
        for (; i < count; i++) {
            a = Math.max(a, ids[i]);
        }
        return Math.max(Math.max(a, b), Math.max(c, d));
    }

    int live() {
        return live;
    }

    /** All ids are below this. */
    int top() {
        return top;
    }

    int logged() {
        return logged;
    }

    /** The id at a place of the log; negative where it was freed. */
    int logged(int place) {
        return kept ? log[place] : place;
    }

    boolean isLive(int id) {
        return id >= 0 && id < top && position(id) >= 0;
    }

    /** Grows from the first live id to the last. */
    int position(int id) {
        return kept ? position[id] : id;
    }

    int allot() {
        if (!kept) {
            live++;
            logged++;
            return top++;
        }
        int id = freed > 0 ? free[--freed] : top++;
        if (id >= position.length) {
            position = Arrays.copyOf(position, Lane.grown(position.length, id + 1));
        }
        if (logged == log.length) {
            log = Arrays.copyOf(log, Lane.grown(logged, logged + 1));
        }
        position[id] = logged;
        log[logged++] = id;
        live++;
        return id;
    }

    void free(int id) {
        if (!isLive(id)) {
            throw new IllegalArgumentException("id " + id + " is not in use");
        }
        keep();
        log[position[id]] = -1;
        position[id] = -1;
        live--;
        if (freed == free.length) {
            free = Arrays.copyOf(free, Lane.grown(freed, freed + 1));
        }
        free[freed++] = id;
        if (logged > 64 && logged > 2 * live) {
            closeUp();
        }
    }

    private void keep() {
        if (!kept) {
            kept = true;
            log = new int[Lane.grown(0, top)];
            Arrays.setAll(log, place -> place);
            position = log.clone();
        }
    }

    private void closeUp() {
        int kept = 0;
        for (int place = 0; place < logged; place++) {
            if (log[place] >= 0) {
                log[kept] = log[place];
                position[log[kept]] = kept++;
            }
        }
        logged = kept;
    }

    /** Writes the live ids in order of first appearance. */
    void liveIds(int[] out) {
        int count = 0;
        for (int place = 0; place < logged; place++) {
            int id = logged(place);
            if (id >= 0) {
                out[count++] = id;
            }
        }
    }

    long bytes() {
        return 4L * (log.length + position.length + free.length);
    }
}

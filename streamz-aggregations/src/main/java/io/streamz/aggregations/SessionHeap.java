package io.streamz.aggregations;

import java.util.Arrays;

/** Sessions of a {@link SessionStore} by end, each once, with the place of each so that it can move when its end does. */
final class SessionHeap {
    private static final int NONE = -1;

    private final SessionStore store;
    private int[] heap = {};
    private int[] places = {};
    private int size;

    SessionHeap(SessionStore store) {
        this.store = store;
    }

    int size() {
        return size;
    }

    int first() {
        return heap[0];
    }

    int get(int place) {
        return heap[place];
    }

    void ensure(int sessions) {
        int from = places.length;
        if (from < sessions) {
            places = Arrays.copyOf(places, Lane.grown(from, sessions));
            heap = Arrays.copyOf(heap, places.length);
            Arrays.fill(places, from, places.length, NONE);
        }
    }

    void add(int session) {
        put(size++, session);
        rise(session);
    }

    void remove(int session) {
        int place = places[session];
        int last = heap[--size];
        places[session] = NONE;
        if (last != session) {
            put(place, last);
            moved(last);
        }
    }

    /** Puts a session right whose end or first row has changed. */
    void moved(int session) {
        rise(session);
        sink(session);
    }

    private void rise(int session) {
        int at = places[session];
        while (at > 0 && store.before(session, heap[at - 1 >>> 1])) {
            put(at, heap[at - 1 >>> 1]);
            at = at - 1 >>> 1;
        }
        put(at, session);
    }

    private void sink(int session) {
        int at = places[session];
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && store.before(heap[child + 1], heap[child])) {
                child++;
            }
            if (store.before(session, heap[child])) {
                break;
            }
            put(at, heap[child]);
            at = child;
        }
        put(at, session);
    }

    private void put(int place, int session) {
        heap[place] = session;
        places[session] = place;
    }

    long bytes() {
        return 4L * (heap.length + places.length);
    }
}

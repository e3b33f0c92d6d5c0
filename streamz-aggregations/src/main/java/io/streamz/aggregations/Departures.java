package io.streamz.aggregations;

import java.util.Arrays;

/**
 * The kept rows by place, equal places by arrival. Rows that come in order stand in a queue, so that ordered streams cost nothing;
 * the others in a heap.
 */
final class Departures {
    private final Kept kept;
    private int[] queue = new int[16];
    private int head;
    private int queued;
    private int[] heap = {};
    private int heaped;

    Departures(Kept kept) {
        this.kept = kept;
    }

    /** The row that leaves first, or -1. */
    int peek() {
        if (heaped == 0) {
            return queued == 0 ? -1 : queue[head];
        }
        return queued == 0 || before(heap[0], queue[head]) ? heap[0] : queue[head];
    }

    void add(int slot) {
        if (queued == 0 || before(queue[head + queued - 1 & queue.length - 1], slot)) {
            if (queued == queue.length) {
                growQueue();
            }
            queue[head + queued++ & queue.length - 1] = slot;
        } else {
            if (heaped == heap.length) {
                heap = Arrays.copyOf(heap, Lane.grown(heaped, heaped + 1));
            }
            rise(heaped++, slot);
        }
    }

    void remove() {
        if (heaped == 0 || queued != 0 && before(queue[head], heap[0])) {
            head = head + 1 & queue.length - 1;
            queued--;
        } else {
            sink(heap[--heaped]);
        }
    }

    private boolean before(int slot, int other) {
        long place = kept.places[slot];
        long otherPlace = kept.places[other];
        return place < otherPlace || place == otherPlace && kept.numbers[slot] < kept.numbers[other];
    }

    private void rise(int from, int slot) {
        int at = from;
        while (at > 0 && before(slot, heap[at - 1 >>> 1])) {
            heap[at] = heap[at - 1 >>> 1];
            at = at - 1 >>> 1;
        }
        heap[at] = slot;
    }

    /** Puts a row where the first one was, and lower. */
    private void sink(int slot) {
        int at = 0;
        while (2 * at + 1 < heaped) {
            int child = 2 * at + 1;
            if (child + 1 < heaped && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (before(slot, heap[child])) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = slot;
    }

    private void growQueue() {
        int[] grown = new int[2 * queue.length];
        int first = queue.length - head;
        System.arraycopy(queue, head, grown, 0, first);
        System.arraycopy(queue, 0, grown, first, head);
        queue = grown;
        head = 0;
    }

    long bytes() {
        return 4L * (queue.length + heap.length);
    }
}

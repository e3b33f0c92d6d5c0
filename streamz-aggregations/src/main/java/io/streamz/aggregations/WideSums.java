package io.streamz.aggregations;

import java.util.Arrays;

/** The sums of the few groups that need more than two doubles, at places that are used again. */
final class WideSums {
    private FixedPoint[] sums = {};
    private int[] nextFree = {};
    private int used;
    private int free = -1;

    /** Keeps a sum and gives its place. */
    int put(FixedPoint sum) {
        int place = free;
        if (place >= 0) {
            free = nextFree[place];
        } else {
            place = used++;
            if (place == sums.length) {
                sums = Arrays.copyOf(sums, Lane.grown(place, place + 1));
                nextFree = Arrays.copyOf(nextFree, sums.length);
            }
        }
        sums[place] = sum;
        return place;
    }

    FixedPoint get(int place) {
        return sums[place];
    }

    void drop(int place) {
        sums[place] = null;
        nextFree[place] = free;
        free = place;
    }

    long bytes() {
        long kept = used;
        for (int place = free; place >= 0; place = nextFree[place]) {
            kept--;
        }
        return 12L * sums.length + kept * FixedPoint.BYTES;
    }
}

package io.streamz.aggregations;

import java.util.Arrays;

/** Numbers from 0 on, handed out and taken back. */
final class Slots {
    private int[] free = {};
    private int freed;
    private int top;

    int take() {
        return freed > 0 ? free[--freed] : top++;
    }

    void free(int number) {
        if (freed == free.length) {
            free = Arrays.copyOf(free, Lane.grown(freed, freed + 1));
        }
        free[freed++] = number;
    }

    /** All numbers in use are below this. */
    int top() {
        return top;
    }

    long bytes() {
        return 4L * free.length;
    }
}

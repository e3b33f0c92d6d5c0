package io.streamz.frames;

import java.util.Arrays;

/** The different ids of a batch, in the order in which they first come. */
final class Touched {
    private int[] marks = {};
    private int[] ids = {0};
    private int stamp;

    /**
     * Finds them.
     *
     * @param batch the id of each row, negative for none; null where all rows are of id 0
     * @return how many different ones there are
     */
    int of(int[] batch, int rows) {
        if (batch == null) {
            ids[0] = 0;
            return rows == 0 ? 0 : 1;
        }
        if (++stamp == 0) {
            Arrays.fill(marks, 0);
            stamp = 1;
        }
        if (ids.length < rows) {
            ids = new int[Math.max(rows, ids.length * 2)];
        }
        int count = 0;
        for (int row = 0; row < rows; row++) {
            int id = batch[row];
            if (id >= marks.length) {
                marks = Arrays.copyOf(marks, Math.max(id + 1, marks.length * 2));
            }
            if (id >= 0 && marks[id] != stamp) {
                marks[id] = stamp;
                ids[count++] = id;
            }
        }
        return count;
    }

    int[] ids() {
        return ids;
    }
}

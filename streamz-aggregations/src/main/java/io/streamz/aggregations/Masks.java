package io.streamz.aggregations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of a batch that conditions take, a bit each, made once for all the measures of a condition. */
final class Masks {
    private final List<LongLane> conditions = new ArrayList<>();
    private long[][] masks = {};

    /** Forgets a batch. */
    void clear() {
        conditions.clear();
    }

    /** The rows that the condition of a tally takes of the batch it is bound to; null where it has none. */
    long[] of(Tally tally, int rows) {
        LongLane where = tally.where;
        if (where == null) {
            return null;
        }
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i) == where) {
                return masks[i];
            }
        }
        conditions.add(where);
        if (masks.length < conditions.size()) {
            masks = Arrays.copyOf(masks, conditions.size());
            masks[conditions.size() - 1] = new long[0];
        }
        int place = conditions.size() - 1;
        masks[place] = mask(where, rows, masks[place]);
        return masks[place];
    }

    private static long[] mask(LongLane where, int rows, long[] reuse) {
        int words = Lane.words(rows);
        long[] mask = reuse.length < words ? new long[Lane.grown(reuse.length, words)] : reuse;
        long[] flags = where.values();
        for (int word = 0; word < words; word++) {
            long bits = 0;
            int end = Math.min(rows, word + 1 << 6);
            for (int row = word << 6; row < end; row++) {
                bits |= (flags[row] != 0 ? 1L : 0L) << row;
            }
            mask[word] = where.nullCount() == 0 ? bits : bits & where.validity()[word];
        }
        return mask;
    }

    long bytes() {
        long bytes = 0;
        for (long[] mask : masks) {
            bytes += 8L * mask.length;
        }
        return bytes;
    }
}

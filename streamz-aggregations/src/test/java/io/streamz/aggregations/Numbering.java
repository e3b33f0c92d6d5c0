package io.streamz.aggregations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keys to ids as a caller of a scheme keeps them: freed ids are used again, and after a restart ids count from 0. */
final class Numbering {
    private final Map<Integer, Integer> ids = new HashMap<>();
    private final List<Integer> keys = new ArrayList<>();

    int[] ids(int[] batch) {
        int[] out = new int[batch.length];
        for (int row = 0; row < out.length; row++) {
            out[row] = ids.computeIfAbsent(batch[row], this::allot);
        }
        return out;
    }

    private int allot(int key) {
        int id = keys.indexOf(null);
        if (id < 0) {
            id = keys.size();
            keys.add(key);
        }
        keys.set(id, key);
        return id;
    }

    int key(int id) {
        return keys.get(id);
    }

    void free(int id) {
        ids.remove(keys.get(id));
        keys.set(id, null);
    }

    void renumber(int[] order, int count) {
        List<Integer> old = List.copyOf(keys.stream()
                .map(key -> key == null ? Integer.valueOf(-1) : key)
                .toList());
        ids.clear();
        keys.clear();
        for (int i = 0; i < count; i++) {
            keys.add(old.get(order[i]));
            ids.put(old.get(order[i]), i);
        }
    }
}

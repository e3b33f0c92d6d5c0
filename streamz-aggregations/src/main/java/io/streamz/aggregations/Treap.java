package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * Slides what cannot forget, where rows leave in any order. Each key has a search tree of its rows by arrival in which every node
 * holds the state of its subtree; a node's children have lower priorities than it, and priorities are scattered, so that the
 * tree stays as deep as the logarithm of its size (Aragon and Seidel, Randomized search trees, 1989). A priority comes
 * from the number of the row among those of its stream, so that the tree, and with it every bit of the answer, depends on the
 * rows inside alone.
 *
 * <p>States of changed subtrees are only put right when an answer is taken.
 */
class Treap extends Slide {
    private static final int NONE = -1;

    private final KeptInAnyOrder kept;
    private final Lane[] inputs;
    private final LongLane where;
    private final long minCount;
    private final GroupStates trees;
    private final GroupStates nothing;
    private int[] root = {};
    private int[] left = {};
    private int[] right = {};
    private int[] parent = {};
    private boolean[] stale = {};

    Treap(Measure measure, DataType[] types, GroupStates states, Kept kept) {
        this.kept = (KeptInAnyOrder) kept;
        inputs = measure.inputs(kept.lanes);
        where = measure.where(kept.lanes);
        minCount = measure.minCount();
        trees = states;
        nothing = measure.states(types);
        nothing.ensure(1);
    }

    @Override
    void ensure(int keys) {
        int from = root.length;
        if (from < keys) {
            root = Arrays.copyOf(root, Lane.grown(from, keys));
            Arrays.fill(root, from, root.length, NONE);
        }
        if (left.length < kept.capacity()) {
            trees.ensure(kept.capacity());
            left = Arrays.copyOf(left, kept.capacity());
            right = Arrays.copyOf(right, kept.capacity());
            parent = Arrays.copyOf(parent, kept.capacity());
            stale = Arrays.copyOf(stale, kept.capacity());
        }
    }

    @Override
    void play(Moves moves, Lane out, int at, int measure, Overflow overflow) {
        int row = at;
        for (int i = 0; i < moves.count; i++) {
            int move = moves.moves[i];
            if (move >= 0) {
                enter(kept.ids[move], move);
            } else if (move != Moves.ANSWER) {
                leave(kept.ids[~move], ~move);
            } else {
                if (!result(moves.ids[row - at], out, row)) {
                    overflow.at(measure, row);
                }
                row++;
            }
        }
    }

    @Override
    void move(int left, int entered, int count) {
        throw new UnsupportedOperationException(); // what leaves in order has two stacks
    }

    /** Puts the newest row in: behind the lowest node of the right edge with a higher priority, above what was there. */
    private void enter(int id, int slot) {
        long priority = priority(slot);
        int above = NONE;
        int below = root[id];
        while (below != NONE && priority(below) > priority) {
            above = below;
            below = right[below];
        }
        left[slot] = below;
        right[slot] = NONE;
        parent[slot] = above;
        if (below != NONE) {
            parent[below] = slot;
        }
        if (above == NONE) {
            root[id] = slot;
        } else {
            right[above] = slot;
        }
        stale[slot] = true;
        spoil(above);
    }

    private void leave(int id, int slot) {
        int above = parent[slot];
        int joined = join(left[slot], right[slot], above);
        if (above == NONE) {
            root[id] = joined;
        } else if (left[above] == slot) {
            left[above] = joined;
        } else {
            right[above] = joined;
        }
        spoil(above);
        trees.free(slot);
    }

    /** Joins two trees, all rows of the first older than those of the second, below a node. */
    private int join(int older, int newer, int above) {
        if (older == NONE || newer == NONE) {
            int only = older == NONE ? newer : older;
            if (only != NONE) {
                parent[only] = above;
            }
            return only;
        }
        boolean first = priority(older) > priority(newer);
        int top = first ? older : newer;
        parent[top] = above;
        stale[top] = true;
        if (first) {
            right[top] = join(right[older], newer, top);
        } else {
            left[top] = join(older, left[newer], top);
        }
        return top;
    }

    private void spoil(int node) {
        for (int up = node; up != NONE && !stale[up]; up = parent[up]) {
            stale[up] = true;
        }
    }

    /** Scatters the number of the row (the finaliser of SplitMix64, one to one). */
    private long priority(int slot) {
        long mixed = (kept.numbers[slot] + 1) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    private void refresh(int node) {
        if (node == NONE || !stale[node]) {
            return;
        }
        refresh(left[node]);
        refresh(right[node]);
        stale[node] = false;
        trees.free(node);
        if (left[node] != NONE) {
            trees.merge(node, trees, left[node]);
        }
        if (takes(node)) {
            trees.add(node, inputs, node);
        }
        if (right[node] != NONE) {
            trees.merge(node, trees, right[node]);
        }
    }

    private boolean takes(int slot) {
        return (where == null || !where.isNull(slot) && where.values()[slot] != 0) && trees.counts(inputs, slot);
    }

    @Override
    boolean result(int id, Lane out, int row) {
        GroupStates states = whole(id);
        int group = place(id);
        if (minCount > 0 && states.count(group) < minCount) {
            out.setNull(row);
            return true;
        }
        return states.result(group, out, row);
    }

    @Override
    GroupStates whole(int id) {
        refresh(root[id]);
        return root[id] == NONE ? nothing : trees;
    }

    @Override
    int place(int id) {
        return Math.max(0, root[id]);
    }

    @Override
    void free(int id) {
        root[id] = NONE;
    }

    @Override
    long bytes() {
        return trees.bytes()
                + nothing.bytes()
                + 4L * (root.length + left.length + right.length + parent.length)
                + stale.length;
    }

    @Override
    void write(int[] ids, int count, StateOut out) {}

    @Override
    void read(int count, StateIn in) throws IOException {
        ensure(count);
        for (int slot = kept.head(); slot != NONE; slot = kept.next(slot)) {
            enter(kept.ids[slot], slot);
        }
    }
}

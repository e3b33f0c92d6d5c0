package io.streamz.core;

import java.util.List;

/**
 * Several branches, served in the order they were built, each with its whole subtree before the next one. When a branch is
 * so deep that the rest of it was put off, the branches after it are put off too, behind it.
 */
final class Fan<T> extends Inlet<T> {
    private final Segment segment;
    private final Inlet<T>[] branches;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of inlets of T
    Fan(Segment segment, List<Inlet<T>> branches) {
        this.segment = segment;
        this.branches = branches.toArray(new Inlet[0]);
    }

    @Override
    void deliver(T item) {
        for (int i = 0; i < branches.length; i++) {
            if (segment.hasPutOff()) {
                segment.putOff(branches[i], item);
            } else {
                branches[i].deliver(item);
            }
        }
    }

    @Override
    void watermark(long time) {
        for (Inlet<T> branch : branches) {
            if (segment.hasPutOff()) {
                segment.putOff(() -> branch.watermark(time));
            } else {
                branch.watermark(time);
            }
        }
    }

    @Override
    void end() {
        for (Inlet<T> branch : branches) {
            if (segment.hasPutOff()) {
                segment.putOff(branch::end);
            } else {
                branch.end();
            }
        }
    }
}

package io.streamz.frames;

import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;
import java.util.BitSet;

/** Which ids have a row that was told of, so that an insert can be told from an update. */
final class KnownIds {
    private final BitSet known = new BitSet();
    private boolean started;

    /** Whether {@link #start} was called: it comes before the first batch whose changes are told. */
    boolean started() {
        return started;
    }

    /** Begins with the rows that are there. */
    void start(int[] ids, int count) {
        started = true;
        known.clear();
        for (int i = 0; i < count; i++) {
            known.set(ids[i]);
        }
    }

    /** The id has a row now: what that is. */
    Change stands(int id) {
        if (known.get(id)) {
            return Change.UPDATE;
        }
        known.set(id);
        return Change.INSERT;
    }

    /** The id has no row any more; whether it had one. */
    boolean gone(int id) {
        boolean was = known.get(id);
        known.clear(id);
        return was;
    }

    /** Writes which rows are known, in the order of all ids there are: that is what they are called after a restart. */
    void write(StateWriter out, int[] order) throws IOException {
        out.writeBoolean(started);
        out.writeInt(order.length);
        for (int id : order) {
            out.writeBoolean(known.get(id));
        }
    }

    void read(StateReader in) throws IOException {
        started = in.readBoolean();
        int count = in.readInt();
        for (int id = 0; id < count; id++) {
            if (in.readBoolean()) {
                known.set(id);
            }
        }
    }

    long bytes() {
        return known.size() / Byte.SIZE;
    }
}

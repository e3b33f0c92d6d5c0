package io.streamz.frames;

import io.streamz.core.DataException;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What becomes of answers of a live table that do not fit their type: an error, or a null that is told of once. */
final class Overflown {
    private final PlanNode node;
    private final Rejects rejects;
    /** The cells that were rejected once, and the rejects that nobody was told of yet. */
    private final Set<Long> cells = new HashSet<>();

    private final Queue<Reject> untold = new ConcurrentLinkedQueue<>();

    Overflown(PlanNode node, Rejects rejects) {
        this.node = node;
        this.rejects = rejects;
    }

    /** Takes one answer, under the lock of the table. */
    void at(int column, int id, String what) {
        if (rejects.fail()) {
            throw new DataException(
                    "overflow",
                    node.path(),
                    what,
                    "cast what goes in to float64 or a decimal, or let such answers be null with badRows(BadRows.SKIP)");
        }
        if (cells.add((long) id << Short.SIZE | column)) {
            untold.add(new Reject(what, node.schema().field(column).name(), "", node.path(), -1, -1));
        }
    }

    /** An id that is gone may come back as another key's. */
    void forget(int id) {
        for (int column = 0; column < node.schema().size() && !cells.isEmpty(); column++) {
            cells.remove((long) id << Short.SIZE | column);
        }
    }

    /** Tells of what is new; to be called without the lock. */
    void tell() {
        for (Reject reject = untold.poll(); reject != null; reject = untold.poll()) {
            rejects.tell(reject);
        }
    }
}

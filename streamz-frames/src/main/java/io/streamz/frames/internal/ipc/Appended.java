package io.streamz.frames.internal.ipc;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;

/** A dictionary and what was added to it. */
final class Appended {
    private Appended() {}

    /** A new lane of the rows of both. */
    static Lane lane(Lane first, Lane second) {
        Lane both = first.fresh();
        both.reset(Math.addExact(first.size(), second.size()));
        add(first, both, 0);
        add(second, both, first.size());
        return both;
    }

    private static void add(Lane from, Lane into, int at) {
        for (int row = 0; row < from.size(); row++) {
            if (from.isNull(row)) {
                into.setNull(at + row);
                continue;
            }
            if (from instanceof LongLane longs) {
                ((LongLane) into).values()[at + row] = longs.values()[row];
            } else if (from instanceof DoubleLane doubles) {
                ((DoubleLane) into).values()[at + row] = doubles.values()[row];
            } else if (from instanceof WideLane wide) {
                ((WideLane) into).high()[at + row] = wide.high()[row];
                ((WideLane) into).low()[at + row] = wide.low()[row];
            } else {
                TextLane text = (TextLane) from;
                ((TextLane) into).set(at + row, text.bytes(), text.starts()[row], text.lengths()[row]);
            }
        }
    }
}

package io.streamz.frames;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import java.util.Arrays;

/** Whole lanes. */
final class Lanes {
    private Lanes() {}

    /** A lane of its own with the same rows; text is packed into bytes of its own too. */
    static Lane copy(Lane lane) {
        Lane copy = lane.fresh();
        copy(lane, copy);
        return copy;
    }

    /** A lane without rows for each column. */
    static Lane[] empty(Schema schema) {
        Lane[] lanes = new Lane[schema.size()];
        for (int column = 0; column < lanes.length; column++) {
            lanes[column] = schema.type(column).kind().lane();
        }
        return lanes;
    }

    /** Writes one cell over a valid one; text goes behind the text that is there. */
    static void copyCell(Lane from, int row, Lane into, int at) {
        if (from.isNull(row)) {
            into.setNull(at);
        } else if (from instanceof LongLane longs) {
            ((LongLane) into).values()[at] = longs.values()[row];
        } else if (from instanceof DoubleLane doubles) {
            ((DoubleLane) into).values()[at] = doubles.values()[row];
        } else if (from instanceof WideLane wide) {
            ((WideLane) into).high()[at] = wide.high()[row];
            ((WideLane) into).low()[at] = wide.low()[row];
        } else {
            TextLane text = (TextLane) from;
            ((TextLane) into).set(at, text.bytes(), text.starts()[row], text.lengths()[row]);
        }
    }

    /** Writes some neighbouring cells over valid ones; text goes behind the text that is there. */
    static void copyCells(Lane from, int row, int count, Lane into, int at) {
        if (from instanceof LongLane longs) {
            System.arraycopy(longs.values(), row, ((LongLane) into).values(), at, count);
        } else if (from instanceof DoubleLane doubles) {
            System.arraycopy(doubles.values(), row, ((DoubleLane) into).values(), at, count);
        } else if (from instanceof WideLane wide) {
            System.arraycopy(wide.high(), row, ((WideLane) into).high(), at, count);
            System.arraycopy(wide.low(), row, ((WideLane) into).low(), at, count);
        } else {
            TextLane text = (TextLane) from;
            for (int i = 0; i < count; i++) {
                if (!text.isNull(row + i)) {
                    ((TextLane) into).set(at + i, text.bytes(), text.starts()[row + i], text.lengths()[row + i]);
                }
            }
        }
        for (int i = 0; from.nullCount() > 0 && i < count; i++) {
            if (from.isNull(row + i)) {
                into.setNull(at + i);
            }
        }
    }

    /** Whether two cells hold the same: floats by their bits, null as null. */
    static boolean sameCell(Lane a, int rowA, Lane b, int rowB) {
        if (a.isNull(rowA) || b.isNull(rowB)) {
            return a.isNull(rowA) == b.isNull(rowB);
        }
        if (a instanceof LongLane longs) {
            return longs.values()[rowA] == ((LongLane) b).values()[rowB];
        }
        if (a instanceof DoubleLane doubles) {
            return Double.doubleToLongBits(doubles.values()[rowA])
                    == Double.doubleToLongBits(((DoubleLane) b).values()[rowB]);
        }
        if (a instanceof WideLane wide) {
            WideLane other = (WideLane) b;
            return wide.high()[rowA] == other.high()[rowB] && wide.low()[rowA] == other.low()[rowB];
        }
        TextLane text = (TextLane) a;
        TextLane other = (TextLane) b;
        return Arrays.equals(
                text.bytes(),
                text.starts()[rowA],
                text.starts()[rowA] + text.lengths()[rowA],
                other.bytes(),
                other.starts()[rowB],
                other.starts()[rowB] + other.lengths()[rowB]);
    }

    /** Makes {@code into} a lane with the same rows that shares nothing with the first one. */
    static void copy(Lane lane, Lane into) {
        if (lane instanceof TextLane from) {
            TextLane to = (TextLane) into;
            to.clearBytes();
            to.reset(from.size());
            for (int row = 0; row < from.size(); row++) {
                to.set(row, from.bytes(), from.starts()[row], from.isNull(row) ? 0 : from.lengths()[row]);
            }
            to.setValidity(from.validity(), from.nullCount());
        } else {
            lane.copy(0, lane.size(), into);
        }
    }
}

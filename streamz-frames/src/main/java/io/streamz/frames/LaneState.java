package io.streamz.frames;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;
import java.util.Arrays;

/** Lanes as state: for each row one byte, 0 for null, and the value behind a 1. */
final class LaneState {
    private LaneState() {}

    static void write(Lane lane, StateWriter out) throws IOException {
        write(lane, lane.size(), out);
    }

    /** Writes the first rows of a lane. */
    static void write(Lane lane, int rows, StateWriter out) throws IOException {
        for (int row = 0; row < rows; row++) {
            out.writeBoolean(!lane.isNull(row));
            if (!lane.isNull(row)) {
                writeValue(lane, row, out);
            }
        }
    }

    private static void writeValue(Lane lane, int row, StateWriter out) throws IOException {
        if (lane instanceof LongLane longs) {
            out.writeLong(longs.values()[row]);
        } else if (lane instanceof DoubleLane doubles) {
            out.writeDouble(doubles.values()[row]);
        } else if (lane instanceof WideLane wide) {
            out.writeLong(wide.high()[row]);
            out.writeLong(wide.low()[row]);
        } else if (lane instanceof TextLane text) {
            int start = text.starts()[row];
            out.writeBytes(Arrays.copyOfRange(text.bytes(), start, start + text.lengths()[row]));
        }
    }

    /** Reads rows as the whole of a lane; it grows with what is there, not with what is promised. */
    static void read(Lane lane, int rows, StateReader in) throws IOException {
        lane.reset(0);
        if (lane instanceof TextLane text) {
            text.clearBytes();
        }
        for (int row = 0; row < rows; row++) {
            lane.resize(row + 1);
            if (in.readBoolean()) {
                readValue(lane, row, in);
            } else {
                lane.setNull(row);
            }
        }
    }

    private static void readValue(Lane lane, int row, StateReader in) throws IOException {
        if (lane instanceof LongLane longs) {
            longs.values()[row] = in.readLong();
        } else if (lane instanceof DoubleLane doubles) {
            doubles.values()[row] = in.readDouble();
        } else if (lane instanceof WideLane wide) {
            wide.high()[row] = in.readLong();
            wide.low()[row] = in.readLong();
        } else if (lane instanceof TextLane text) {
            byte[] bytes = in.readBytes();
            text.set(row, bytes, 0, bytes.length);
        }
    }
}

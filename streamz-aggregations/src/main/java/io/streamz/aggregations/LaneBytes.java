package io.streamz.aggregations;

import java.io.IOException;

/** Lanes as state bytes: for each row one byte, 0 for null, and the value behind a 1. */
final class LaneBytes {
    private LaneBytes() {}

    static void write(Lane lane, StateOut out) throws IOException {
        for (int row = 0; row < lane.size(); row++) {
            if (lane.isNull(row)) {
                out.u8(0);
            } else {
                out.u8(1);
                writeValue(lane, row, out);
            }
        }
    }

    private static void writeValue(Lane lane, int row, StateOut out) throws IOException {
        if (lane instanceof LongLane longs) {
            out.i64(longs.values()[row]);
        } else if (lane instanceof DoubleLane doubles) {
            out.f64(doubles.values()[row]);
        } else if (lane instanceof WideLane wide) {
            out.i64(wide.low()[row]);
            out.i64(wide.high()[row]);
        } else if (lane instanceof TextLane text) {
            out.bytes(text.bytes(), text.starts()[row], text.lengths()[row]);
        }
    }

    /** Reads rows as the whole of a lane; the lane grows with what is there, not with what is promised. */
    static void read(Lane lane, int rows, StateIn in) throws IOException {
        lane.reset(0);
        if (lane instanceof TextLane text) {
            text.clearBytes();
        }
        for (int row = 0; row < rows; row++) {
            lane.resize(row + 1);
            if (in.u8() == 0) {
                lane.setNull(row);
            } else {
                readValue(lane, row, in);
            }
        }
    }

    private static void readValue(Lane lane, int row, StateIn in) throws IOException {
        if (lane instanceof LongLane longs) {
            longs.values()[row] = in.i64();
        } else if (lane instanceof DoubleLane doubles) {
            doubles.values()[row] = in.f64();
        } else if (lane instanceof WideLane wide) {
            wide.low()[row] = in.i64();
            wide.high()[row] = in.i64();
        } else if (lane instanceof TextLane text) {
            byte[] bytes = in.bytes();
            text.set(row, bytes, 0, bytes.length);
        }
    }
}

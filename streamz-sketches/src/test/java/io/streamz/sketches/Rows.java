package io.streamz.sketches;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.GroupStates;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Lanes of given values, and state through its bytes. */
final class Rows {
    private Rows() {}

    static LongLane longs(long... values) {
        var lane = new LongLane();
        lane.reset(values.length);
        System.arraycopy(values, 0, lane.values(), 0, values.length);
        return lane;
    }

    static DoubleLane doubles(double... values) {
        var lane = new DoubleLane();
        lane.reset(values.length);
        System.arraycopy(values, 0, lane.values(), 0, values.length);
        return lane;
    }

    static WideLane wides(long... values) {
        var lane = new WideLane();
        lane.reset(values.length);
        for (int row = 0; row < values.length; row++) {
            lane.low()[row] = values[row];
            lane.high()[row] = values[row] >> 63;
        }
        return lane;
    }

    static TextLane texts(String... values) {
        var lane = new TextLane();
        lane.reset(values.length);
        for (int row = 0; row < values.length; row++) {
            byte[] bytes = values[row].getBytes(StandardCharsets.UTF_8);
            lane.set(row, bytes, 0, bytes.length);
        }
        return lane;
    }

    static GroupStates writtenAndRead(GroupStates states, GroupStates into) throws IOException {
        var out = new ByteArrayOutputStream();
        states.write(out, new int[] {0}, 1);
        into.read(new ByteArrayInputStream(out.toByteArray()));
        return into;
    }
}

package io.streamz.aggregations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Puts rows into the order of their event times, equal times by arrival: a row waits until the watermark reaches it. What comes out, one
 * batch after the other, does not depend on how rows were cut. Not thread-safe.
 */
public final class TimeOrder {
    private final KeptInAnyOrder kept;
    private final Departures departures;
    private int[] ready = {};
    private int readyCount;
    private long number;

    /**
     * No row waits.
     *
     * @param columns the types of the columns of each batch
     */
    public TimeOrder(DataType... columns) {
        kept = new KeptInAnyOrder(columns);
        kept.ensureKeys(1);
        departures = new Departures(kept);
    }

    /**
     * Takes the rows of a batch.
     *
     * @param times the event times, none null
     * @param watermarks the watermark before each row and after the last, {@code rows + 1} values, as of {@link Watermark#follow}
     * @param columns the columns, of the types given when this was made
     * @param late told each row whose time the watermark had passed when it came; it is left out
     * @param out lanes of the columns' types; their whole contents become the rows that are reached now, in order
     * @return how many they are
     */
    public int add(int rows, LongLane times, long[] watermarks, Lane[] columns, IntConsumer late, Lane[] out) {
        for (int row = 0; row < rows; row++) {
            if (times.isNull(row)) {
                throw new IllegalArgumentException("row " + row + " has no event time");
            }
            long time = times.values()[row];
            if (time < watermarks[row]) {
                late.accept(row);
            } else {
                departures.add(kept.take(row, 0, time, number++));
            }
        }
        kept.copy(columns);
        return advance(watermarks[rows], out);
    }

    /** Moves the watermark on without rows; {@link Watermark#END} lets all go. */
    public int advance(long watermark, Lane[] out) {
        readyCount = 0;
        for (int slot = departures.peek(); slot >= 0 && kept.places[slot] <= watermark; slot = departures.peek()) {
            departures.remove();
            if (readyCount == ready.length) {
                ready = Arrays.copyOf(ready, Lane.grown(readyCount, readyCount + 1));
            }
            ready[readyCount++] = slot;
        }
        for (int column = 0; column < out.length; column++) {
            gather(kept.lanes[column], out[column]);
        }
        for (int i = 0; i < readyCount; i++) {
            kept.drop(ready[i]);
        }
        kept.release();
        return readyCount;
    }

    /** Copies values, for what they stand in is used again. */
    private void gather(Lane from, Lane to) {
        to.reset(readyCount);
        if (to instanceof TextLane text) {
            text.clearBytes();
        }
        for (int row = 0; row < readyCount; row++) {
            if (from.isNull(ready[row])) {
                to.setNull(row);
            } else if (to instanceof TextLane text) {
                var source = (TextLane) from;
                text.set(row, source.bytes(), source.starts()[ready[row]], source.lengths()[ready[row]]);
            }
        }
        if (!(to instanceof TextLane)) {
            from.gatherValues(ready, readyCount, to);
        }
    }

    /** The number of rows that wait. */
    public int waiting() {
        return kept.live();
    }

    /** The bytes of memory that waiting rows take. */
    public long bytes() {
        return kept.bytes() + departures.bytes() + 4L * ready.length;
    }

    /** Writes the rows that wait: the same bytes however rows were cut. */
    public void write(OutputStream target) throws IOException {
        var out = new StateOut(target);
        out.u8(StateOut.VERSION);
        out.i64(number);
        kept.write(new int[1], 0, kept.live(), out);
        out.flush();
    }

    /** Reads rows that were written, into an object in which none waits. */
    public void read(InputStream source) throws IOException {
        var in = new StateIn(source);
        in.version();
        number = in.i64();
        kept.read(1, in);
        for (int slot = kept.head(); slot >= 0; slot = kept.next(slot)) {
            departures.add(slot);
        }
    }
}

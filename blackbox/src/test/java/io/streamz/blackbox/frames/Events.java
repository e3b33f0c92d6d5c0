package io.streamz.blackbox.frames;

import static io.streamz.test.Tables.frame;

import io.streamz.test.TableBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rows with an event time, made from a seed: out of order, with ties, nulls, NaN and infinities; and what is in them. */
final class Events {
    /** One row; seconds since 1970, also before it. */
    record Event(int row, String k, long time, Double v, Long i) {}

    private static final double[] ODD = {Double.NaN, Double.POSITIVE_INFINITY, 0.0, -0.0, 1e16, -1e16};

    private final List<Event> events = new ArrayList<>();

    private Events() {}

    /**
     * Makes rows.
     *
     * @param disorder by how many seconds a row may lie behind its place
     */
    static Events random(Random random, int rows, int disorder) {
        Events made = new Events();
        long time = -rows / 2;
        for (int row = 0; row < rows; row++) {
            time += random.nextInt(3);
            if (random.nextInt(40) == 0) {
                time += 30;
            }
            long late = disorder == 0 || random.nextBoolean() ? 0 : random.nextInt(disorder + 1);
            Double v = random.nextInt(8) == 0 ? null : Double.valueOf(random.nextInt(2000) / 16.0 - 60);
            if (random.nextInt(25) == 0) {
                v = ODD[random.nextInt(ODD.length)];
            }
            made.events.add(new Event(
                    row,
                    random.nextInt(9) == 0 ? null : "k" + random.nextInt(5),
                    time - late,
                    v,
                    random.nextInt(9) == 0 ? null : Long.valueOf(random.nextInt(50))));
        }
        return made;
    }

    List<Event> list() {
        return events;
    }

    /** The rows as {@code n, k, time, v, i}. */
    TableBuilder table() {
        TableBuilder rows = frame("n", "k", "time", "v", "i");
        events.forEach(event -> rows.row(event.row, event.k, Instant.ofEpochSecond(event.time), event.v, event.i));
        return rows;
    }

    /** The watermark before each row, for rows out of order by this much, and behind the last. */
    long[] watermarks(long bound) {
        long[] watermarks = new long[events.size() + 1];
        long watermark = Long.MIN_VALUE;
        for (int row = 0; row < events.size(); row++) {
            watermarks[row] = watermark;
            watermark = Math.max(watermark, events.get(row).time - bound);
        }
        watermarks[events.size()] = watermark;
        return watermarks;
    }

    /** The rows that are not late, in the order of their times. */
    List<Event> inOrder(long bound) {
        long[] watermarks = watermarks(bound);
        return events.stream()
                .filter(event -> event.time >= watermarks[event.row])
                .sorted(java.util.Comparator.comparingLong(Event::time))
                .toList();
    }
}

package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeOrderTest {
    private static final int TRIES = Integer.getInteger("streamz.tries", 300);

    @Test
    void sortsWhatIsInTimeHoweverRowsAreCut() throws IOException {
        long seed = System.nanoTime();
        System.out.println("TimeOrderTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            long bound = random.nextInt(12);
            Rows rows = Rows.random(random, random.nextInt(100), 1, random.nextInt(16));
            List<Rows.Row> inTime = new ArrayList<>();
            List<Rows.Row> late = new ArrayList<>();
            long newest = Long.MIN_VALUE / 2;
            for (Rows.Row row : rows.rows()) {
                (row.time() < newest - bound ? late : inTime).add(row);
                newest = Math.max(newest, row.time());
            }
            inTime.sort(Comparator.comparing(Rows.Row::time)); // stable
            List<Object> texts = new ArrayList<>();
            List<Object> numbers = new ArrayList<>();
            List<Rows.Row> gotLate = new ArrayList<>();
            var order = new TimeOrder(Rows.TYPES);
            var watermark = new Watermark(bound);
            Lane[] out = {new DoubleLane(), new LongLane(), new TextLane(), new LongLane()};
            for (Rows batch : rows.cut(random)) {
                long[] watermarks = new long[batch.size() + 1];
                watermark.follow(batch.times(), batch.size(), watermarks);
                order.add(
                        batch.size(),
                        batch.times(),
                        watermarks,
                        batch.lanes(),
                        row -> gotLate.add(batch.rows().get(row)),
                        out);
                numbers.addAll(Lanes.values(out[1]));
                texts.addAll(Lanes.values(out[2]));
                if (random.nextInt(3) == 0) {
                    order = restart(order);
                }
            }
            assertThat(order.advance(Watermark.END, out)).isEqualTo(out[0].size());
            numbers.addAll(Lanes.values(out[1]));
            texts.addAll(Lanes.values(out[2]));
            String what = "bound " + bound + " seed " + seed + " try " + i;
            assertThat(gotLate).as(what).isEqualTo(late);
            assertThat(numbers).as(what).isEqualTo(new Rows(inTime).column(Rows.Row::n));
            assertThat(texts).as(what).isEqualTo(new Rows(inTime).column(Rows.Row::text));
            assertThat(order.waiting()).isZero();
        }
    }

    private static TimeOrder restart(TimeOrder order) throws IOException {
        var bytes = new ByteArrayOutputStream();
        order.write(bytes);
        var read = new TimeOrder(Rows.TYPES);
        read.read(new ByteArrayInputStream(bytes.toByteArray()));
        var again = new ByteArrayOutputStream();
        read.write(again);
        assertThat(again.toByteArray()).isEqualTo(bytes.toByteArray());
        return read;
    }
}

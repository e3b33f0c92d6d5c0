package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One measure alone over the last n rows of all, for which a full ring is slid over without slots: as recomputed, whatever the cuts. */
class RollingRunsTest {
    private static final int TRIES = Integer.getInteger("streamz.tries", 250);

    private static Measure measure(Random random) {
        Interpolation interpolation = List.of(Interpolation.values()).get(random.nextInt(5));
        Measure measure = Measure.of(
                switch (random.nextInt(7)) {
                    case 0 -> Aggregations.sum();
                    case 1 -> Aggregations.mean();
                    case 2 -> Aggregations.max();
                    case 3 -> Aggregations.min();
                    case 4 -> Aggregations.count();
                    case 5 -> Aggregations.median();
                    default -> Aggregations.quantile(random.nextInt(11) / 10.0, interpolation);
                },
                0);
        return random.nextInt(3) == 0 ? measure.where(3) : measure;
    }

    @Test
    void agreeWithTheRowsInside() throws IOException {
        long seed = System.nanoTime();
        System.out.println("RollingRunsTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            Measure measure = measure(random);
            int n = 1 + random.nextInt(random.nextBoolean() ? 6 : 60);
            Span span = Span.rows(n).minPeriods(1 + random.nextInt(n));
            Rows rows = Rows.random(random, random.nextInt(300), 1, 0);
            if (random.nextBoolean()) {
                rows = plain(rows);
            }
            String what = measure + " " + span + " seed " + seed + " try " + i;
            List<Object> expected = recomputed(measure, span, n, rows);
            assertThat(answers(measure, span, List.of(rows), false)).as(what).isEqualTo(expected);
            assertThat(answers(measure, span, rows.cut(random), random.nextBoolean()))
                    .as(what)
                    .isEqualTo(expected);
        }
    }

    /** Without nulls and with ordinary values. */
    private static Rows plain(Rows rows) {
        return new Rows(rows.rows().stream()
                .map(row -> new Rows.Row(0, row.time(), row.time() % 7 / 10.0, 1L, "", true))
                .toList());
    }

    private static List<Object> recomputed(Measure measure, Span span, int n, Rows rows) {
        List<Object> answers = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            Tallies tallies = new Tallies(Rows.TYPES, measure.rolling(span.minPeriods()));
            Rows inside = rows.part(Math.max(0, row + 1 - n), row + 1);
            tallies.add(null, inside.size(), inside.lanes(), 1);
            Lane out = measure.resultType(Rows.TYPES).kind().lane();
            tallies.result(0, null, 1, out, index -> {});
            answers.addAll(Lanes.values(out));
        }
        return answers;
    }

    private static List<Object> answers(Measure measure, Span span, List<Rows> batches, boolean restart)
            throws IOException {
        List<Object> answers = new ArrayList<>();
        var rolling = new Rolling(span, false, Rows.TYPES, measure);
        for (Rows batch : batches) {
            Lane[] out = {measure.resultType(Rows.TYPES).kind().lane()};
            rolling.add(null, batch.size(), null, batch.lanes(), out, (at, row) -> {});
            answers.addAll(Lanes.values(out[0]));
            if (restart) {
                var bytes = new ByteArrayOutputStream();
                rolling.write(bytes);
                rolling = new Rolling(span, false, Rows.TYPES, measure);
                rolling.read(new ByteArrayInputStream(bytes.toByteArray()));
            }
        }
        return answers;
    }
}

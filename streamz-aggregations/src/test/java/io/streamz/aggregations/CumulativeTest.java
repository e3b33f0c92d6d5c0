package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CumulativeTest {
    private static final int TRIES = Integer.getInteger("streamz.tries", 200);

    @Test
    void agreesWithTheRowsSoFarHoweverTheyAreCut() throws IOException {
        long seed = System.nanoTime();
        System.out.println("CumulativeTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            boolean keyed = random.nextBoolean();
            boolean cumulative = random.nextBoolean();
            Rows rows = Rows.random(random, random.nextInt(60), 1 + random.nextInt(4), 0);
            List<List<Object>> answers = new ArrayList<>();
            Oracle.MEASURES.forEach(measure -> answers.add(new ArrayList<>()));
            Cumulative state = fresh(cumulative);
            var numbering = new Numbering();
            for (Rows batch : rows.cut(random)) {
                add(state, keyed ? numbering.ids(batch.ids()) : null, batch, answers);
                if (random.nextInt(4) == 0) {
                    numbering.renumber(state.liveIds(new int[0]), keyed ? state.size() : 0);
                    state = restart(state, cumulative);
                }
            }
            assertThat(answers)
                    .as("keyed %s cumulative %s seed %d try %d", keyed, cumulative, seed, i)
                    .isEqualTo(expected(rows.rows(), keyed, cumulative));
            Cumulative whole = fresh(cumulative);
            add(whole, keyed ? new Numbering().ids(rows.ids()) : null, rows, null);
            assertThat(bytes(state)).isEqualTo(bytes(whole));
        }
    }

    private static Cumulative fresh(boolean cumulative) {
        return cumulative
                ? Cumulative.cumulative(Rows.TYPES, Oracle.measures())
                : Cumulative.running(Rows.TYPES, Oracle.measures());
    }

    private static void add(Cumulative state, int[] ids, Rows batch, List<List<Object>> answers) {
        Lane[] out = new Lane[Oracle.MEASURES.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = Oracle.lane(i);
        }
        state.add(ids, batch.size(), batch.lanes(), out, (measure, row) -> {});
        for (int i = 0; answers != null && i < out.length; i++) {
            answers.get(i).addAll(Lanes.values(out[i]));
        }
    }

    private static List<List<Object>> expected(List<Rows.Row> rows, boolean keyed, boolean cumulative) {
        List<List<Object>> answers = new ArrayList<>();
        for (int measure = 0; measure < Oracle.MEASURES.size(); measure++) {
            List<Object> column = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
                Rows.Row self = rows.get(row);
                List<Rows.Row> soFar = rows.subList(0, row + 1).stream()
                        .filter(other -> !keyed || other.id() == self.id())
                        .toList();
                boolean silent = cumulative && isNull(measure, self);
                column.add(silent ? null : Oracle.answer(measure, soFar));
            }
            answers.add(column);
        }
        return answers;
    }

    private static boolean isNull(int measure, Rows.Row row) {
        return switch (measure) {
            case 0, 1, 2 -> row.x() == null;
            case 3, 4 -> row.n() == null || !Boolean.TRUE.equals(row.flag());
            case 5, 11 -> row.text() == null;
            case 6, 7, 10, 12 -> false;
            default -> row.n() == null;
        };
    }

    private static Cumulative restart(Cumulative state, boolean cumulative) throws IOException {
        Cumulative read = fresh(cumulative);
        read.read(new ByteArrayInputStream(bytes(state)));
        return read;
    }

    private static byte[] bytes(Cumulative state) throws IOException {
        var out = new ByteArrayOutputStream();
        state.write(out);
        return out.toByteArray();
    }

    @Test
    void anAnswerThatDoesNotFitIsToldAndLaterOnesAreRight() {
        Lane out = new LongLane();
        List<Integer> overflow = new ArrayList<>();
        Lane column = Lanes.of(DataType.INT64, Long.MAX_VALUE, 1L, -1L, null);
        Cumulative.cumulative(new DataType[] {DataType.INT64}, Measure.of(Aggregations.sum(), 0))
                .add(null, 4, new Lane[] {column}, new Lane[] {out}, (measure, row) -> overflow.add(row));
        assertThat(Lanes.values(out)).containsExactly(Long.MAX_VALUE, null, Long.MAX_VALUE, null);
        assertThat(overflow).containsExactly(1);
    }

    @Test
    void aFreedKeyStartsAnew() {
        Lane out = new LongLane();
        var state = Cumulative.running(new DataType[] {DataType.INT64}, Measure.of(Aggregations.sum(), 0));
        Lane[] columns = {Lanes.of(DataType.INT64, 1L, 2L)};
        state.add(new int[] {0, 1}, 2, columns, new Lane[] {out}, (measure, row) -> {});
        state.free(1);
        state.add(new int[] {0, 1}, 2, columns, new Lane[] {out}, (measure, row) -> {});
        assertThat(Lanes.values(out)).containsExactly(2L, 2L);
        assertThat(state.size()).isEqualTo(2);
    }
}

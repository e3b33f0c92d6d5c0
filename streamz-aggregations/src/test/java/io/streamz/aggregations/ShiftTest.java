package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@link Shift}, {@link Fill} and {@link Change}. */
class ShiftTest {
    private static final int TRIES = Integer.getInteger("streamz.tries", 300);

    @Test
    void agreesWithEarlierRowsHoweverTheyAreCut() throws IOException {
        long seed = System.nanoTime();
        System.out.println("ShiftTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            int n = 1 + random.nextInt(5);
            boolean keyed = random.nextBoolean();
            Rows rows = Rows.random(random, random.nextInt(100), 1 + random.nextInt(4), 0);
            List<Object> texts = new ArrayList<>();
            List<Object> filled = new ArrayList<>();
            var numbering = new Numbering();
            var shift = new Shift(n, Rows.TYPES);
            var fill = new Fill(DataType.UTF8, n);
            Lane[] out = {new DoubleLane(), new LongLane(), new TextLane(), new LongLane()};
            Lane outFilled = new TextLane();
            for (Rows batch : rows.cut(random)) {
                int[] ids = keyed ? numbering.ids(batch.ids()) : null;
                shift.add(ids, batch.size(), batch.lanes(), out);
                fill.add(ids, batch.size(), batch.lanes()[2], outFilled);
                texts.addAll(Lanes.values(out[2]));
                filled.addAll(Lanes.values(outFilled));
                if (random.nextInt(3) == 0) {
                    numbering.renumber(shift.liveIds(new int[0]), keyed ? shift.size() : 0);
                    shift = restart(shift, n);
                    fill = restart(fill, n);
                }
            }
            String what = "n " + n + " keyed " + keyed + " seed " + seed + " try " + i;
            assertThat(texts).as(what).isEqualTo(shifted(rows.rows(), keyed, n));
            assertThat(filled).as(what).isEqualTo(filled(rows.rows(), keyed, n));
        }
    }

    private static List<Object> shifted(List<Rows.Row> rows, boolean keyed, int n) {
        List<Object> expected = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            List<Rows.Row> before = before(rows, keyed, row);
            expected.add(
                    before.size() < n ? null : before.get(before.size() - n).text());
        }
        return expected;
    }

    private static List<Object> filled(List<Rows.Row> rows, boolean keyed, int limit) {
        List<Object> expected = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            List<Rows.Row> before = before(rows, keyed, row);
            String text = rows.get(row).text();
            for (int back = 1; text == null && back <= Math.min(limit, before.size()); back++) {
                text = before.get(before.size() - back).text();
            }
            expected.add(text);
        }
        return expected;
    }

    private static List<Rows.Row> before(List<Rows.Row> rows, boolean keyed, int row) {
        return rows.subList(0, row).stream()
                .filter(other -> !keyed || other.id() == rows.get(row).id())
                .toList();
    }

    private static Shift restart(Shift shift, int n) throws IOException {
        var bytes = new ByteArrayOutputStream();
        shift.write(bytes);
        var read = new Shift(n, Rows.TYPES);
        read.read(new ByteArrayInputStream(bytes.toByteArray()));
        var again = new ByteArrayOutputStream();
        read.write(again);
        assertThat(again.toByteArray()).isEqualTo(bytes.toByteArray());
        return read;
    }

    private static Fill restart(Fill fill, int n) throws IOException {
        var bytes = new ByteArrayOutputStream();
        fill.write(bytes);
        var read = new Fill(DataType.UTF8, n);
        read.read(new ByteArrayInputStream(bytes.toByteArray()));
        var again = new ByteArrayOutputStream();
        read.write(again);
        assertThat(again.toByteArray()).isEqualTo(bytes.toByteArray());
        return read;
    }

    @Test
    void longTextsThatLeaveAreLetGo() {
        var shift = new Shift(2, DataType.UTF8);
        Lane column = Lanes.of(DataType.UTF8, "x".repeat(1000), "y".repeat(1000));
        for (int i = 0; i < 1000; i++) {
            shift.add(null, 2, new Lane[] {column}, new Lane[] {new TextLane()});
        }
        assertThat(shift.bytes()).isLessThan(100_000);
    }

    @Test
    void changesAreExactOrTold() {
        assertThat(change(Change.DIFF, DataType.INT64, List.of(5L, Long.MIN_VALUE, Long.MIN_VALUE), 7L, 1L, -1L))
                .containsExactly(-2L, null, Long.MIN_VALUE + 1);
        assertThat(change(Change.DIFF, DataType.FLOAT64, List.of(1.5), 0.5)).containsExactly(1.0);
        assertThat(change(Change.PERCENT, DataType.INT64, List.of(3L, 1L), 2L, 0L))
                .containsExactly(0.5, Double.POSITIVE_INFINITY);
        assertThat(change(Change.DIFF, DataType.DATE, List.of(3L), 1L)).containsExactly(172_800L);
        BigInteger most = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
        assertThat(change(Change.DIFF, DataType.decimal(38, 2), List.of(most, most, most.negate()), 0L, -1L, most))
                .containsExactly(most, null, null);
        assertThat(Change.DIFF.resultType(DataType.timestamp(ChronoUnit.MICROS)))
                .isEqualTo(DataType.duration(ChronoUnit.MICROS));
        assertThatThrownBy(() -> Change.DIFF.resultType(DataType.UTF8)).hasMessageContaining("but got utf8");
        assertThatThrownBy(() -> Change.PERCENT.resultType(DataType.DATE)).hasMessageContaining("pctChange");
        assertThatThrownBy(() -> new Shift(0, DataType.INT64)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new Fill(DataType.INT64, 0)).hasMessageContaining("at least 1");
    }

    private static List<Object> change(Change change, DataType type, List<?> now, Object... before) {
        Lane out = change.resultType(type).kind().lane();
        List<Integer> overflow = new ArrayList<>();
        change.apply(type, Lanes.of(type, now), Lanes.of(type, before), now.size(), out, overflow::add);
        assertThat(overflow).hasSize(out.nullCount());
        return Lanes.values(out);
    }
}

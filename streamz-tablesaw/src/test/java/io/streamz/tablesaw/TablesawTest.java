package io.streamz.tablesaw;

import static io.streamz.tablesaw.Tablesaw.toTablesaw;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.frames.Pipeline;
import io.streamz.frames.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.ColumnType;

class TablesawTest {
    @SuppressWarnings("ArrayRecordComponent") // bytes are a column
    record All(
            String key,
            Boolean truth,
            Short small,
            Integer medium,
            Long large,
            Float single,
            Double twice,
            byte[] bytes,
            LocalDate date,
            LocalTime time,
            Instant instant,
            Duration duration) {}

    private static final Instant NOON = Instant.parse("2024-02-29T12:00:00Z");

    private static tech.tablesaw.api.Table table(All... rows) {
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(All.class).flushEvery(rows.length, Duration.ofSeconds(1));
            List<Table> tables = new ArrayList<>();
            input.frame().sinkBatches(batch -> tables.add(Table.of(batch)));
            pipeline.start();
            input.emitAll(List.of(rows));
            return toTablesaw(tables.get(0), "all");
        }
    }

    @Test
    void everyTypeHasItsColumn() {
        var table = table(
                new All(
                        "a",
                        true,
                        (short) 1,
                        2,
                        3L,
                        0.5f,
                        0.25,
                        new byte[] {10, -1},
                        LocalDate.EPOCH,
                        LocalTime.NOON,
                        NOON,
                        Duration.ofNanos(7)),
                new All("b", null, null, null, null, null, null, null, null, null, null, null));
        assertThat(table.name()).isEqualTo("all");
        assertThat(table.types())
                .containsExactly(
                        ColumnType.STRING,
                        ColumnType.BOOLEAN,
                        ColumnType.INTEGER,
                        ColumnType.INTEGER,
                        ColumnType.LONG,
                        ColumnType.FLOAT,
                        ColumnType.DOUBLE,
                        ColumnType.STRING,
                        ColumnType.LOCAL_DATE,
                        ColumnType.LOCAL_TIME,
                        ColumnType.INSTANT,
                        ColumnType.LONG);
        assertThat(table.row(0).getString(0)).isEqualTo("a");
        assertThat(table.get(0, 1)).isEqualTo(true);
        assertThat(table.get(0, 2)).isEqualTo(1);
        assertThat(table.get(0, 3)).isEqualTo(2);
        assertThat(table.get(0, 4)).isEqualTo(3L);
        assertThat(table.get(0, 5)).isEqualTo(0.5f);
        assertThat(table.get(0, 6)).isEqualTo(0.25);
        assertThat(table.get(0, 7)).isEqualTo("0aff");
        assertThat(table.get(0, 8)).isEqualTo(LocalDate.EPOCH);
        assertThat(table.get(0, 9)).isEqualTo(LocalTime.NOON);
        assertThat(table.get(0, 10)).isEqualTo(NOON);
        assertThat(table.get(0, 11)).isEqualTo(7L);
        assertThat(table.columns().stream().skip(1).allMatch(column -> column.isMissing(1)))
                .isTrue();
    }
}

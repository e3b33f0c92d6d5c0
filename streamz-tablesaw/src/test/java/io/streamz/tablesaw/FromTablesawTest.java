package io.streamz.tablesaw;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.frames.Pipeline;
import io.streamz.frames.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.TimeColumn;

class FromTablesawTest {
    private static tech.tablesaw.api.Table table() {
        tech.tablesaw.api.Table table = tech.tablesaw.api.Table.create("t")
                .addColumns(
                        BooleanColumn.create("b").append(true),
                        ShortColumn.create("s").append((short) 1),
                        IntColumn.create("i").append(2),
                        LongColumn.create("l").append(3L),
                        FloatColumn.create("f").append(0.5f),
                        DoubleColumn.create("d").append(0.25),
                        StringColumn.create("t").append("x"),
                        DateColumn.create("day").append(LocalDate.of(2001, 12, 31)),
                        TimeColumn.create("time").append(LocalTime.of(23, 59, 1)),
                        DateTimeColumn.create("local").append(LocalDateTime.of(2001, 12, 31, 1, 2)),
                        InstantColumn.create("at").append(Instant.parse("2001-12-31T01:02:00Z")));
        table.columns().forEach(column -> column.appendMissing());
        return table;
    }

    @Test
    void everyTypeComesOver() {
        Table ours = Tablesaw.fromTablesaw(table());
        assertThat(ours.schema())
                .hasToString("[b: bool, s: int16, i: int32, l: int64, f: float32, d: float64, t: utf8, day: date, "
                        + "time: time(ms), local: timestamp(ns), at: timestamp(ns)]");
        assertThat(ours.row(0))
                .hasToString("{b=true, s=1, i=2, l=3, f=0.5, d=0.25, t=x, day=2001-12-31, time=23:59:01, "
                        + "local=2001-12-31T01:02:00Z, at=2001-12-31T01:02:00Z}");
        ours.schema()
                .names()
                .forEach(name -> assertThat(ours.isNull(1, name)).as(name).isTrue());
    }

    @Test
    void aTableStartsAFrame() {
        try (var pipeline = Pipeline.create("test")) {
            var view = pipeline.read(Tablesaw.fromTablesaw(table()).source("t"))
                    .sum("l")
                    .view();
            pipeline.run();
            assertThat(view.now().int64(0, "l_sum")).isEqualTo(3);
        }
    }
}

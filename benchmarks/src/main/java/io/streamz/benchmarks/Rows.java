package io.streamz.benchmarks;

import static io.streamz.benchmarks.Target.bytes;
import static io.streamz.benchmarks.Target.millions;
import static io.streamz.benchmarks.Target.times;

import java.util.List;
import java.util.stream.Stream;

/** The table: every job that is measured, and what we want of it. */
final class Rows {
    private static final List<Row> SINGLE = List.of(
            Row.of(
                    "csv",
                    "CSV file, 41 bytes a row: sum of one column by one of text",
                    new Job.CsvSum("symbol", "price", 0),
                    List.of(),
                    times(DuckDb.NAME, 3)),
            Row.of(
                    "csv-256m",
                    "the same, we in a process with -Xmx256m",
                    new Job.CsvSum("symbol", "price", 256),
                    List.of(),
                    times(DuckDb.NAME, 3)),
            Row.of(
                    "sum",
                    "sum of a column",
                    Job.Aggregate.of("v", "sum"),
                    List.of(Column.number("v")),
                    times(DuckDb.NAME, 1),
                    times(Polars.NAME, 0.2)),
            Row.of(
                    "sum-nulls",
                    "sum of a column, 5 % nulls",
                    Job.Aggregate.of("v", "sum"),
                    List.of(Column.number("v", 0.05)),
                    times(DuckDb.NAME, 0.8)),
            Row.of(
                    "summary",
                    "sum, count, min, max of a column",
                    Job.Aggregate.of("v", "sum", "count", "min", "max"),
                    List.of(Column.number("v")),
                    times(DuckDb.NAME, 1.2)),
            Row.of(
                    "var",
                    "variance of a column",
                    Job.Aggregate.of("v", "var"),
                    List.of(Column.number("v")),
                    times(DuckDb.NAME, 2)),
            sumBy("group-100", "100 int64 keys, spread", Column.spread("k", 100), times(DuckDb.NAME, 1.2)),
            sumBy("group-100-dense", "100 int64 keys, dense", Column.dense("k", 100), times(DuckDb.NAME, 1.8)),
            sumBy("group-100k", "100,000 int64 keys, spread", Column.spread("k", 100_000), times(DuckDb.NAME, 2)),
            sumBy("group-100k-dense", "100,000 int64 keys, dense", Column.dense("k", 100_000), times(DuckDb.NAME, 2)),
            sumBy("group-5m", "5 million int64 keys, spread", Column.spread("k", 5_000_000), times(DuckDb.NAME, 1.5))
                    .share(5),
            sumBy("text-100", "100 utf8 keys", Column.text("k", 100), times(Polars.NAME, 0.8), times(DuckDb.NAME, 1.3)),
            sumBy("text-100k", "100,000 utf8 keys", Column.text("k", 100_000), times(DuckDb.NAME, 1.2)),
            Row.of(
                    "group-summary",
                    "sum, count, min, max by 100 int64 keys",
                    Job.Aggregate.by("k", "v", "sum", "count", "min", "max"),
                    List.of(Column.spread("k", 100), Column.number("v")),
                    times(DuckDb.NAME, 1.2)),
            Row.of(
                    "group-var",
                    "variance by 100 int64 keys",
                    Job.Aggregate.by("k", "v", "var"),
                    List.of(Column.spread("k", 100), Column.number("v")),
                    times(DuckDb.NAME, 0.8),
                    times(Polars.NAME, 3)),
            perRow("rolling-sum", "sum of the last 1,000 rows", last("sum"), times(Polars.NAME, 2)),
            perRow("rolling-std", "standard deviation of the last 1,000 rows", last("std"), times(Polars.NAME, 3)),
            perRow("rolling-max", "largest of the last 1,000 rows", last("max"), times(Polars.NAME, 5)),
            perRow("rolling-median", "median of the last 1,000 rows", last("median"), times(Polars.NAME, 1.3)),
            perRow(
                    "rolling-key",
                    "sum of the last 100 rows of each of 1,000 keys",
                    new Job.Rolling("k", "v", "sum", 100),
                    times(Polars.NAME, 6)),
            perRow(
                    "rolling-time",
                    "sum of the last 10 s of each of 1,000 keys, 1,000 rows a second",
                    new Job.RollingTime("k", "v", "t", 10_000_000),
                    times(Polars.NAME, 10)),
            perRow("cum-sum", "cumulative sum", new Job.CumSum(null, "v"), times(Tablesaw.NAME, 2))
                    .share(1),
            perRow(
                    "cum-sum-key",
                    "cumulative sum of each of 1,000 keys",
                    new Job.CumSum("k", "v"),
                    times(Polars.NAME, 12)),
            perRow("ewm", "exponentially weighted mean", new Job.EwmMean("v", 0.1), times(Polars.NAME, 10))
                    .share(1),
            Row.of(
                    "window-group",
                    "last 100,000 rows: sum by 1,000 keys after each batch (python streamz: 4.4 million rows/s)",
                    new Job.WindowSum("k", "v", 100_000),
                    List.of(Column.dense("k", 1_000), Column.number("v")),
                    millions(66)),
            Row.of(
                    "one-row",
                    "batches of one row: filter, assign, sum by 1,000 keys",
                    new Job.OneRowBatches(1_000),
                    List.of(),
                    millions(1),
                    bytes(1)),
            Row.of(
                    "one-row-100k",
                    "batches of one row: filter, assign, sum by 100,000 keys",
                    new Job.OneRowBatches(100_000),
                    List.of(),
                    millions(1)),
            Row.of(
                    "records",
                    "a record in, sum by 1,000 keys, a record out for each",
                    new Job.Records(1_000),
                    List.of()));

    static final List<Row> ALL =
            Stream.concat(SINGLE.stream(), H2o.ROWS.stream()).toList();

    private Rows() {}

    private static Row sumBy(String name, String keys, Column key, Target... targets) {
        return Row.of(
                name, "sum by " + keys, Job.Aggregate.by("k", "v", "sum"), List.of(key, Column.number("v")), targets);
    }

    private static Job last(String function) {
        return new Job.Rolling(null, "v", function, 1_000);
    }

    /** A row that answers each row of the data; peers take long for it, so it has fewer. */
    private static Row perRow(String name, String title, Job job, Target... targets) {
        List<Column> columns = List.of(Column.spread("k", 1_000), Column.number("v"), Column.time("t")).stream()
                .filter(column -> job.columns().contains(column.name()))
                .toList();
        return Row.of(name, title, job, columns, targets).share(0.25);
    }
}

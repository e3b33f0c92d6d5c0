package io.streamz.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/**
 * The ten group-by questions of the H2O database benchmark, over the rows of its recipe with K = 100: id1, id2 and id3 are
 * text, id4, id5 and id6 ints; id3 and id6 have a hundredth of the keys that there are rows of 10 million, the others 100; v1
 * is 1 to 5, v2 1 to 15, v3 0 to 100 with six decimals. Run them with {@code --rows 10m}.
 */
final class H2o {
    private static final int FEW = 100;
    private static final int MANY = 100_000;
    private static final List<Column> COLUMNS = List.of(
            Column.id3("id1", FEW),
            Column.id3("id2", FEW),
            Column.id10("id3", MANY),
            Column.counted("id4", FEW),
            Column.counted("id5", FEW),
            Column.counted("id6", MANY),
            Column.counted("v1", 5),
            Column.counted("v2", 15),
            Column.sixDecimals("v3"));

    static final List<Row> ROWS = List.of(
            ask(1, "id1", "sum(v1)", "sum(v1)"),
            ask(2, "id1, id2", "sum(v1)", "sum(v1)"),
            ask(3, "id3", "sum(v1), mean(v3)", "sum(v1), avg(v3)"),
            ask(4, "id4", "mean(v1), mean(v2), mean(v3)", "avg(v1), avg(v2), avg(v3)"),
            ask(5, "id6", "sum(v1), sum(v2), sum(v3)", "sum(v1), sum(v2), sum(v3)"),
            ask(6, "id4, id5", "median(v3), std(v3)", "median(v3), stddev(v3)"),
            row(7, new Job.Question("id3", "max(v1) as a, min(v2) as b", "a - b as range", "max(v1) - min(v2)", false)),
            ask(8, "id6", "nLargest(v3, 2)", "replace(max(v3, 2)::VARCHAR, ' ', '')"),
            ask(9, "id2, id4", "r2(v1, v2)", "pow(corr(v1, v2), 2)"),
            row(
                    10,
                    new Job.Question(
                            "id1, id2, id3, id4, id5, id6", "sum(v3), count()", "", "sum(v3), count(*)", true)));

    private H2o() {}

    private static Row ask(int number, String keys, String aggregates, String sql) {
        return row(number, new Job.Question(keys, aggregates, "", sql, false));
    }

    private static Row row(int number, Job.Question question) {
        List<Column> columns = COLUMNS.stream()
                .filter(column -> Stream.of(question.keys(), question.aggregates())
                        .anyMatch(text -> text.contains(column.name())))
                .toList();
        return Row.of(
                "h2o-" + number,
                "H2O question " + number + ": " + question.aggregates() + " by " + question.keys(),
                question,
                columns,
                Target.times(DuckDb.NAME, 1));
    }
}

package io.streamz.aggregations;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random rows for schemes: a group, an event time, a double, an int, a text and a flag each; and batches of them. */
record Rows(List<Row> rows) {
    /** The columns of a batch: x, n, text, flag. */
    static final DataType[] TYPES = {DataType.FLOAT64, DataType.INT64, DataType.UTF8, DataType.BOOL};

    record Row(int id, long time, Double x, Long n, String text, Boolean flag) {}

    /** Rows with times that step back by at most {@code disorder}. */
    static Rows random(Random random, int count, int groups, int disorder) {
        List<Row> rows = new ArrayList<>();
        long time = random.nextInt(200) - 100L;
        for (int i = 0; i < count; i++) {
            time += random.nextInt(4);
            long at = disorder == 0 ? time : time - random.nextInt(disorder);
            rows.add(new Row(
                    random.nextInt(groups),
                    at,
                    random.nextInt(8) == 0 ? null : number(random),
                    random.nextInt(8) == 0 ? null : (long) (random.nextInt(2000) - 1000),
                    random.nextInt(8) == 0 ? null : "t" + random.nextInt(50),
                    random.nextInt(6) == 0 ? null : random.nextInt(3) > 0));
        }
        return new Rows(rows);
    }

    private static double number(Random random) {
        return switch (random.nextInt(24)) {
            case 0 -> Double.NaN;
            case 1 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            case 2 -> Math.scalb(random.nextGaussian(), random.nextInt(600) - 300);
            case 3 -> -0.0;
            default -> random.nextGaussian() * 100;
        };
    }

    Rows part(int from, int to) {
        return new Rows(rows.subList(from, to));
    }

    /** The rows in batches that are cut at random places, some of them empty. */
    List<Rows> cut(Random random) {
        List<Rows> batches = new ArrayList<>();
        int most = 1 + random.nextInt(rows.size() + 1);
        int from = 0;
        while (from < rows.size()) {
            int to = Math.min(rows.size(), from + random.nextInt(most + 1));
            batches.add(part(from, to));
            from = to;
        }
        return batches;
    }

    int size() {
        return rows.size();
    }

    int[] ids() {
        return rows.stream().mapToInt(Row::id).toArray();
    }

    LongLane times() {
        return (LongLane) Lanes.of(DataType.INT64, rows.stream().map(Row::time).toList());
    }

    Lane[] lanes() {
        return new Lane[] {
            Lanes.of(DataType.FLOAT64, column(Row::x)),
            Lanes.of(DataType.INT64, column(Row::n)),
            Lanes.of(DataType.UTF8, column(Row::text)),
            Lanes.of(DataType.BOOL, column(Row::flag))
        };
    }

    <T> List<T> column(java.util.function.Function<Row, T> part) {
        List<T> values = new ArrayList<>();
        rows.forEach(row -> values.add(part.apply(row)));
        return values;
    }
}

package io.streamz.benchmarks;

import java.util.List;

/** What all contestants of a row compute. Columns are named; {@code null} as a key means one group of all rows. */
sealed interface Job {
    /** Names the columns that the job reads. */
    List<String> columns();

    /** One row for each key: the key, then the functions (sum, count, min, max, var) of a column. */
    record Aggregate(String key, String column, List<String> functions) implements Job {
        static Aggregate of(String column, String... functions) {
            return new Aggregate(null, column, List.of(functions));
        }

        static Aggregate by(String key, String column, String... functions) {
            return new Aggregate(key, column, List.of(functions));
        }

        @Override
        public List<String> columns() {
            return key == null ? List.of(column) : List.of(key, column);
        }
    }

    /**
     * Aggregates by some keys, in our words and in SQL. The answer has the keys, then what is asked for.
     *
     * @param select what is computed of the aggregates afterwards, empty where they are the answer
     * @param many whether the answer has too many rows to be compared but by a {@link Digest}
     */
    record Question(String keys, String aggregates, String select, String sql, boolean many) implements Job {
        List<String> keyNames() {
            return List.of(keys.split(", "));
        }

        /** All that the data has, which is made for the question. */
        @Override
        public List<String> columns() {
            return List.of();
        }
    }

    /**
     * As {@link Aggregate} of one sum by one text column, but over a CSV file.
     *
     * @param heap the megabytes that we may use, in a process of our own; 0 for this process
     */
    record CsvSum(String key, String column, int heap) implements Job {
        @Override
        public List<String> columns() {
            return List.of(key, column);
        }
    }

    /** One value for each row: a function (sum, std, max, median) of the last {@code rows} rows, from the first row on. */
    record Rolling(String key, String column, String function, int rows) implements Job {
        @Override
        public List<String> columns() {
            return key == null ? List.of(column) : List.of(key, column);
        }
    }

    /** One value for each row: the sum over the rows of the same key whose time lies in (t - micros, t]. */
    record RollingTime(String key, String column, String time, long micros) implements Job {
        @Override
        public List<String> columns() {
            return List.of(key, column, time);
        }
    }

    /** One value for each row: the sum up to and including it. */
    record CumSum(String key, String column) implements Job {
        @Override
        public List<String> columns() {
            return key == null ? List.of(column) : List.of(key, column);
        }
    }

    /** One value for each row: the exponentially weighted mean, adjusted. */
    record EwmMean(String column, double alpha) implements Job {
        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /** The sums by key of the last {@code rows} rows, after each batch; the answer is the last one. */
    record WindowSum(String key, String column, int rows) implements Job {
        @Override
        public List<String> columns() {
            return List.of(key, column);
        }
    }

    /** Batches of one row through filter, assign, and the sum by one of {@code keys} keys. */
    record OneRowBatches(int keys) implements Job {
        @Override
        public List<String> columns() {
            return List.of();
        }
    }

    /** A Java record in, a changed row of the sums by one of {@code keys} keys out as a record. */
    record Records(int keys) implements Job {
        @Override
        public List<String> columns() {
            return List.of();
        }
    }
}

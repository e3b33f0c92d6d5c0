package io.streamz.benchmarks;

import java.util.List;

/**
 * One line of the table.
 *
 * @param name how it is chosen on the command line
 * @param title what it says of itself
 * @param job what is computed
 * @param columns the data, empty where the job makes its own
 * @param share of the rows asked for; jobs that cost much for each row take fewer, jobs that need many keys take more
 * @param targets what we want
 */
record Row(String name, String title, Job job, List<Column> columns, double share, List<Target> targets) {
    static Row of(String name, String title, Job job, List<Column> columns, Target... targets) {
        return new Row(name, title, job, columns, 1, List.of(targets));
    }

    Row share(double newShare) {
        return new Row(name, title, job, columns, newShare, targets);
    }

    int rows(int asked) {
        return (int) Math.max(1, asked * share);
    }
}

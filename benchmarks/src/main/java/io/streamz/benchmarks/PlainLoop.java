package io.streamz.benchmarks;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;

/** The loop one would write by hand for one question, without batches or a graph: where the others' answers are checked. */
final class PlainLoop implements Peer {
    static final String NAME = "plain loop";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "a hand-written loop over primitive arrays, no batches, no graph, no exact sum";
    }

    @Override
    public Optional<Contestant> enter(Job job, Data data) {
        if (job instanceof Job.OneRowBatches one) {
            return contestant(() -> expensive(one.keys(), data.rows()), true);
        }
        if (job instanceof Job.Records records) {
            return contestant(() -> all(records.keys(), data.rows()), false);
        }
        if (job instanceof Job.WindowSum window) {
            double[] values = values(window, data);
            int[] keys = keys(window, data);
            return contestant(
                    () -> window(window, keys, values, data.column(window.key()).keys()), true);
        }
        return Optional.empty();
    }

    private static double[] window(Job.WindowSum job, int[] keys, double[] values, int groups) {
        double[] sums = new double[groups];
        for (int row = 0; row < values.length; row++) {
            sums[keys[row]] += values[row];
            if (row >= job.rows()) {
                sums[keys[row - job.rows()]] -= values[row - job.rows()];
            }
        }
        return sums;
    }

    private static double[] values(Job.WindowSum job, Data data) {
        return data.batches().stream()
                .map(batch -> (Float8Vector) batch.getVector(job.column()))
                .flatMapToDouble(v -> IntStream.range(0, v.getValueCount()).mapToDouble(v::get))
                .toArray();
    }

    private static int[] keys(Job.WindowSum job, Data data) {
        return data.batches().stream()
                .map(batch -> (BigIntVector) batch.getVector(job.key()))
                .flatMapToInt(v -> IntStream.range(0, v.getValueCount()).map(row -> (int) v.get(row)))
                .toArray();
    }

    private static Optional<Contestant> contestant(Callable<double[]> work, boolean onlySeen) {
        return Optional.of(new InProcess(() -> answer(work.call(), onlySeen), work, () -> {}));
    }

    private static double[] expensive(int keys, int rows) {
        double[] sums = new double[keys];
        for (int row = 0; row < rows; row++) {
            double price = OneRow.price(row);
            if (price > 100) {
                sums[OneRow.key(row, keys)] += price * 2;
            }
        }
        return sums;
    }

    private static double[] all(int keys, int rows) {
        double[] sums = new double[keys];
        for (int row = 0; row < rows; row++) {
            sums[OneRow.key(row, keys)] += OneRow.price(row);
        }
        return sums;
    }

    /** What goes in is positive where it counts, so a key without rows has the sum 0. */
    private static Answer answer(double[] sums, boolean onlySeen) {
        Cells keys = Cells.longs();
        Cells values = Cells.doubles();
        for (int key = 0; key < sums.length; key++) {
            if (!onlySeen || sums[key] > 0) {
                keys.add((long) key);
                values.add(sums[key]);
            }
        }
        return new Answer(true, java.util.List.of(keys.array(), values.array()));
    }
}

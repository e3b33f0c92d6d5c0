package io.streamz.benchmarks;

import io.streamz.frames.Pipeline;

/** A record in, through a sum by key, and after each one the changed row out as a record, all on the calling thread. */
final class RecordsOut {
    /** What goes in. */
    public record Tick(long k, double price) {}

    /** What comes out. */
    public record Total(long k, double total) {}

    private RecordsOut() {}

    static Contestant contestant(Job.Records job, int records) {
        return new InProcess(() -> answer(run(job.keys(), records)), () -> run(job.keys(), records), () -> {});
    }

    private static double[] run(int keys, int records) {
        double[] totals = new double[keys];
        try (Pipeline pipeline = Pipeline.create("race")) {
            var input = pipeline.input(Tick.class);
            input.frame()
                    .groupBy("k")
                    .agg("sum(price) as total")
                    .changes(Total.class)
                    .sink(total -> totals[(int) total.k()] = total.total());
            pipeline.start();
            for (int i = 0; i < records; i++) {
                input.emit(new Tick(OneRow.key(i, keys), OneRow.price(i)));
            }
        }
        return totals;
    }

    static Answer answer(double[] totals) {
        Cells keys = Cells.longs();
        for (int key = 0; key < totals.length; key++) {
            keys.add((long) key);
        }
        return new Answer(true, java.util.List.of(keys.array(), totals));
    }
}

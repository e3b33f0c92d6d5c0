package io.streamz.benchmarks.csv;

import com.sun.management.OperatingSystemMXBean;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.TextLane;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.Csv;
import io.streamz.frames.RecordBatch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Reads a text and a number column of a file of 41 bytes a row and sums both up, in turns with DuckDB on one thread, and the same rows with
 * their texts or all their fields in quotes: {@code CsvScan [million rows, 10] [rounds, 5]}. Seconds are CPU seconds of the whole process, which
 * other work on the machine disturbs less than the clock; compiling and collecting count.
 */
public final class CsvScan {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private CsvScan() {}

    /** The length of all texts and the sum of all numbers. */
    private record Answer(long letters, double sum) {}

    @FunctionalInterface
    private interface Reader {
        Answer read(Path file) throws Exception;
    }

    /** Which fields stand in quotes. */
    private enum Quotes {
        NONE,
        TEXTS,
        ALL
    }

    public static void main(String[] args) throws Exception {
        long rows = (args.length > 0 ? Integer.parseInt(args[0]) : 10) * 1_000_000L;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        Map<Quotes, double[]> ours = new EnumMap<>(Quotes.class);
        Map<Quotes, double[]> theirs = new EnumMap<>(Quotes.class);
        Path folder = Files.createTempDirectory("scan");
        for (Quotes quotes : Quotes.values()) {
            write(file(folder, quotes), rows, quotes);
            ours.put(quotes, new double[rounds]);
            theirs.put(quotes, new double[rounds]);
        }
        for (int round = 0; round < rounds; round++) {
            for (Quotes quotes : Quotes.values()) {
                Path file = file(folder, quotes);
                ours.get(quotes)[round] = seconds("streamz", CsvScan::streamz, file, rows);
                theirs.get(quotes)[round] = seconds("duckdb", CsvScan::duckDb, file, rows);
            }
        }
        for (Quotes quotes : Quotes.values()) {
            double own = median(ours.get(quotes));
            System.out.printf(
                    "quotes %-5s  streamz %.1f ns a row (least %.1f), %.2f of none (least %.2f), %.2f x duckdb%n",
                    quotes,
                    own / rows * 1e9,
                    least(ours.get(quotes)) / rows * 1e9,
                    own / median(ours.get(Quotes.NONE)),
                    least(ours.get(quotes)) / least(ours.get(Quotes.NONE)),
                    median(theirs.get(quotes)) / own);
            Files.delete(file(folder, quotes));
        }
        Files.delete(folder);
    }

    private static Path file(Path folder, Quotes quotes) {
        return folder.resolve(quotes.name().toLowerCase(Locale.ROOT) + ".csv");
    }

    private static double least(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double seconds(String name, Reader reader, Path file, long rows) throws Exception {
        long start = SYSTEM.getProcessCpuTime();
        Answer answer = reader.read(file);
        double seconds = (SYSTEM.getProcessCpuTime() - start) / 1e9;
        System.out.printf(
                "%-8s %-10s %6.2f s  %5.1f million rows/s  %.2f GB/s  %d letters, sum %.4f%n",
                name,
                file.getFileName(),
                seconds,
                rows / seconds / 1e6,
                Files.size(file) / seconds / 1e9,
                answer.letters(),
                answer.sum());
        return seconds;
    }

    private static Answer streamz(Path file) throws Exception {
        Csv csv = Csv.read(file);
        int text = csv.schema().indexOf("symbol");
        int number = csv.schema().indexOf("price");
        long[] letters = new long[1];
        double[] sum = new double[1];
        Source<RecordBatch> source = csv.open(column -> column == text || column == number);
        while (source.poll(batch -> {
                    TextLane texts = (TextLane) batch.lane(text);
                    double[] numbers = ((DoubleLane) batch.lane(number)).values();
                    for (int row = 0; row < batch.rows(); row++) {
                        letters[0] += texts.lengths()[row];
                        sum[0] += numbers[row];
                    }
                })
                != Progress.END) {
            // until all rows are there
        }
        source.close();
        return new Answer(letters[0], sum[0]);
    }

    private static Answer duckDb(Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("set threads = 1");
            try (ResultSet result =
                    statement.executeQuery("select sum(strlen(symbol)), sum(price) from read_csv('" + file + "')")) {
                result.next();
                return new Answer(result.getLong(1), result.getDouble(2));
            }
        }
    }

    private static void write(Path file, long rows, Quotes quotes) throws IOException {
        Random random = new Random(41);
        String text = quotes == Quotes.NONE ? "" : "\"";
        String number = quotes == Quotes.ALL ? "\"" : "";
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write("time,symbol,price,qty,side\n".getBytes(StandardCharsets.US_ASCII));
            for (long row = 0; row < rows; row++) {
                String line = number + (1_700_000_000_000L + row) + number + ","
                        + text + "SYM" + (100 + random.nextInt(100)) + text + ","
                        + number + (100 + random.nextInt(900)) + "." + (1000 + random.nextInt(9000)) + number + ","
                        + number + (1000 + random.nextInt(9000)) + number + ","
                        + text + (random.nextBoolean() ? "sell" : "buy!") + text + "\n";
                out.write(line.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}

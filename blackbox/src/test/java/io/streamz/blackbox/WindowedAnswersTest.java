package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamz.frames.BadRows;
import io.streamz.frames.Csv;
import io.streamz.frames.CsvOut;
import io.streamz.frames.Frames;
import io.streamz.frames.Lines;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Row;
import io.streamz.frames.StreamFrame;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows over real files, against DuckDB or exact recomputation; the command's options among them. */
final class WindowedAnswersTest {
    private static Duck duck;

    @TempDir
    static Path folder;

    @BeforeAll
    static void open() throws SQLException {
        duck = new Duck();
    }

    @AfterAll
    static void close() throws SQLException {
        duck.close();
    }

    private static String csv(Function<Pipeline, StreamFrame> plan) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var pipeline = Pipeline.create("test")) {
            plan.apply(pipeline).sink(CsvOut.to(out));
            pipeline.run();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String time(String expression) {
        return "strftime(" + expression + ", '%Y-%m-%dT%H:%M:%SZ')";
    }

    /** Some days of flights in an order in which a row lies up to two hours behind its place. */
    private static Path shuffledFlights() throws SQLException {
        Path file = folder.resolve("flights.csv");
        if (!Files.exists(file)) {
            duck.execute("CREATE OR REPLACE TABLE flights AS SELECT row_number() OVER () AS n, * FROM ("
                    + "SELECT * FROM '" + Project.shared("data/real/flights-3m.parquet") + "'"
                    + " WHERE date < '2001-01-08' ORDER BY epoch(date) + hash(date, delay, distance, origin, destination) % 7200,"
                    + " date, origin, destination, delay, distance)");
            duck.execute("COPY (SELECT * EXCLUDE n FROM flights ORDER BY n) TO '" + file + "' (HEADER)");
        }
        return file;
    }

    @Test
    void hourlyDelayByOriginInEventTime() throws Exception {
        Path flights = shuffledFlights();
        Streamz.Ended ended = Streamz.run(
                "tail",
                flights.toString(),
                "--window",
                "tumbling 1h",
                "--time",
                "date",
                "--lateness",
                "2h",
                "--group-by",
                "origin",
                "--agg",
                "count(), sum(delay), mean(delay), max(distance)",
                "--output",
                "csv");
        duck.assertSame(
                ended.done().out(),
                "SELECT " + time("time_bucket(INTERVAL 1 hour, date)") + ", "
                        + time("time_bucket(INTERVAL 1 hour, date) + INTERVAL 1 hour")
                        + ", origin, count(*), sum(delay), avg(delay), max(distance) FROM flights GROUP BY ALL",
                3);
    }

    /** With half an hour in place of two, rows are late by the rows before them, as DuckDB counts them too. */
    @Test
    void lateFlightsAreThoseThatTheWatermarkHasPassed() throws Exception {
        Path flights = shuffledFlights();
        Streamz.Ended ended = Streamz.run(
                "tail",
                flights.toString(),
                "--window",
                "tumbling 1h",
                "--time",
                "date",
                "--lateness",
                "30m",
                "--group-by",
                "origin",
                "--agg",
                "count(), sum(delay)",
                "--output",
                "csv");
        String judged =
                "(SELECT *, time_bucket(INTERVAL 1 hour, date) AS start, max(date) OVER (ORDER BY n ROWS BETWEEN"
                        + " UNBOUNDED PRECEDING AND 1 PRECEDING) - INTERVAL 30 minute AS watermark FROM flights)";
        String inTime = " WHERE watermark IS NULL OR start + INTERVAL 1 hour > watermark";
        duck.assertSame(
                ended.out(),
                "SELECT " + time("start") + ", " + time("start + INTERVAL 1 hour")
                        + ", origin, count(*), sum(delay) FROM " + judged + inTime + " GROUP BY start, origin",
                3);
        Object late = duck.rows("SELECT count(*) FROM " + judged + " WHERE start + INTERVAL 1 hour <= watermark")
                .get(0)
                .get(0);
        assertThat((Long) late).isPositive();
        assertThat(ended.err())
                .isEqualTo("streamz: " + late + " rows were late and left out; --lateness lets more in\n");
    }

    @Test
    void rollingMeanAndDeviationOfPrices() {
        Path prices = Project.shared("data/real/sp500-2000.csv");
        List<Row> rows = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            pipeline.read(Csv.read(prices))
                    .assign("ma", "mean(close) rolling 20")
                    .assign("sd", "std(close) rolling 20")
                    .assign("ew", "ewmMean(close) span 20")
                    .sink(rows::add);
            pipeline.run();
        }
        assertThat(rows.size()).isGreaterThan(1000);
        BigDecimal alpha = BigDecimal.valueOf(2).divide(BigDecimal.valueOf(21), new MathContext(60));
        BigDecimal weighted = BigDecimal.ZERO;
        BigDecimal weights = BigDecimal.ZERO;
        for (int row = 0; row < rows.size(); row++) {
            BigDecimal close = new BigDecimal(rows.get(row).float64("close"));
            BigDecimal fade = BigDecimal.ONE.subtract(alpha);
            weighted = weighted.multiply(fade).add(close).round(new MathContext(60));
            weights = weights.multiply(fade).add(BigDecimal.ONE).round(new MathContext(60));
            double ewm = weighted.divide(weights, new MathContext(60)).doubleValue();
            assertThat(rows.get(row).float64("ew")).isCloseTo(ewm, within(ewm * 1e-12));
            if (row < 19) {
                assertThat(rows.get(row).isNull("ma")).isTrue();
                continue;
            }
            List<BigDecimal> window = rows.subList(row - 19, row + 1).stream()
                    .map(one -> new BigDecimal(one.float64("close")))
                    .toList();
            BigDecimal sum = window.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal mean = sum.divide(BigDecimal.valueOf(20), new MathContext(60, RoundingMode.HALF_EVEN));
            double deviation = window.stream()
                    .map(value -> value.subtract(mean).pow(2))
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .divide(BigDecimal.valueOf(19), new MathContext(60))
                    .sqrt(new MathContext(40))
                    .doubleValue();
            assertThat(rows.get(row).float64("ma")).isEqualTo(mean.doubleValue());
            assertThat(rows.get(row).float64("sd")).isCloseTo(deviation, within(deviation * 1e-12));
        }
    }

    private static String log() {
        return "(SELECT row_number() OVER () n, regexp_extract(line, '^(\\S+)', 1) host,"
                + " strptime(regexp_extract(line, '\\[(.*?) ', 1), '%d/%b/%Y:%H:%M:%S') ts,"
                + " CAST(regexp_extract(line, '\" (\\d{3}) ', 1) AS BIGINT) status,"
                + " TRY_CAST(regexp_extract(line, '\" \\d{3} (\\d+)', 1) AS BIGINT) bytes"
                + " FROM read_csv('" + Project.shared("data/real/apache_logs.log")
                + "', columns = {'line': 'VARCHAR'}, delim = '\\0', quote = '', escape = '', header = false)"
                + " WHERE line LIKE '%\"')"; // one line of the file is cut off
    }

    private static StreamFrame requests(Pipeline pipeline) {
        return pipeline.read(Lines.combined()
                        .read(Project.shared("data/real/apache_logs.log"))
                        .badRows(BadRows.SKIP))
                .eventTime("time")
                .outOfOrder("1d");
    }

    @Test
    void requestsBytesAndErrorsPerMinute() throws Exception {
        String answer = csv(pipeline -> requests(pipeline)
                .window(Frames.tumbling("1m"))
                .agg("count(), sum(bytes), mean(status >= 400) as errors"));
        duck.assertSame(
                answer,
                "SELECT " + time("time_bucket(INTERVAL 1 minute, ts)") + ", "
                        + time("time_bucket(INTERVAL 1 minute, ts) + INTERVAL 1 minute")
                        + ", count(*), coalesce(sum(bytes), 0), avg(CASE WHEN status >= 400 THEN 1.0 ELSE 0.0 END) FROM "
                        + log() + " GROUP BY ALL",
                1);
    }

    @Test
    void sessionsPerVisitor() throws Exception {
        String answer = csv(pipeline ->
                requests(pipeline).groupBy("host").window(Frames.session("30m")).agg("count(), sum(bytes)"));
        duck.assertSame(
                answer,
                "SELECT " + time("min(ts)") + ", " + time("max(ts) + INTERVAL 30 minute")
                        + ", host, count(*), coalesce(sum(bytes), 0) FROM (SELECT *, sum(fresh) OVER (PARTITION BY host ORDER BY ts, n) session"
                        + " FROM (SELECT *, CASE WHEN ts - lag(ts) OVER (PARTITION BY host ORDER BY ts, n) <= INTERVAL 30 minute"
                        + " THEN 0 ELSE 1 END fresh FROM " + log() + ")) GROUP BY host, session",
                3);
    }

    @Test
    void anomaliesOfAMachine() throws Exception {
        Path machine = Project.shared("data/real/machine_temperature_system_failure.csv");
        String window = "OVER (ORDER BY n ROWS BETWEEN 287 PRECEDING AND CURRENT ROW)";
        Streamz.Ended ended = Streamz.run(
                "tail",
                machine.toString(),
                "--assign",
                "z=(value - mean(value) rolling 288) / (std(value) rolling 288)",
                "--where",
                "abs(z) > 4");
        List<List<Object>> theirs = duck.rows("SELECT " + time("timestamp") + ", z FROM (SELECT *, (value - avg(value) "
                + window
                + ") / stddev_samp(value) " + window + " z FROM (SELECT row_number() OVER () n, * FROM '" + machine
                + "')) WHERE n >= 288 AND abs(z) > 4 ORDER BY n");
        List<String> ours = ended.done().out().lines().skip(1).toList();
        assertThat(ours).hasSameSizeAs(theirs).hasSizeGreaterThan(10);
        for (int row = 0; row < ours.size(); row++) {
            String[] cells = ours.get(row).split(",", -1);
            assertThat(cells[0]).isEqualTo(theirs.get(row).get(0));
            assertThat(Double.parseDouble(cells[2]))
                    .isCloseTo((Double) theirs.get(row).get(1), within(1e-7));
        }
    }

    @Test
    void theNewestRowsByKey() throws Exception {
        Path birds = Project.root().resolve("examples/data/birdstrikes.csv");
        Streamz.Ended ended = Streamz.run(
                "tail",
                birds.toString(),
                "--window",
                "last 500",
                "--group-by",
                "Origin State",
                "--agg",
                "count(), sum(`Cost Total $`) as cost",
                "--output",
                "csv");
        duck.assertSame(
                ended.done().out(),
                "SELECT \"Origin State\", count(*), sum(\"Cost Total $\") FROM (SELECT *, row_number() OVER () n FROM '"
                        + birds + "') WHERE n > (SELECT count(*) FROM '" + birds + "') - 500 GROUP BY ALL",
                1);
    }

    @Test
    void wrongOptionsAreRefused() throws Exception {
        Path file = folder.resolve("t.csv");
        Files.writeString(file, "time,v\n2024-01-01T00:00:00Z,1\n");
        refused(file, "--window needs --agg beside it", "--window", "tumbling 1m");
        refused(file, "--window needs --time beside it", "--window", "tumbling 1m", "--agg", "count()");
        refused(file, "--rolling needs --time beside it", "--rolling", "5m", "--agg", "count()");
        refused(file, "--lateness needs --time beside it", "--lateness", "5s");
        refused(file, "contradict", "--window", "last 3", "--rolling", "5", "--agg", "count()");
        refused(file, "cannot be read from 'tumble 1m'", "--window", "tumble 1m", "--agg", "count()");
        refused(file, "did you mean 'time'?", "--window", "day", "--agg", "count()", "--time", "tim");
        refused(file, "event time is a timestamp or a date", "--window", "day", "--agg", "count()", "--time", "v");
        refused(
                file,
                "--window 'tumbling 1x' has '1x', which is no length of time",
                "--window",
                "tumbling 1x",
                "--agg",
                "count()",
                "--time",
                "time");
    }

    private static void refused(Path file, String part, String... options) {
        List<String> all = new ArrayList<>(List.of("tail", file.toString()));
        all.addAll(List.of(options));
        Streamz.run(all.toArray(String[]::new)).refused(2, part);
    }
}

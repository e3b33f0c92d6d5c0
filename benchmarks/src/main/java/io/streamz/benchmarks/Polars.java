package io.streamz.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * Polars in a node process of its own, one thread. It gets the rows as a Parquet file (Arrow IPC cannot be written without a
 * JVM flag) and holds them as a data frame, that is Arrow arrays in memory, before anything is timed.
 */
final class Polars implements Peer {
    static final String NAME = "Polars";

    private final Path folder;

    /**
     * @param folder where npm has put nodejs-polars, beside server.js
     */
    Polars(Path folder) {
        this.folder = folder;
    }

    boolean isThere() {
        return Files.isRegularFile(folder.resolve("server.js"))
                && Files.isDirectory(folder.resolve("node_modules/nodejs-polars"));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "nodejs-polars 0.25.2 in its own process, POLARS_MAX_THREADS=1, from a data frame in memory;"
                + " CPU time of the process";
    }

    @Override
    public Optional<Contestant> enter(Job job, Data data) throws Exception {
        String text = job(job, data);
        if (text == null) {
            return Optional.empty();
        }
        Path answer = data.folder().resolve("polars-answer.parquet").toAbsolutePath();
        return Optional.of(new External(
                List.of("node", folder.resolve("server.js").toAbsolutePath().toString()),
                Map.of("POLARS_MAX_THREADS", "1"),
                text,
                answer,
                file -> read(file, job)));
    }

    private static Answer read(Path file, Job job) throws Exception {
        boolean keyed = job instanceof Job.Aggregate || job instanceof Job.CsvSum;
        String parquet = "read_parquet('" + file + "'" + (keyed ? ")" : ", file_row_number=true)");
        try (Connection connection = DuckDb.connect()) {
            return DuckDb.answer(
                    connection,
                    keyed ? "FROM " + parquet : "SELECT w, file_row_number AS n FROM " + parquet + " ORDER BY n");
        }
    }

    /** The job as a line of JSON, or null where there is none. */
    private static String job(Job job, Data data) throws Exception {
        if (job instanceof Job.CsvSum c) {
            return json(
                    Map.of("kind", "csv", "csv", data.csv().toAbsolutePath(), "key", c.key(), "column", c.column()));
        }
        if (job instanceof Job.OneRowBatches
                || job instanceof Job.Records
                || job instanceof Job.WindowSum
                || job instanceof Job.Question) {
            return null;
        }
        Map<String, Object> parts = new java.util.TreeMap<>(parts(job));
        parts.values().removeIf(""::equals);
        parts.put("parquet", parquet(data));
        return json(parts);
    }

    private static Map<String, Object> parts(Job job) {
        if (job instanceof Job.Aggregate a) {
            return Map.of("kind", "aggregate", "key", text(a.key()), "column", a.column(), "functions", a.functions());
        }
        if (job instanceof Job.Rolling r) {
            return Map.of(
                    "kind",
                    "rolling",
                    "key",
                    text(r.key()),
                    "column",
                    r.column(),
                    "function",
                    r.function(),
                    "rows",
                    r.rows());
        }
        if (job instanceof Job.RollingTime r) {
            return Map.of(
                    "kind",
                    "rollingTime",
                    "key",
                    r.key(),
                    "column",
                    r.column(),
                    "time",
                    r.time(),
                    "micros",
                    r.micros());
        }
        if (job instanceof Job.CumSum c) {
            return Map.of("kind", "cumSum", "key", text(c.key()), "column", c.column());
        }
        Job.EwmMean e = (Job.EwmMean) job;
        return Map.of("kind", "ewmMean", "column", e.column(), "alpha", e.alpha());
    }

    private static Path parquet(Data data) throws Exception {
        Path file = data.folder().resolve("polars-data.parquet").toAbsolutePath();
        Files.createDirectories(data.folder());
        try (DuckDBConnection connection = DuckDb.connect();
                Statement statement = connection.createStatement()) {
            DuckDb.load(connection, "t", data);
            statement.execute("COPY t TO '" + file + "' (FORMAT parquet, COMPRESSION uncompressed)");
        }
        return file;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> json(entry.getKey()) + ":" + json(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Polars::json).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof Number
                ? value.toString()
                : '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

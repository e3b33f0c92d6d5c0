package io.streamz.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.core.DataException;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Row;
import io.streamz.frames.WholeFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Real and odd files: the values are those that DuckDB reads. */
final class OtherReaderTest {
    /** Files that we refuse or read otherwise, and why. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("datapage_v1-corrupt-checksum.parquet", "a checksum is wrong, which DuckDB does not look at"),
            Map.entry("rle-dict-uncompressed-corrupt-checksum.parquet", "the same"),
            Map.entry(
                    "int96_from_spark.parquet", "years beyond 2262 in nanoseconds, which DuckDB cuts to microseconds"),
            Map.entry("nation.dict-malformed.parquet", "the library finds its dictionary too short"));

    @Test
    void everyFileHasTheSameValues() throws Exception {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Path file : Read.shared("data/parquet")) {
            String difference = difference(file);
            compared += difference == null ? 1 : 0;
            if (difference != null && !REFUSED.containsKey(file.getFileName().toString())) {
                wrong.add(file.getFileName() + ": " + difference);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(40);
    }

    /** A file that holds each column twice, plain and in an encoding that DuckDB does not read. */
    @Test
    void bothEncodingsOfAColumnHaveTheSameValues() throws Exception {
        for (Path file : Read.shared("data/parquet")) {
            if (file.getFileName().toString().equals("byte_stream_split_extended.gzip.parquet")) {
                List<Row> rows = Read.all(Parquet.read(file));
                List<String> names = rows.get(0).schema().names();
                for (int column = 0; column < names.size(); column += 2) {
                    assertThat(names.get(column + 1)).endsWith("byte_stream_split");
                    for (List<Object> row : normal(rows)) {
                        assertThat(row.get(column + 1)).isEqualTo(row.get(column));
                    }
                }
                assertThat(names).hasSize(14);
            }
        }
    }

    @Test
    void aRealFileHasTheSameAnswer() throws Exception {
        for (Path file : Read.shared("data/real")) {
            if (file.getFileName().toString().equals("flights-3m.parquet")) {
                try (var pipeline = Pipeline.create("flights")) {
                    var answer = pipeline.read(Parquet.read(file))
                            .groupBy("origin")
                            .agg("count() as n, sum(delay) as s, max(distance) as m, min(date) as d")
                            .view();
                    pipeline.run();
                    String sql = "SELECT origin, count(*), sum(delay)::BIGINT, max(distance), min(date) FROM '" + file
                            + "' GROUP BY origin ORDER BY origin";
                    assertThat(normal(answer.now().sort("origin").toRows())).isEqualTo(duck(sql));
                }
            }
        }
    }

    /** What differs, or null where nothing does. */
    private static String difference(Path file) throws IOException {
        WholeFiles source = Parquet.read(file);
        List<String> columns = new ArrayList<>();
        try (var rows = ParquetRows.open(file, Deadline.usual())) {
            rows.fields().forEach(field -> columns.add(field.name()));
            if (!rows.refused().isEmpty()) {
                source = source.columns(columns.toArray(String[]::new));
            }
        } catch (IOException | RuntimeException e) {
            return "cannot be opened: " + e;
        }
        if (columns.isEmpty()) {
            return null;
        }
        String list = columns.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
        List<List<Object>> expected;
        try {
            expected = duck("SELECT " + list + " FROM read_parquet('" + file + "')");
        } catch (SQLException e) {
            return refuses(source, e);
        }
        try {
            return firstDifference(normal(Read.all(source)), expected);
        } catch (DataException e) {
            return e.getMessage();
        }
    }

    private static String refuses(FrameSource source, SQLException reason) {
        try {
            Read.all(source);
        } catch (DataException e) {
            return null;
        }
        // Read by us alone: nothing to compare with, and no wrong answer.
        return reason.getMessage().contains("only supported for") ? null : "DuckDB refuses it: " + reason.getMessage();
    }

    private static String firstDifference(List<List<Object>> actual, List<List<Object>> expected) {
        if (actual.size() != expected.size()) {
            return actual.size() + " rows, not " + expected.size();
        }
        return IntStream.range(0, actual.size())
                .filter(row -> !actual.get(row).equals(expected.get(row)))
                .mapToObj(row -> "row " + row + " is " + actual.get(row) + ", not " + expected.get(row))
                .findFirst()
                .orElse(null);
    }

    private static List<List<Object>> normal(List<Row> rows) {
        return rows.stream()
                .map(row -> IntStream.range(0, row.schema().size())
                        .mapToObj(column -> normal(row.value(column)))
                        .collect(Collectors.toList()))
                .toList();
    }

    private static Object normal(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof BigInteger whole) {
            return new BigDecimal(whole);
        }
        if (value instanceof Float narrow) {
            return narrow.doubleValue();
        }
        return value instanceof Integer || value instanceof Short || value instanceof Byte
                ? (Object) ((Number) value).longValue()
                : value;
    }

    private static List<List<Object>> duck(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("SET TimeZone='UTC'");
            ResultSet result = statement.executeQuery(sql);
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(cell(result, column));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    private static Object cell(ResultSet result, int column) throws SQLException {
        if (result.getObject(column) == null) {
            return null;
        }
        String type = result.getMetaData().getColumnTypeName(column);
        if (type.equals("TIMESTAMP WITH TIME ZONE")) {
            return result.getObject(column, OffsetDateTime.class).toInstant();
        }
        if (type.startsWith("TIMESTAMP")) {
            return result.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
        }
        return switch (type) {
            case "DATE" -> result.getObject(column, LocalDate.class);
            case "TIME", "TIME_NS" -> result.getObject(column, LocalTime.class);
            case "BLOB" -> {
                var blob = result.getBlob(column);
                yield normal(blob.getBytes(1, (int) blob.length()));
            }
            case "UUID" -> result.getObject(column).toString();
            default -> normal(result.getObject(column));
        };
    }
}

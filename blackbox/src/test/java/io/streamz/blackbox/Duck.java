package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** DuckDB as the second opinion. */
final class Duck implements AutoCloseable {
    private static final double TOLERANCE = 1e-12;

    private final Connection connection;

    Duck() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<List<Object>> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getObject(column));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /**
     * Holds a CSV answer against a query, row by row after sorting both by their first {@code keys} columns; with no keys in
     * the order they come. Floats within 1e-12 relative, everything else as its text.
     */
    void assertSame(String csv, String sql, int keys) throws SQLException, IOException {
        Path file = Files.createTempFile("answer", ".csv");
        Files.writeString(file, csv);
        List<List<Object>> ours = rows(
                "SELECT * FROM read_csv('" + file + "', all_varchar = true, header = true, delim = ',', quote = '\"')");
        List<List<Object>> theirs = rows(sql);
        Files.delete(file);
        if (keys > 0) {
            Comparator<List<Object>> byKeys =
                    Comparator.comparing(row -> row.subList(0, keys).toString());
            ours.sort(byKeys);
            theirs.sort(byKeys);
        }
        assertThat(ours).hasSameSizeAs(theirs).isNotEmpty();
        for (int row = 0; row < ours.size(); row++) {
            assertSameRow(ours.get(row), theirs.get(row));
        }
    }

    private static void assertSameRow(List<Object> ours, List<Object> theirs) {
        assertThat(ours).hasSameSizeAs(theirs);
        for (int column = 0; column < ours.size(); column++) {
            Object our = ours.get(column);
            Object their = theirs.get(column);
            String where = "column " + column + " of " + ours + " against " + theirs;
            if (their instanceof Double number && our != null) {
                assertThat(Double.parseDouble((String) our))
                        .as(where)
                        .isCloseTo(number, within(Math.abs(number) * TOLERANCE));
            } else {
                assertThat(our == null ? null : our.toString())
                        .as(where)
                        .isEqualTo(their == null ? null : their.toString());
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

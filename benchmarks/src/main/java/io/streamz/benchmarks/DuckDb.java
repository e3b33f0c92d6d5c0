package io.streamz.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * DuckDB in this process, one thread, over its own table in memory. (Arrow streams through JDBC need a JVM flag, and came
 * out slower.) A timed query ends in one row of checksums over the answer, so that fetching by JDBC is not timed.
 */
final class DuckDb implements Peer {
    static final String NAME = "DuckDB";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        try (Connection connection = connect()) {
            return connection.getMetaData().getDatabaseProductVersion()
                    + " JDBC, threads=1, from its own table in memory, CSV by read_csv with declared types";
        } catch (SQLException e) {
            return "not there: " + e.getMessage();
        }
    }

    static DuckDBConnection connect() throws SQLException {
        var connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads=1");
        }
        return connection;
    }

    @Override
    public Optional<Contestant> enter(Job job, Data data) throws Exception {
        if (job instanceof Job.OneRowBatches
                || job instanceof Job.Records
                || job instanceof Job.EwmMean
                || job instanceof Job.WindowSum) {
            return Optional.empty();
        }
        boolean csv = job instanceof Job.CsvSum;
        DuckDBConnection connection = connect();
        if (!csv) {
            load(connection, "t", data);
        }
        String query = query(job, csv ? readCsv(data) : "t");
        String timed = checksums(connection, query);
        boolean many = job instanceof Job.Question question && question.many();
        return Optional.of(new InProcess(
                () -> many ? digest(connection, query) : answer(connection, query + order(job)),
                () -> single(connection, timed),
                connection));
    }

    private static String readCsv(Data data) throws Exception {
        return "read_csv('" + data.csv() + "', header=true, columns={'time': 'TIMESTAMP', 'symbol': 'VARCHAR',"
                + " 'price': 'DOUBLE', 'qty': 'BIGINT'})";
    }

    static void load(DuckDBConnection connection, String table, Data data) throws SQLException {
        StringJoiner columns = new StringJoiner(", ", "CREATE TABLE " + table + "(", ")");
        for (Column column : data.columns()) {
            columns.add(column.name() + " " + sqlType(column));
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(columns.toString());
        }
        try (DuckDBAppender appender = connection.createAppender("main", table)) {
            for (VectorSchemaRoot batch : data.batches()) {
                append(appender, batch);
            }
        }
    }

    private static String sqlType(Column column) {
        return switch (column.type()) {
            case NUMBER, SIX_DECIMALS -> "DOUBLE";
            case SPREAD, DENSE, COUNTED -> "BIGINT";
            case TEXT, ID3, ID10 -> "VARCHAR";
            case TIME -> "TIMESTAMP";
        };
    }

    private static void append(DuckDBAppender appender, VectorSchemaRoot batch) throws SQLException {
        for (int row = 0; row < batch.getRowCount(); row++) {
            appender.beginRow();
            for (FieldVector vector : batch.getFieldVectors()) {
                if (vector.isNull(row)) {
                    appender.appendNull();
                } else if (vector instanceof BigIntVector longs) {
                    appender.append(longs.get(row));
                } else if (vector instanceof Float8Vector doubles) {
                    appender.append(doubles.get(row));
                } else if (vector instanceof TimeStampMicroVector times) {
                    appender.appendEpochMicros(times.get(row));
                } else {
                    appender.append(((VarCharVector) vector).getObject(row).toString());
                }
            }
            appender.endRow();
        }
    }

    private static String query(Job job, String from) {
        if (job instanceof Job.Aggregate a) {
            StringJoiner select = new StringJoiner(", ", "SELECT ", " FROM " + from);
            if (a.key() != null) {
                select.add(a.key());
            }
            a.functions().forEach(function -> select.add(aggregate(function, a.column()) + " AS " + function + "_"));
            return select + (a.key() == null ? "" : " GROUP BY " + a.key());
        }
        if (job instanceof Job.Question q) {
            return "SELECT " + q.keys() + ", " + q.sql() + " FROM " + from + " GROUP BY " + q.keys();
        }
        if (job instanceof Job.CsvSum c) {
            return "SELECT " + c.key() + ", sum(" + c.column() + ") AS s FROM " + from + " GROUP BY " + c.key();
        }
        return "SELECT " + window(job) + " AS w, rowid AS n FROM " + from;
    }

    /** The call with its frame. */
    private static String window(Job job) {
        if (job instanceof Job.Rolling r) {
            return aggregate(r.function(), r.column()) + " OVER (" + partition(r.key()) + "ORDER BY rowid ROWS "
                    + (r.rows() - 1) + " PRECEDING)";
        }
        if (job instanceof Job.RollingTime r) {
            return aggregate("sum", r.column()) + " OVER (" + partition(r.key()) + "ORDER BY " + r.time()
                    + " RANGE INTERVAL " + (r.micros() - 1) + " MICROSECONDS PRECEDING)";
        }
        if (job instanceof Job.CumSum c) {
            return aggregate("sum", c.column()) + " OVER (" + partition(c.key())
                    + "ORDER BY rowid ROWS UNBOUNDED PRECEDING)";
        }
        throw new IllegalArgumentException("no query for " + job);
    }

    private static String partition(String key) {
        return key == null ? "" : "PARTITION BY " + key + " ";
    }

    private static String order(Job job) {
        return job instanceof Job.Rolling || job instanceof Job.RollingTime || job instanceof Job.CumSum
                ? " ORDER BY rowid"
                : "";
    }

    private static String aggregate(String function, String column) {
        return switch (function) {
            case "var" -> "var_samp(" + column + ")";
            case "std" -> "stddev_samp(" + column + ")";
            default -> function + "(" + column + ")";
        };
    }

    /** The query inside one that gives a row of one number for each of its columns. */
    private static String checksums(Connection connection, String query) throws SQLException {
        StringJoiner select = new StringJoiner(", ", "SELECT count(*), ", " FROM (" + query + ")");
        try (Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery("DESCRIBE " + query)) {
            while (columns.next()) {
                String name = '"' + columns.getString(1).replace("\"", "\"\"") + '"';
                select.add(columns.getString(2).equals("VARCHAR") ? "max(" + name + ")" : "sum(" + name + ")");
            }
        }
        return select.toString();
    }

    private static Object single(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getDouble(1);
        }
    }

    private static Answer digest(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            Digest digest = new Digest();
            Object[] cells = new Object[result.getMetaData().getColumnCount()];
            while (result.next()) {
                for (int column = 0; column < cells.length; column++) {
                    cells[column] = result.getObject(column + 1);
                }
                digest.add(cells);
            }
            return digest.answer();
        }
    }

    /** All rows of a query, read as keyed unless its last column is {@code n}, the row's number, which is left out. */
    static Answer answer(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            boolean numbered = result.getMetaData().getColumnName(columns).equals("n");
            List<Cells> cells = new ArrayList<>();
            for (int column = 1; column <= (numbered ? columns - 1 : columns); column++) {
                cells.add(
                        Cells.of(result.getMetaData().getColumnTypeName(column).toUpperCase(Locale.ROOT)));
            }
            while (result.next()) {
                for (int column = 0; column < cells.size(); column++) {
                    cells.get(column).add(result.getObject(column + 1));
                }
            }
            return new Answer(!numbered, cells.stream().map(Cells::array).toList());
        }
    }
}

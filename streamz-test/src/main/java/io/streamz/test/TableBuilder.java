package io.streamz.test;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.frames.Field;
import io.streamz.frames.FrameSource;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import io.streamz.frames.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table written down row by row. Whole numbers make int64, floating ones float64 (both together too), String utf8, Boolean
 * bool, BigDecimal a decimal, LocalDate, LocalTime, Instant and Duration their types in nanoseconds; null fits everywhere, and a
 * column of nulls is utf8. {@link #type} says otherwise.
 */
public final class TableBuilder {
    private final List<String> names;
    private final DataType[] declared;
    private final List<Object[]> rows = new ArrayList<>();

    TableBuilder(String... names) {
        this.names = List.of(names);
        this.declared = new DataType[names.length];
    }

    /** Adds a row with a value for each column. */
    public TableBuilder row(Object... values) {
        if (values.length != names.size()) {
            throw new IllegalArgumentException(values.length + " values for the columns " + names);
        }
        rows.add(values.clone());
        return this;
    }

    /** Gives a column this type. */
    public TableBuilder type(String column, DataType type) {
        if (!names.contains(column)) {
            throw new IllegalArgumentException("no column '" + column + "' in " + names);
        }
        declared[names.indexOf(column)] = type;
        return this;
    }

    /** The columns with their types. */
    public Schema schema() {
        List<Field> fields = new ArrayList<>();
        for (int column = 0; column < declared.length; column++) {
            int place = column;
            DataType type = declared[column] != null
                    ? declared[column]
                    : Cells.type(rows.stream().map(row -> row[place]).toList());
            fields.add(new Field(names.get(column), type));
        }
        return Schema.of(fields);
    }

    /** The rows as a table. */
    public Table table() {
        try (RecordBatch batch = batch(0, rows.size())) {
            return Table.of(batch);
        }
    }

    /**
     * The rows as a source, to be read any number of times.
     *
     * @param name the name of the table in messages
     * @param cuts the numbers of the rows that begin a batch, rising; equal ones make empty batches
     */
    public FrameSource source(String name, int... cuts) {
        int[] ends = Arrays.copyOf(cuts, cuts.length + 1);
        ends[cuts.length] = rows.size();
        return new RowSource(name, this, ends);
    }

    int size() {
        return rows.size();
    }

    RecordBatch batch(int from, int to) {
        Schema schema = schema();
        Lane[] lanes = new Lane[names.size()];
        for (int column = 0; column < lanes.length; column++) {
            lanes[column] = schema.type(column).kind().lane();
            lanes[column].reset(to - from);
            for (int row = from; row < to; row++) {
                Cells.write(rows.get(row)[column], schema.type(column), lanes[column], row - from);
            }
        }
        return RecordBatch.of(schema, lanes);
    }
}

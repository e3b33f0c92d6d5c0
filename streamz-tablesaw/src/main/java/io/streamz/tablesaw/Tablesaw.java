package io.streamz.tablesaw;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.frames.Field;
import io.streamz.frames.Schema;
import io.streamz.frames.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;

/** Turns tables into Tablesaw's, and back. */
public final class Tablesaw {
    private Tablesaw() {}

    /**
     * A copy of a table.
     *
     * <p>Nulls become missing values. What Tablesaw cannot hold changes: a NaN is a missing value there, as are the least int32
     * and the least int64; decimals become doubles, binary becomes hexadecimal text, durations become numbers of their
     * unit, and times keep milliseconds.
     */
    public static tech.tablesaw.api.Table toTablesaw(Table table) {
        return toTablesaw(table, "table");
    }

    /** {@link #toTablesaw(Table)} under a name. */
    public static tech.tablesaw.api.Table toTablesaw(Table table, String name) {
        tech.tablesaw.api.Table result = tech.tablesaw.api.Table.create(name);
        Schema schema = table.schema();
        for (int column = 0; column < schema.size(); column++) {
            result.addColumns(column(table, column, schema.field(column).name()));
        }
        return result;
    }

    /**
     * A copy of one of Tablesaw's tables, whose missing values become nulls. Times keep milliseconds, local date-times are read
     * as UTC, columns of types that have no other name here become text.
     */
    public static Table fromTablesaw(tech.tablesaw.api.Table table) {
        List<Field> fields = new ArrayList<>();
        for (Column<?> column : table.columns()) {
            fields.add(new Field(column.name(), Columns.type(column)));
        }
        List<Object[]> rows = new ArrayList<>(table.rowCount());
        for (int row = 0; row < table.rowCount(); row++) {
            Object[] cells = new Object[fields.size()];
            for (int column = 0; column < cells.length; column++) {
                cells[column] = Columns.cell(table.column(column), row);
            }
            rows.add(cells);
        }
        return Table.of(Schema.of(fields), rows);
    }

    private static Column<?> column(Table table, int place, String name) {
        DataType type = table.schema().type(place);
        Lane lane = table.lane(place);
        return switch (type.kind()) {
            case BOOL ->
                filled(BooleanColumn.create(name), lane, (column, row) -> column.append(longs(lane)[row] != 0));
            case INT -> integers(type, lane, name);
            case FLOAT -> floats(type, lane, name);
            case DECIMAL ->
                filled(
                        DoubleColumn.create(name),
                        lane,
                        (column, row) -> column.append(((BigDecimal) table.value(row, name)).doubleValue()));
            case TEXT -> filled(StringColumn.create(name), lane, (column, row) -> column.append(table.text(row, name)));
            case BINARY ->
                filled(
                        StringColumn.create(name),
                        lane,
                        (column, row) -> column.append(HexFormat.of().formatHex((byte[]) table.value(row, name))));
            case DATE ->
                filled(
                        DateColumn.create(name),
                        lane,
                        (column, row) -> column.append((LocalDate) table.value(row, name)));
            case TIME ->
                filled(
                        TimeColumn.create(name),
                        lane,
                        (column, row) -> column.append((LocalTime) table.value(row, name)));
            case TIMESTAMP ->
                filled(
                        InstantColumn.create(name),
                        lane,
                        (column, row) -> column.append((Instant) table.value(row, name)));
            case DURATION -> filled(LongColumn.create(name), lane, (column, row) -> column.append(longs(lane)[row]));
        };
    }

    private static Column<?> integers(DataType type, Lane lane, String name) {
        if (type.bits() == Long.SIZE) {
            return filled(LongColumn.create(name), lane, (column, row) -> column.append(longs(lane)[row]));
        }
        return filled(IntColumn.create(name), lane, (column, row) -> column.append((int) longs(lane)[row]));
    }

    private static Column<?> floats(DataType type, Lane lane, String name) {
        double[] values = ((DoubleLane) lane).values();
        if (type.bits() == Float.SIZE) {
            return filled(FloatColumn.create(name), lane, (column, row) -> column.append((float) values[row]));
        }
        return filled(DoubleColumn.create(name), lane, (column, row) -> column.append(values[row]));
    }

    private interface Cell<C> {
        void append(C column, int row);
    }

    private static <C extends Column<?>> C filled(C column, Lane lane, Cell<C> cell) {
        for (int row = 0; row < lane.size(); row++) {
            if (lane.isNull(row)) {
                column.appendMissing();
            } else {
                cell.append(column, row);
            }
        }
        return column;
    }

    private static long[] longs(Lane lane) {
        return ((LongLane) lane).values();
    }
}

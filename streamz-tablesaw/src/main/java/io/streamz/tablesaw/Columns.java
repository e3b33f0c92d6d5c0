package io.streamz.tablesaw;

import io.streamz.aggregations.DataType;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;

/** The types of Tablesaw's columns as ours, and their cells. */
final class Columns {
    private static final Map<ColumnType, DataType> TYPES = Map.of(
            ColumnType.BOOLEAN, DataType.BOOL,
            ColumnType.SHORT, DataType.INT16,
            ColumnType.INTEGER, DataType.INT32,
            ColumnType.LONG, DataType.INT64,
            ColumnType.FLOAT, DataType.FLOAT32,
            ColumnType.DOUBLE, DataType.FLOAT64,
            ColumnType.LOCAL_DATE, DataType.DATE,
            ColumnType.LOCAL_TIME, DataType.time(ChronoUnit.MILLIS),
            ColumnType.LOCAL_DATE_TIME, DataType.timestamp(ChronoUnit.NANOS),
            ColumnType.INSTANT, DataType.timestamp(ChronoUnit.NANOS));

    private Columns() {}

    /** The type; text for every other column. */
    static DataType type(Column<?> column) {
        return TYPES.getOrDefault(column.type(), DataType.UTF8);
    }

    /** The cell as a value of that type; null where it is missing. */
    static Object cell(Column<?> column, int row) {
        if (column.isMissing(row)) {
            return null;
        }
        return TYPES.containsKey(column.type()) ? column.get(row) : column.getString(row);
    }
}

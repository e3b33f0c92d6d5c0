package io.streamz.frames;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** One row of a table, immutable. */
public final class Row {
    private final Schema schema;
    private final Object[] values;

    Row(Schema schema, Object[] values) {
        this.schema = schema;
        this.values = values;
    }

    public Schema schema() {
        return schema;
    }

    /**
     * The cell as Boolean, Long, Double, BigDecimal, String, byte[], LocalDate, LocalTime, Instant or Duration; null where it
     * is null.
     *
     * @throws io.streamz.core.PlanException when there is no such column
     */
    public Object value(String column) {
        return values[schema.column(column, "row")];
    }

    /** The cell at a place, as {@link #value(String)} gives it. */
    public Object value(int column) {
        return values[column];
    }

    public boolean isNull(String column) {
        return value(column) == null;
    }

    /** The cell of a text column; null where it is null. */
    public String text(String column) {
        return (String) value(column);
    }

    /** The cell of an integer column. */
    public long int64(String column) {
        return (Long) value(column);
    }

    /** The cell of a number column. */
    public double float64(String column) {
        return ((Number) value(column)).doubleValue();
    }

    /** The cells by the names of their columns, in their order; to be changed by whoever asked. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int column = 0; column < values.length; column++) {
            map.put(schema.field(column).name(), values[column]);
        }
        return map;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row row && schema.equals(row.schema) && Arrays.deepEquals(values, row.values);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }

    /** Such as {@code {symbol=A, total=12}}. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        for (int column = 0; column < values.length; column++) {
            text.add(schema.field(column).name() + "=" + values[column]);
        }
        return text.toString();
    }
}

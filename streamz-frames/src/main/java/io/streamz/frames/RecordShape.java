package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A record class as columns: which types its components have, and the right to call its methods. */
final class RecordShape {
    private static final Map<Class<?>, DataType> TYPES = Map.ofEntries(
            Map.entry(boolean.class, DataType.BOOL),
            Map.entry(Boolean.class, DataType.BOOL),
            Map.entry(byte.class, DataType.INT8),
            Map.entry(Byte.class, DataType.INT8),
            Map.entry(short.class, DataType.INT16),
            Map.entry(Short.class, DataType.INT16),
            Map.entry(int.class, DataType.INT32),
            Map.entry(Integer.class, DataType.INT32),
            Map.entry(long.class, DataType.INT64),
            Map.entry(Long.class, DataType.INT64),
            Map.entry(float.class, DataType.FLOAT32),
            Map.entry(Float.class, DataType.FLOAT32),
            Map.entry(double.class, DataType.FLOAT64),
            Map.entry(Double.class, DataType.FLOAT64),
            Map.entry(String.class, DataType.UTF8),
            Map.entry(byte[].class, DataType.BINARY),
            Map.entry(LocalDate.class, DataType.DATE),
            Map.entry(LocalTime.class, DataType.time(ChronoUnit.NANOS)),
            Map.entry(Instant.class, DataType.timestamp(ChronoUnit.NANOS)),
            Map.entry(Duration.class, DataType.duration(ChronoUnit.NANOS)));

    private final Class<?> type;
    private final RecordComponent[] components;

    private RecordShape(Class<?> type) {
        this.type = type;
        this.components = type.getRecordComponents();
    }

    /**
     * The shape of a record class.
     *
     * @throws PlanException when the class is no record
     */
    static RecordShape of(Class<?> type) {
        if (!type.isRecord()) {
            throw new PlanException(
                    "not-a-record",
                    type.getName(),
                    type.getName() + " is not a record class",
                    "declare it as one: record " + type.getSimpleName() + "(String symbol, double price) {}");
        }
        return new RecordShape(type);
    }

    Class<?> type() {
        return type;
    }

    RecordComponent[] components() {
        return components;
    }

    /** One column per component, an enum as its name. */
    Schema schema() {
        List<Field> fields = new ArrayList<>();
        for (RecordComponent component : components) {
            fields.add(new Field(component.getName(), columnType(component)));
        }
        return Schema.of(fields);
    }

    /** Rights to the class as if from inside it, so that it may be nested and private. */
    MethodHandles.Lookup lookup() {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            throw new PlanException(
                    "closed-package",
                    type.getName(),
                    "module " + type.getModule().getName() + " does not let frames use " + type.getName(),
                    "add to its module-info: opens " + type.getPackageName() + ";",
                    e);
        }
    }

    private DataType columnType(RecordComponent component) {
        Class<?> java = component.getType();
        DataType column = java.isEnum() ? DataType.UTF8 : TYPES.get(java);
        if (column == null) {
            throw new PlanException(
                    "unreadable-type",
                    type.getSimpleName(),
                    "component '" + component.getName() + "' of " + type.getSimpleName() + " is a "
                            + java.getSimpleName() + ", which is no column",
                    "columns are boolean, whole and floating numbers, String, enums, byte[], LocalDate, LocalTime,"
                            + " Instant and Duration");
        }
        return column;
    }
}

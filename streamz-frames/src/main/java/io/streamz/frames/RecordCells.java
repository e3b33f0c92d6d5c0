package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.frames.internal.Cells;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;

/** Handles {@code (Lane[] lanes, int row) -> value} that read a cell as the type of a record component. */
@SuppressWarnings("UnusedMethod") // the readers are found by their names
final class RecordCells {
    private static final MethodHandles.Lookup HERE = MethodHandles.lookup();

    /** Types that {@link Cells#value} gives as they are. */
    private static final Map<Class<?>, Kind> PLAIN = Map.of(
            Boolean.class, Kind.BOOL,
            String.class, Kind.TEXT,
            byte[].class, Kind.BINARY,
            BigDecimal.class, Kind.DECIMAL,
            LocalDate.class, Kind.DATE,
            LocalTime.class, Kind.TIME,
            Instant.class, Kind.TIMESTAMP,
            Duration.class, Kind.DURATION);

    private RecordCells() {}

    /**
     * @param lane the place of the component's lane among the lanes
     * @param field the column
     */
    static MethodHandle reader(RecordComponent component, int lane, Field field, String frame) {
        Class<?> type = component.getType();
        if (!fits(type, field.type())) {
            throw new PlanException(
                    "type-mismatch",
                    frame,
                    "component '" + component.getName() + "' of "
                            + component.getDeclaringRecord().getSimpleName() + " is a " + type.getSimpleName()
                            + ", but column '" + field.name() + "' is " + field.type(),
                    "it needs " + fitting(field.type()));
        }
        MethodHandle reader = MethodHandles.insertArguments(method(type, field.type()), 0, lane, field);
        if (type.isPrimitive()) {
            return MethodHandles.explicitCastArguments(reader, reader.type().changeReturnType(type));
        }
        return reader.asType(reader.type().changeReturnType(type));
    }

    private static boolean fits(Class<?> type, DataType column) {
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        Kind kind = column.kind();
        if (boxed == Long.class) {
            return kind == Kind.INT || kind.isTime();
        }
        if (boxed == Integer.class || boxed == Short.class || boxed == Byte.class) {
            return kind == Kind.INT && column.bits() <= (boxed == Integer.class ? 32 : boxed == Short.class ? 16 : 8);
        }
        if (boxed == Double.class) {
            return kind == Kind.FLOAT || (kind == Kind.INT && column.bits() <= 32);
        }
        if (boxed == Float.class) {
            return column.bits() == 32 && kind == Kind.FLOAT;
        }
        return type == Object.class || (type.isEnum() && kind == Kind.TEXT) || PLAIN.get(boxed) == kind;
    }

    private static String fitting(DataType column) {
        return switch (column.kind()) {
            case BOOL -> "boolean or Boolean";
            case INT -> column.bits() == 64 ? "long or Long" : "int, long or their boxes";
            case FLOAT -> "double or Double";
            case DECIMAL -> "BigDecimal";
            case TEXT -> "String or an enum";
            case BINARY -> "byte[]";
            case DATE -> "LocalDate";
            case TIME -> "LocalTime";
            case TIMESTAMP -> "Instant";
            case DURATION -> "Duration";
        };
    }

    private static MethodHandle method(Class<?> type, DataType column) {
        if (!type.isPrimitive()) {
            return MethodHandles.insertArguments(find("object", Object.class, Class.class), 0, type);
        }
        if (type == boolean.class) {
            return find("truth", boolean.class);
        }
        if (type == float.class || type == double.class) {
            return find(column.kind() == Kind.FLOAT ? "floating" : "widened", double.class);
        }
        return find("whole", long.class);
    }

    private static MethodHandle find(String name, Class<?> result, Class<?>... first) {
        try {
            return HERE.findStatic(
                    RecordCells.class,
                    name,
                    MethodType.methodType(result, int.class, Field.class, Lane[].class, int.class)
                            .insertParameterTypes(0, first));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    private static long whole(int place, Field field, Lane[] lanes, int row) {
        checkValue(lanes[place], row, field);
        return ((LongLane) lanes[place]).values()[row];
    }

    private static boolean truth(int place, Field field, Lane[] lanes, int row) {
        return whole(place, field, lanes, row) != 0;
    }

    private static double widened(int place, Field field, Lane[] lanes, int row) {
        return whole(place, field, lanes, row);
    }

    private static double floating(int place, Field field, Lane[] lanes, int row) {
        checkValue(lanes[place], row, field);
        return ((DoubleLane) lanes[place]).values()[row];
    }

    private static Object object(Class<?> type, int place, Field field, Lane[] lanes, int row) {
        Object value = Cells.value(field.type(), lanes[place], row);
        if (value == null || type == Object.class || PLAIN.containsKey(type)) {
            return value;
        }
        if (type.isEnum()) {
            return constant(type, field, (String) value);
        }
        if (type == Long.class && !(value instanceof Long)) {
            return ((LongLane) lanes[place]).values()[row];
        }
        Number number = (Number) value;
        return switch (type.getSimpleName()) {
            case "Byte" -> number.byteValue();
            case "Short" -> number.shortValue();
            case "Integer" -> number.intValue();
            case "Float" -> number.floatValue();
            case "Double" -> number.doubleValue();
            default -> number;
        };
    }

    private static Object constant(Class<?> type, Field field, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new DataException(
                "unknown-constant",
                field.name(),
                "'" + name + "' in column '" + field.name() + "' is no " + type.getSimpleName(),
                "");
    }

    private static void checkValue(Lane lane, int row, Field field) {
        if (lane.isNull(row)) {
            throw new DataException(
                    "null-value",
                    field.name(),
                    "a null in column '" + field.name() + "' cannot be a primitive",
                    "make the record's component an object: Long, Double, Boolean");
        }
    }
}

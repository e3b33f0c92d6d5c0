package io.streamz.frames;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Writes records into the lanes of a batch. Each component has an accessor that the JVM's lambda factory makes, so that
 * nothing is boxed and nothing is looked up per record.
 */
final class RecordWriter implements ItemWriter {
    private static final long NANOS = 1_000_000_000;

    private final Column[] columns;

    private RecordWriter(Column[] columns) {
        this.columns = columns;
    }

    static RecordWriter of(RecordShape shape) {
        RecordComponent[] components = shape.components();
        Column[] columns = new Column[components.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column(shape, components[i]);
        }
        return new RecordWriter(columns);
    }

    @Override
    public void begin(RecordBatch batch, int room) {
        for (int column = 0; column < columns.length; column++) {
            Lane lane = batch.fill(column);
            if (lane instanceof TextLane text) {
                text.clearBytes();
            }
            lane.reset(room);
        }
    }

    @Override
    public void write(Object item, RecordBatch batch, int row) {
        for (int column = 0; column < columns.length; column++) {
            columns[column].write(item, batch.fill(column), row);
        }
    }

    private interface Column {
        void write(Object item, Lane lane, int row);
    }

    @SuppressWarnings("unchecked") // each accessor is made for the interface it is cast to
    private static Column column(RecordShape shape, RecordComponent component) {
        Class<?> type = component.getType();
        if (type == boolean.class) {
            // As an object: the two Booleans are there already.
            return boxed((Function<Object, Object>) accessor(shape, component, Function.class, Object.class));
        }
        if (type == float.class || type == double.class) {
            var get = (ToDoubleFunction<Object>) accessor(shape, component, ToDoubleFunction.class, double.class);
            return (item, lane, row) -> ((DoubleLane) lane).values()[row] = get.applyAsDouble(item);
        }
        if (type.isPrimitive()) {
            var get = (ToLongFunction<Object>) accessor(shape, component, ToLongFunction.class, long.class);
            return (item, lane, row) -> ((LongLane) lane).values()[row] = get.applyAsLong(item);
        }
        return boxed((Function<Object, Object>) accessor(shape, component, Function.class, Object.class));
    }

    private static Column boxed(Function<Object, Object> get) {
        return (item, lane, row) -> {
            Object value = get.apply(item);
            if (value == null) {
                lane.setNull(row);
                if (lane instanceof TextLane text) {
                    text.set(row, new byte[0], 0, 0);
                }
            } else if (lane instanceof LongLane longs) {
                longs.values()[row] = whole(value);
            } else if (lane instanceof DoubleLane doubles) {
                doubles.values()[row] = ((Number) value).doubleValue();
            } else {
                byte[] bytes = bytes(value);
                ((TextLane) lane).set(row, bytes, 0, bytes.length);
            }
        };
    }

    private static long whole(Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof Instant instant) {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
        }
        if (value instanceof LocalDate date) {
            return date.toEpochDay();
        }
        if (value instanceof LocalTime time) {
            return time.toNanoOfDay();
        }
        return ((Duration) value).toNanos();
    }

    private static byte[] bytes(Object value) {
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return value instanceof byte[] bytes ? bytes : ((Enum<?>) value).name().getBytes(StandardCharsets.UTF_8);
    }

    private static Object accessor(RecordShape shape, RecordComponent component, Class<?> function, Class<?> result) {
        MethodHandles.Lookup lookup = shape.lookup();
        String method = function == Function.class
                ? "apply"
                : function == ToLongFunction.class ? "applyAsLong" : "applyAsDouble";
        try {
            MethodHandle getter = lookup.unreflect(component.getAccessor());
            if (!lookup.hasFullPrivilegeAccess()) {
                return throughHandle(getter.asType(MethodType.methodType(result, Object.class)), function);
            }
            Class<?> instantiated = result == Object.class
                    ? MethodType.methodType(component.getType()).wrap().returnType()
                    : result;
            return LambdaMetafactory.metafactory(
                            lookup,
                            method,
                            MethodType.methodType(function),
                            MethodType.methodType(result, Object.class),
                            getter,
                            MethodType.methodType(instantiated, shape.type()))
                    .getTarget()
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("no accessor for " + component, e);
        }
    }

    /** Where the record is of another class loader, as in jshell, notebooks and plug-ins, no class can be made beside it. */
    private static Object throughHandle(MethodHandle getter, Class<?> function) {
        if (function == ToLongFunction.class) {
            return (ToLongFunction<Object>) row -> {
                try {
                    return (long) getter.invokeExact(row);
                } catch (Throwable e) {
                    throw failure(e);
                }
            };
        }
        if (function == ToDoubleFunction.class) {
            return (ToDoubleFunction<Object>) row -> {
                try {
                    return (double) getter.invokeExact(row);
                } catch (Throwable e) {
                    throw failure(e);
                }
            };
        }
        return (Function<Object, Object>) row -> {
            try {
                return (Object) getter.invokeExact(row);
            } catch (Throwable e) {
                throw failure(e);
            }
        };
    }

    /** What an accessor threw, as it was where it is unchecked. */
    private static RuntimeException failure(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException unchecked ? unchecked : new UndeclaredThrowableException(e);
    }
}

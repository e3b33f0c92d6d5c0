package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.core.PlanException;
import io.streamz.frames.internal.Columns;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Makes records of rows: one handle that reads each component from its lane and calls the constructor, so that primitive
 * components are never boxed. A component takes the column of its name, or of its name in snake case ({@code priceMean}
 * takes {@code price_mean}).
 *
 * @param <R> the record class
 */
final class RecordReader<R> {
    private final Class<R> type;
    private final int[] columns;
    private final Lane[] lanes;
    private final MethodHandle maker;

    private RecordReader(Class<R> type, int[] columns, MethodHandle maker) {
        this.type = type;
        this.columns = columns;
        this.lanes = new Lane[columns.length];
        this.maker = maker;
    }

    /**
     * @throws PlanException when a component has no column or one of another type
     */
    static <R> RecordReader<R> of(Class<R> type, Schema schema, String frame) {
        RecordShape shape = RecordShape.of(type);
        RecordComponent[] components = shape.components();
        int[] columns = new int[components.length];
        int[] order = new int[components.length * 2];
        MethodHandle maker = constructor(shape);
        for (int i = components.length - 1; i >= 0; i--) {
            columns[i] = column(components[i], schema, frame);
            order[i * 2 + 1] = 1;
            MethodHandle reader = RecordCells.reader(components[i], i, schema.field(columns[i]), frame);
            maker = MethodHandles.collectArguments(maker, i, reader);
        }
        MethodType rows = MethodType.methodType(Object.class, Lane[].class, int.class);
        return new RecordReader<>(type, columns, MethodHandles.permuteArguments(maker, rows, order));
    }

    /** The names of the columns that are read. */
    List<String> columns(Schema schema) {
        return Arrays.stream(columns)
                .mapToObj(column -> schema.field(column).name())
                .toList();
    }

    /** The places of the columns that are read. */
    int[] places() {
        return columns.clone();
    }

    /** Makes a record of each row. */
    void each(Columns rows, Consumer<? super R> receiver) {
        for (int i = 0; i < columns.length; i++) {
            lanes[i] = rows.lane(columns[i]);
        }
        int count = rows.rows();
        for (int row = 0; row < count; row++) {
            receiver.accept(make(row));
        }
    }

    private R make(int row) {
        try {
            return type.cast((Object) maker.invokeExact(lanes, row));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the constructor of " + type.getSimpleName() + " failed", e);
        }
    }

    private static MethodHandle constructor(RecordShape shape) {
        Class<?>[] classes =
                Arrays.stream(shape.components()).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return shape.lookup()
                    .findConstructor(shape.type(), MethodType.methodType(void.class, classes))
                    .asType(MethodType.methodType(Object.class, classes));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no constructor of " + shape.type(), e);
        }
    }

    private static int column(RecordComponent component, Schema schema, String frame) {
        int column = schema.indexOf(component.getName());
        if (column < 0) {
            String snake = component.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2");
            column = schema.indexOf(snake.toLowerCase(Locale.ROOT));
        }
        return column >= 0 ? column : schema.column(component.getName(), frame);
    }
}

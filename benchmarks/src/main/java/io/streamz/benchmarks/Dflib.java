package io.streamz.benchmarks;

import static org.dflib.Exp.$col;
import static org.dflib.Exp.$double;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.dflib.DataFrame;
import org.dflib.Exp;
import org.dflib.Series;

/** DFLib over its own data frame. */
final class Dflib implements Peer {
    static final String NAME = "DFLib";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "1.2.0, from its own data frame";
    }

    @Override
    public Optional<Contestant> enter(Job job, Data data) {
        if (job instanceof Job.CumSum c && c.key() == null) {
            var values = Series.ofDouble(numbers(data, c.column()));
            return Optional.of(new InProcess(
                    () -> new Answer(false, List.of(values.cumSum().toDoubleArray())), values::cumSum, () -> {}));
        }
        boolean nulls = data.columns().stream().anyMatch(column -> column.nulls() > 0);
        if (!(job instanceof Job.Aggregate a)
                || nulls
                || !Set.of("sum", "min", "max").containsAll(a.functions())) {
            return Optional.empty();
        }
        DataFrame frame = frame(a, data);
        Exp<?>[] functions = functions(a);
        return Optional.of(
                new InProcess(() -> answer(run(frame, a, functions)), () -> run(frame, a, functions), () -> {}));
    }

    private static DataFrame run(DataFrame frame, Job.Aggregate a, Exp<?>[] functions) {
        return a.key() == null
                ? frame.cols().agg(functions)
                : frame.group(a.key()).agg(functions);
    }

    private static Exp<?>[] functions(Job.Aggregate a) {
        List<Exp<?>> functions = new ArrayList<>();
        if (a.key() != null) {
            functions.add($col(a.key()).first());
        }
        for (String function : a.functions()) {
            var column = $double(a.column());
            Exp<?> value = switch (function) {
                case "sum" -> column.sum();
                case "min" -> column.min();
                default -> column.max();
            };
            functions.add(value.as(function));
        }
        return functions.toArray(Exp[]::new);
    }

    private static DataFrame frame(Job.Aggregate a, Data data) {
        Series<?> values = Series.ofDouble(numbers(data, a.column()));
        return a.key() == null
                ? DataFrame.byColumn(a.column()).of(values)
                : DataFrame.byColumn(a.key(), a.column()).of(keys(data, a.key()), values);
    }

    private static double[] numbers(Data data, String name) {
        double[] values = new double[data.rows()];
        int at = 0;
        for (VectorSchemaRoot batch : data.batches()) {
            Float8Vector vector = (Float8Vector) batch.getVector(name);
            for (int row = 0; row < batch.getRowCount(); row++) {
                values[at++] = vector.get(row);
            }
        }
        return values;
    }

    private static Series<?> keys(Data data, String name) {
        long[] longs = new long[data.rows()];
        String[] texts = new String[data.rows()];
        int at = 0;
        for (VectorSchemaRoot batch : data.batches()) {
            FieldVector vector = batch.getVector(name);
            for (int row = 0; row < batch.getRowCount(); row++) {
                if (vector instanceof BigIntVector keys) {
                    longs[at++] = keys.get(row);
                } else {
                    texts[at++] = vector.getObject(row).toString();
                }
            }
        }
        return data.column(name).type() == Column.Type.TEXT ? Series.of(texts) : Series.ofLong(longs);
    }

    private static Answer answer(DataFrame frame) {
        List<Object> columns = new ArrayList<>();
        for (String label : frame.getColumnsIndex()) {
            Series<?> series = frame.getColumn(label);
            Cells cells = cells(series.get(0));
            series.forEach(value -> cells.add((Object) value));
            columns.add(cells.array());
        }
        return new Answer(true, columns);
    }

    private static Cells cells(Object value) {
        if (value instanceof Long) {
            return Cells.longs();
        }
        return value instanceof String ? Cells.texts() : Cells.doubles();
    }
}

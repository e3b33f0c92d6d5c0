package io.streamz.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import tech.tablesaw.aggregate.AggregateFunctions;
import tech.tablesaw.aggregate.NumericAggregateFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Tablesaw over its own table. */
final class Tablesaw implements Peer {
    static final String NAME = "Tablesaw";

    /** Above this many keys a run takes minutes. */
    private static final int MOST_KEYS = 1000;

    private static final Map<String, NumericAggregateFunction> FUNCTIONS = Map.of(
            "sum", AggregateFunctions.sum,
            "min", AggregateFunctions.min,
            "max", AggregateFunctions.max,
            "var", AggregateFunctions.variance);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "0.44.4, from its own table";
    }

    @Override
    public Optional<Contestant> enter(Job job, Data data) {
        if (job instanceof Job.Aggregate a && FUNCTIONS.keySet().containsAll(a.functions())) {
            return a.key() == null ? column(a, data) : grouped(a, data);
        }
        if (job instanceof Job.CumSum c && c.key() == null) {
            DoubleColumn values = numbers(data, c.column());
            return perRow(() -> values.cumSum());
        }
        return Optional.empty();
    }

    private static Optional<Contestant> column(Job.Aggregate a, Data data) {
        DoubleColumn values = numbers(data, a.column());
        NumericAggregateFunction[] functions = functions(a);
        return Optional.of(new InProcess(
                () -> new Answer(true, apply(values, functions)), () -> apply(values, functions), () -> {}));
    }

    private static List<Object> apply(DoubleColumn values, NumericAggregateFunction[] functions) {
        List<Object> answers = new ArrayList<>();
        for (NumericAggregateFunction function : functions) {
            answers.add(new double[] {function.summarize(values)});
        }
        return answers;
    }

    private static Optional<Contestant> grouped(Job.Aggregate a, Data data) {
        if (data.column(a.key()).keys() > MOST_KEYS) {
            return Optional.empty();
        }
        Table table = Table.create(keys(data, a.key()), numbers(data, a.column()));
        NumericAggregateFunction[] functions = functions(a);
        return Optional.of(new InProcess(
                () -> answer(table.summarize(a.column(), functions).by(a.key())),
                () -> table.summarize(a.column(), functions).by(a.key()),
                () -> {}));
    }

    private static Optional<Contestant> perRow(java.util.concurrent.Callable<DoubleColumn> work) {
        return Optional.of(
                new InProcess(() -> new Answer(false, List.of(work.call().asDoubleArray())), work, () -> {}));
    }

    private static NumericAggregateFunction[] functions(Job.Aggregate a) {
        return a.functions().stream().map(FUNCTIONS::get).toArray(NumericAggregateFunction[]::new);
    }

    private static DoubleColumn numbers(Data data, String name) {
        DoubleColumn column = DoubleColumn.create(name);
        for (VectorSchemaRoot batch : data.batches()) {
            Float8Vector values = (Float8Vector) batch.getVector(name);
            for (int row = 0; row < batch.getRowCount(); row++) {
                if (values.isNull(row)) {
                    column.appendMissing();
                } else {
                    column.append(values.get(row));
                }
            }
        }
        return column;
    }

    private static tech.tablesaw.columns.Column<?> keys(Data data, String name) {
        LongColumn longs = LongColumn.create(name);
        StringColumn texts = StringColumn.create(name);
        for (VectorSchemaRoot batch : data.batches()) {
            FieldVector keys = batch.getVector(name);
            for (int row = 0; row < batch.getRowCount(); row++) {
                if (keys instanceof BigIntVector vector) {
                    longs.append(vector.get(row));
                } else {
                    texts.append(keys.getObject(row).toString());
                }
            }
        }
        return longs.isEmpty() ? texts : longs;
    }

    private static Answer answer(Table table) {
        List<Object> columns = new ArrayList<>();
        for (tech.tablesaw.columns.Column<?> column : table.columns()) {
            if (column instanceof StringColumn texts) {
                columns.add(texts.asObjectArray());
            } else if (column instanceof LongColumn longs) {
                columns.add(longs.asLongArray());
            } else {
                columns.add(((NumericColumn<?>) column).asDoubleArray());
            }
        }
        return new Answer(true, columns);
    }
}

package io.streamz.benchmarks;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** What one writes with the JDK alone over Arrow batches: streams, collectors, boxed keys. */
final class JavaStreams implements Peer {
    static final String NAME = "java.util.stream";
    private static final List<String> SUMMARY = List.of("sum", "count", "min", "max");

    private record Pair(Object key, double value) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "sequential, over the Arrow vectors";
    }

    @Override
    public Optional<Contestant> enter(Job job, Data data) {
        if (!(job instanceof Job.Aggregate a) || hasNulls(data) || !SUMMARY.containsAll(a.functions())) {
            return Optional.empty();
        }
        List<VectorSchemaRoot> batches = data.batches();
        boolean onlySum = a.functions().equals(List.of("sum"));
        if (a.key() == null) {
            return Optional.of(onlySum ? contestant(() -> values(batches, a).sum()) : summary(batches, a));
        }
        return Optional.of(
                onlySum ? grouped(batches, a, Collectors.summingDouble(Pair::value)) : groupedSummary(batches, a));
    }

    private static boolean hasNulls(Data data) {
        return data.columns().stream().anyMatch(column -> column.nulls() > 0);
    }

    private static Contestant contestant(java.util.concurrent.Callable<Double> sum) {
        return new InProcess(() -> new Answer(true, List.of(new double[] {sum.call()})), sum, () -> {});
    }

    private static Contestant summary(List<VectorSchemaRoot> batches, Job.Aggregate a) {
        return new InProcess(
                () -> answer(Map.of("", values(batches, a).summaryStatistics()), a, JavaStreams::functions),
                () -> values(batches, a).summaryStatistics(),
                () -> {});
    }

    private static Contestant grouped(List<VectorSchemaRoot> batches, Job.Aggregate a, Collector<Pair, ?, Double> sum) {
        return new InProcess(
                () -> answer(group(batches, a, sum), a, value -> List.of((Object) value)),
                () -> group(batches, a, sum),
                () -> {});
    }

    private static Contestant groupedSummary(List<VectorSchemaRoot> batches, Job.Aggregate a) {
        Collector<Pair, ?, DoubleSummaryStatistics> all = Collectors.summarizingDouble(Pair::value);
        return new InProcess(
                () -> answer(group(batches, a, all), a, JavaStreams::functions),
                () -> group(batches, a, all),
                () -> {});
    }

    private static List<Object> functions(DoubleSummaryStatistics s) {
        return List.of(s.getSum(), s.getCount(), s.getMin(), s.getMax());
    }

    private static DoubleStream values(List<VectorSchemaRoot> batches, Job.Aggregate a) {
        return batches.stream().flatMapToDouble(batch -> {
            Float8Vector values = (Float8Vector) batch.getVector(a.column());
            return IntStream.range(0, batch.getRowCount()).mapToDouble(values::get);
        });
    }

    private static <R> Map<Object, R> group(
            List<VectorSchemaRoot> batches, Job.Aggregate a, Collector<Pair, ?, R> collector) {
        return batches.stream().flatMap(batch -> pairs(batch, a)).collect(Collectors.groupingBy(Pair::key, collector));
    }

    private static Stream<Pair> pairs(VectorSchemaRoot batch, Job.Aggregate a) {
        FieldVector keys = batch.getVector(a.key());
        Float8Vector values = (Float8Vector) batch.getVector(a.column());
        IntStream rows = IntStream.range(0, batch.getRowCount());
        if (keys instanceof BigIntVector longs) {
            return rows.mapToObj(row -> new Pair(longs.get(row), values.get(row)));
        }
        VarCharVector texts = (VarCharVector) keys;
        return rows.mapToObj(row -> new Pair(texts.getObject(row).toString(), values.get(row)));
    }

    private static <R> Answer answer(Map<Object, R> groups, Job.Aggregate a, Function<R, List<Object>> functions) {
        List<Cells> columns = new java.util.ArrayList<>();
        groups.forEach((key, value) -> {
            List<Object> row = new java.util.ArrayList<>(functions.apply(value));
            if (a.key() != null) {
                row.add(0, key);
            }
            for (int i = 0; i < row.size(); i++) {
                if (columns.size() == i) {
                    columns.add(cells(row.get(i)));
                }
                columns.get(i).add(row.get(i));
            }
        });
        return new Answer(true, columns.stream().map(Cells::array).toList());
    }

    private static Cells cells(Object value) {
        if (value instanceof Long) {
            return Cells.longs();
        }
        return value instanceof Double ? Cells.doubles() : Cells.texts();
    }
}

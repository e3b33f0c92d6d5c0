package io.streamz.frames;

import io.streamz.aggregations.Change;
import io.streamz.aggregations.Cumulative;
import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Decay;
import io.streamz.aggregations.Ewm;
import io.streamz.aggregations.Fill;
import io.streamz.aggregations.Measure;
import io.streamz.aggregations.Rolling;
import io.streamz.aggregations.Span;
import io.streamz.core.PlanException;
import io.streamz.frames.internal.expr.AggText;
import io.streamz.frames.internal.expr.Moving;
import io.streamz.frames.internal.expr.Node;
import io.streamz.frames.internal.expr.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The kernels of a step: those of one kind that look at the same rows are one, and each input is computed once. */
final class RowKernels {
    /**
     * A kernel and where its inputs and answers stand among those of the step.
     *
     * @param inputs places among {@link #inputs}
     * @param answers numbers of answers
     */
    record Placed(RowKernel kernel, int[] inputs, int[] answers) {}

    private final List<Moving> all;
    private final EventTime time;
    private final Inputs inputs;
    private final List<Placed> kernels = new ArrayList<>();

    private RowKernels(List<Moving> all, Schema schema, String path, EventTime time) {
        this.all = all;
        this.time = time;
        this.inputs = new Inputs(schema, path);
    }

    /**
     * New kernels.
     *
     * @param time event time, where it decides; else null
     * @throws IllegalArgumentException where a parameter is out of its range
     */
    static RowKernels of(List<Moving> answers, Schema schema, String path, EventTime time) {
        RowKernels made = new RowKernels(answers, schema, path, time);
        Map<Object, List<Integer>> groups = new LinkedHashMap<>();
        for (int answer = 0; answer < answers.size(); answer++) {
            groups.computeIfAbsent(group(answers.get(answer)), key -> new ArrayList<>())
                    .add(answer);
        }
        groups.values().forEach(made::add);
        return made;
    }

    /** What looks at the same rows in the same way. */
    private static Object group(Moving answer) {
        Sequence sequence = answer.sequence();
        if (sequence == null) {
            return answer.extent();
        }
        if (sequence.aggregation() != null) {
            return "cumulative";
        }
        if (sequence.looksBack()) {
            return "back " + Math.max(1, answer.number());
        }
        Node input = answer.call().inputs().get(0);
        return sequence == Sequence.FFILL
                ? List.of("fill", input, answer.number())
                : List.of("ewm", input, answer.extent().smoothing());
    }

    /** The type of an answer; finds wrong names and types. */
    static DataType type(Moving answer, Schema schema, String path) {
        Inputs inputs = new Inputs(schema, path);
        AggText call = answer.call();
        DataType[] types = call.inputs().stream()
                .map(input -> inputs.type(inputs.place(input)))
                .toArray(DataType[]::new);
        if (call.where() != null) {
            inputs.condition(call.where());
        }
        try {
            return type(answer, types);
        } catch (IllegalArgumentException e) {
            throw new PlanException("type-mismatch", answer.toString(), e.getMessage() + " in " + answer, "", e);
        }
    }

    private static DataType type(Moving answer, DataType[] types) {
        Sequence sequence = answer.sequence();
        if (sequence == null) {
            return answer.aggregation().resultType(types);
        }
        return switch (sequence) {
            case SHIFT, FFILL -> types[0];
            case DIFF -> Change.DIFF.resultType(types[0]);
            case PCT_CHANGE -> Change.PERCENT.resultType(types[0]);
            case EWM_MEAN, EWM_SUM, EWM_VAR, EWM_STD -> {
                new Ewm(Decay.alpha(1), types[0], Ewm.Function.MEAN);
                yield DataType.FLOAT64;
            }
            default -> AggText.named(sequence.aggregation(), List.of()).resultType(types);
        };
    }

    Inputs inputs() {
        return inputs;
    }

    List<Placed> kernels() {
        return kernels;
    }

    private void add(List<Integer> answers) {
        Moving first = all.get(answers.get(0));
        List<Integer> places = new ArrayList<>();
        RowKernel kernel;
        if (first.sequence() == null || first.sequence().aggregation() != null) {
            Measure[] measures = answers.stream()
                    .map(answer -> measure(all.get(answer), places))
                    .toArray(Measure[]::new);
            kernel = aggregating(first, types(places), measures);
        } else if (first.sequence().looksBack()) {
            kernel = back(answers, places);
        } else {
            DataType type = types(places, first.call().inputs().get(0));
            kernel = first.sequence() == Sequence.FFILL
                    ? new FillKernel(new Fill(type, first.number() == 0 ? Long.MAX_VALUE : first.number()))
                    : new EwmKernel(new Ewm(decay(first.extent().smoothing()), type, functions(answers)));
        }
        kernels.add(new Placed(
                kernel,
                places.stream().mapToInt(place -> place).toArray(),
                answers.stream().mapToInt(answer -> answer).toArray()));
    }

    private Measure measure(Moving answer, List<Integer> places) {
        AggText call = answer.call();
        int[] columns = IntStream.of(inputs.places(call))
                .map(input -> place(input, places))
                .toArray();
        Measure measure = Measure.of(
                answer.sequence() == null
                        ? answer.aggregation()
                        : AggText.named(answer.sequence().aggregation(), List.of()),
                columns);
        if (call.where() != null) {
            measure = measure.where(place(inputs.condition(call.where()), places));
        }
        measure = measure.minCount(call.minCount());
        return answer.extent().isExpanding() ? measure.rolling(answer.extent().minPeriods()) : measure;
    }

    private RowKernel aggregating(Moving first, DataType[] types, Measure[] measures) {
        Moving.Extent extent = first.extent();
        if (first.sequence() != null) {
            return new CumulativeKernel(Cumulative.cumulative(types, measures));
        }
        if (extent.isExpanding()) {
            return new CumulativeKernel(Cumulative.running(types, measures));
        }
        Span span = extent.time() == null
                ? Span.rows(extent.rows())
                : Span.time(units(extent.time())).closed(extent.closed());
        return new RollingKernel(new Rolling(
                extent.minPeriods() == 0 ? span : span.minPeriods(extent.minPeriods()),
                !first.keys().isEmpty(),
                types,
                measures));
    }

    private RowKernel back(List<Integer> answers, List<Integer> places) {
        int[] columns = new int[answers.size()];
        Change[] changes = new Change[answers.size()];
        for (int i = 0; i < columns.length; i++) {
            Moving answer = all.get(answers.get(i));
            columns[i] = place(inputs.place(answer.call().inputs().get(0)), places);
            changes[i] = switch (answer.sequence()) {
                case DIFF -> Change.DIFF;
                case PCT_CHANGE -> Change.PERCENT;
                default -> null;
            };
        }
        long rows = Math.max(1, all.get(answers.get(0)).number());
        return new ShiftKernel(Math.toIntExact(rows), types(places), columns, changes);
    }

    private Ewm.Function[] functions(List<Integer> answers) {
        return answers.stream()
                .map(answer -> switch (all.get(answer).sequence()) {
                    case EWM_SUM -> Ewm.Function.SUM;
                    case EWM_VAR -> Ewm.Function.VAR;
                    case EWM_STD -> Ewm.Function.STD;
                    default -> Ewm.Function.MEAN;
                })
                .toArray(Ewm.Function[]::new);
    }

    private Decay decay(Smoothing smoothing) {
        return smoothing.decay(smoothing.byTime() ? units(smoothing.halfLife()) : 0);
    }

    private long units(java.time.Duration duration) {
        return Durations.units(duration, time.type(), "rolling");
    }

    /** The place of an input among those of one kernel. */
    private static int place(int input, List<Integer> places) {
        if (!places.contains(input)) {
            places.add(input);
        }
        return places.indexOf(input);
    }

    private DataType types(List<Integer> places, Node input) {
        return inputs.type(places.isEmpty() ? first(places, inputs.place(input)) : places.get(0));
    }

    private static int first(List<Integer> places, int input) {
        places.add(input);
        return input;
    }

    private DataType[] types(List<Integer> places) {
        return places.stream().map(inputs::type).toArray(DataType[]::new);
    }
}

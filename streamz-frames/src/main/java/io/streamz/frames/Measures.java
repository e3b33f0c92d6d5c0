package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Measure;
import io.streamz.frames.internal.expr.AggText;
import java.util.List;

/** The aggregates of a step as measures over its {@link Inputs}. */
final class Measures {
    private final Schema schema;
    private final String path;
    private final Inputs inputs;
    private final Measure[] measures;

    Measures(List<Agg> aggregates, Schema schema, String path) {
        this.schema = schema;
        this.path = path;
        inputs = new Inputs(schema, path);
        measures = aggregates.stream().map(this::measure).toArray(Measure[]::new);
    }

    private Measure measure(Agg aggregate) {
        AggText call = aggregate.call();
        DataType[] types = aggregate.bind(schema, path).types();
        Measure measure = Measure.of(aggregate.aggregation(), inputs.places(call, types));
        if (call.where() != null) {
            measure = measure.where(inputs.condition(call.where()));
        }
        return measure.minCount(call.minCount());
    }

    Inputs inputs() {
        return inputs;
    }

    DataType[] types() {
        return inputs.types();
    }

    Measure[] all() {
        return measures;
    }
}

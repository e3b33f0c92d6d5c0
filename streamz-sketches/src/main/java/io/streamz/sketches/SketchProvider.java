package io.streamz.sketches;

import io.streamz.aggregations.Aggregation;
import io.streamz.aggregations.AggregationProvider;
import java.util.Set;

/** The approximate aggregations by name: {@code approxDistinct(x, log2Registers)}, {@code approxQuantile(x, quantile, size)}. */
public final class SketchProvider implements AggregationProvider {
    /** For {@link java.util.ServiceLoader}. */
    public SketchProvider() {}

    @Override
    public Set<String> names() {
        return Set.of(ApproxDistinct.NAME, ApproxQuantile.NAME);
    }

    @Override
    public Aggregation named(String name, double... parameters) {
        if (name.equals(ApproxDistinct.NAME)) {
            check(name, 0, 1, parameters);
            return Sketches.approxDistinct(
                    parameters.length == 0 ? ApproxDistinct.DEFAULT : whole(name, parameters[0]));
        }
        check(name, 1, 2, parameters);
        int size = parameters.length == 1 ? ApproxQuantile.DEFAULT : whole(name, parameters[1]);
        return Sketches.approxQuantile(parameters[0], size);
    }

    private static void check(String name, int least, int most, double... parameters) {
        if (parameters.length < least || parameters.length > most) {
            throw new IllegalArgumentException(
                    name + " takes " + least + " to " + most + " parameters but got " + parameters.length);
        }
    }

    private static int whole(String name, double size) {
        if (size != (int) size) {
            throw new IllegalArgumentException(name + " needs a whole number for its size but got " + size);
        }
        return (int) size;
    }
}

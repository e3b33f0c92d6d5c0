package io.streamz.aggregations;

import java.util.Set;

/**
 * Aggregations by name, beside the built-in ones, for text and for {@link Aggregations#named}; found by {@link
 * java.util.ServiceLoader} when a name is first asked for. Asked by any thread.
 */
public interface AggregationProvider {
    /** The names that are known; none of a built-in aggregation, and none that another provider knows. */
    Set<String> names();

    /**
     * The aggregation of one of the names.
     *
     * @throws IllegalArgumentException where it takes other parameters
     */
    Aggregation named(String name, double... parameters);
}

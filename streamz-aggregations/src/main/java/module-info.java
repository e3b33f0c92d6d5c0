/** Incremental aggregation over plain arrays: lanes in, numbers out. */
module io.streamz.aggregations {
    exports io.streamz.aggregations;

    uses io.streamz.aggregations.AggregationProvider;
}

/** How many nanoseconds a row costs in the aggregation engine alone, lanes in, without frames or files. */
package io.streamz.benchmarks.aggregations;

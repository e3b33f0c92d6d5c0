/** Short runs over the schemes of streamz-aggregations, each beside the best hand-written loop over the same data. */
package io.streamz.benchmarks.schemes;

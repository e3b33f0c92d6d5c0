/**
 * Lanes in, numbers out. A batch's column arrives as a {@link io.streamz.aggregations.Lane}: plain arrays and validity words.
 * Keys become dense ids, ids address state, and a window says which rows leave. Nothing here knows Arrow, threads or files.
 */
package io.streamz.aggregations;

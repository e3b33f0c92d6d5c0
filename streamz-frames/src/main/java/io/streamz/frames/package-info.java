/**
 * Tables that keep moving. A {@link io.streamz.frames.Pipeline} reads sources or takes records; a
 * {@link io.streamz.frames.StreamFrame} is a table that rows are appended to, a {@link io.streamz.frames.LiveTable} one whose
 * rows are replaced by key; {@link io.streamz.frames.Frames} has the words for expressions and aggregates.
 *
 * <p>The flow: each call on a frame makes a PlanNode, checked at once. What is attached (a sink, a view) makes the nodes on its
 * way run: each gives an operator of core's graph, which takes a {@link io.streamz.frames.RecordBatch}, works on its lanes and
 * emits another. A GroupTable holds an aggregate's state, TablePages its answers for views. Batches are lent; rows, records and
 * {@link io.streamz.frames.Table}s are for keeps.
 */
package io.streamz.frames;

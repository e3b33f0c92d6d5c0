/**
 * A push graph for any object.
 *
 * <p>Flow: {@link io.streamz.core.DataStream#emit emit} or a {@link io.streamz.core.Source} of a
 * {@link io.streamz.core.Pipeline} puts an item into a segment; it runs depth first through the nodes, each an inlet and an
 * output; boundaries queue it for the next segment; an {@link io.streamz.core.Ack} tells when everything has seen it.
 *
 * <p>Start reading at {@code DataStream}, then {@code Node}, then the essay in {@code Segment}.
 */
package io.streamz.core;

package io.streamz.core;

/**
 * An item that a node failed on.
 *
 * @param path the node, such as {@code trades > map}
 * @param item the item; null when a timer, a watermark or the end failed
 * @param cause what was thrown
 */
public record Failure(String path, Object item, Throwable cause) {}

package io.streamz.core;

/**
 * An item that a node failed on. Where the item is lent, so is this: who keeps it longer than its call takes a share.
 *
 * @param path the node, such as {@code trades > map}
 * @param item the item; null when a timer, a watermark or the end failed
 * @param cause what was thrown
 */
public record Failure(String path, Object item, Throwable cause) implements Shared {

    /** The same failure with a share of its item. */
    @Override
    public Failure retain() {
        return new Failure(path, Shared.keep(item), cause);
    }

    @Override
    public void close() {
        Shared.drop(item);
    }
}

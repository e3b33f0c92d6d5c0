package io.streamz.core;

/**
 * An item that is lent, such as a batch over memory outside the heap: whoever receives it may use it until its call returns,
 * and who keeps it longer takes a share. Operators that keep items of any kind go through {@link #keep} and {@link #drop},
 * which do nothing for ordinary objects.
 */
public interface Shared {

    /** Takes a share: the same content, to be closed by whoever took it. */
    Shared retain();

    /** Gives the share back. */
    void close();

    /** The item itself, or a share of it if it is lent. */
    @SuppressWarnings("unchecked") // a share of a T is a T: retain returns its own type
    static <T> T keep(T item) {
        return item instanceof Shared shared ? (T) shared.retain() : item;
    }

    /** Gives back what {@link #keep} gave. */
    static void drop(Object item) {
        if (item instanceof Shared shared) {
            shared.close();
        }
    }
}

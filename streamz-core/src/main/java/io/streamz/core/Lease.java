package io.streamz.core;

/**
 * {@link Shared#keep} and {@link Shared#drop} for one side of a busy queue. Asking an object whether it has an interface that
 * it does not have is slow, so the class that was asked last and does not have it is remembered. Not thread-safe.
 */
final class Lease {
    private Class<?> plain;

    <T> T keep(T item) {
        return isPlain(item) ? item : Shared.keep(item);
    }

    void drop(Object item) {
        if (!isPlain(item)) {
            Shared.drop(item);
        }
    }

    private boolean isPlain(Object item) {
        if (item == null || item.getClass() == plain) {
            return true;
        }
        if (item instanceof Shared) {
            return false;
        }
        plain = item.getClass();
        return true;
    }
}

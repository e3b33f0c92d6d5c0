package io.streamz.notebook;

import java.util.function.Function;

/** How values of a type are shown at the end of a cell. */
record Rendering<T>(Class<T> type, Function<T, Content> maker) {
    Content output(T value) {
        return maker.apply(value);
    }
}

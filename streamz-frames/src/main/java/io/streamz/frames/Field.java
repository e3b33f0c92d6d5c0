package io.streamz.frames;

import io.streamz.aggregations.DataType;
import java.util.Objects;

/**
 * A named column. Every column may hold nulls.
 *
 * @param name any text, blanks and the empty string included
 * @param type what its values are
 */
public record Field(String name, DataType type) {
    public Field {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    /** Such as {@code price: float64}. */
    @Override
    public String toString() {
        return name + ": " + type;
    }
}

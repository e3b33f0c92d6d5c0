package io.streamz.frames;

import io.streamz.aggregations.DataType;
import java.util.Objects;

/**
 * A named column. Every column may hold nulls.
 *
 * @param name any text, blanks and the empty string included
 * @param type what its values are
 * @param valueless whether the column belongs to a table that has no row and says nothing of its type: an expression or an
 *     aggregate that asks for another type than {@code type} is given that, as it is with the word null
 */
public record Field(String name, DataType type, boolean valueless) {
    public Field {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    /** A column of values. */
    public Field(String name, DataType type) {
        this(name, type, false);
    }

    /** A column of a table without a row whose type nobody knows; text where nothing asks for more. */
    public static Field valueless(String name) {
        return new Field(name, DataType.UTF8, true);
    }

    /** Such as {@code price: float64}. */
    @Override
    public String toString() {
        return name + ": " + type;
    }
}

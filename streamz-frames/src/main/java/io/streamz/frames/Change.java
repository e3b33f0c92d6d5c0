package io.streamz.frames;

import java.util.Locale;

/** What became of a row of a live table. As text, in the column {@code op}: {@code insert}, {@code update}, {@code delete}. */
public enum Change {
    /** The key has a row now and had none before. */
    INSERT,
    /** The row was replaced. */
    UPDATE,
    /** The key has no row any more. */
    DELETE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** Such as {@code insert}. */
    @Override
    public String toString() {
        return text;
    }
}

package io.streamz.frames;

/** What the changes of a live table say beside its columns ({@link LiveTable#changes(ChangeColumn...)}). */
public enum ChangeColumn {
    /**
     * The text column {@code op}: insert, update or delete. Rows that are gone are told of then: their keys with all other
     * columns null.
     */
    OP,
    /** The int64 column {@code epoch}: the number of the batch that made the change. */
    EPOCH,
    /**
     * For each column but the keys one with {@code old_} before its name: the value that the row had before, null in an insert.
     * It costs a copy of the table.
     */
    OLD
}

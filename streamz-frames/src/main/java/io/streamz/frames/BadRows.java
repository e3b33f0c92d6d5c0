package io.streamz.frames;

/** What becomes of a row that cannot be read: a value that is not of its column's type, a wrong number of fields, damaged text. */
public enum BadRows {
    /** The rows before it are delivered, then the source fails with its place. */
    FAIL,
    /** It is left out, counted and handed to whoever asked for {@link Csv#onReject rejects}. */
    SKIP
}

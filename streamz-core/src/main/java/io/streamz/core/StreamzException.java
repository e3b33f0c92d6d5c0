package io.streamz.core;

import java.util.Objects;

/**
 * The root of everything this library throws on purpose. A message says what is wrong, where, and what would be right.
 *
 * <p>The three homes of errors are its three kinds: {@link PlanException} where a plan is built, {@link DataException} for
 * data that cannot be taken as asked, {@link StreamException} for a failure inside a node while data flows.
 */
public abstract sealed class StreamzException extends RuntimeException
        permits PlanException, DataException, StreamException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String path;
    private final String remedy;

    StreamzException(String code, String path, String message, String remedy, Throwable cause) {
        super(remedy.isEmpty() ? message : message + "; " + remedy, cause);
        this.code = Objects.requireNonNull(code, "code");
        this.path = Objects.requireNonNull(path, "path");
        this.remedy = remedy;
    }

    /** A stable name of the kind of error, such as {@code unknown-column}. */
    public final String code() {
        return code;
    }

    /** Where: a file and line, a column, or the path of a node such as {@code trades > filter > groupBy(symbol)}. */
    public final String path() {
        return path;
    }

    /** What would be right, or the empty string; it is the end of the message too. */
    public final String remedy() {
        return remedy;
    }
}

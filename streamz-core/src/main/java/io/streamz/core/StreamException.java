package io.streamz.core;

/** A failure inside a node while data flows: an operator, a callback or a source threw. The cause is kept. */
public final class StreamException extends StreamzException {
    private static final long serialVersionUID = 1L;

    public StreamException(String code, String path, String message, String remedy) {
        super(code, path, message, remedy, null);
    }

    public StreamException(String code, String path, String message, String remedy, Throwable cause) {
        super(code, path, message, remedy, cause);
    }
}

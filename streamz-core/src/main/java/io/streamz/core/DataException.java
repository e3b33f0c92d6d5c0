package io.streamz.core;

/** Data that cannot be taken as asked: a bad row, a missing or damaged file, a sum that does not fit its type. */
public final class DataException extends StreamzException {
    private static final long serialVersionUID = 1L;

    public DataException(String code, String path, String message, String remedy) {
        super(code, path, message, remedy, null);
    }

    public DataException(String code, String path, String message, String remedy, Throwable cause) {
        super(code, path, message, remedy, cause);
    }
}

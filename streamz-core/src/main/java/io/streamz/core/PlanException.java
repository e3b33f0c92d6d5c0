package io.streamz.core;

/** A plan that cannot be right, thrown on the line that builds it: an unknown name, a wrong type, a bad argument. */
public final class PlanException extends StreamzException {
    private static final long serialVersionUID = 1L;

    public PlanException(String code, String path, String message, String remedy) {
        super(code, path, message, remedy, null);
    }

    public PlanException(String code, String path, String message, String remedy, Throwable cause) {
        super(code, path, message, remedy, cause);
    }
}

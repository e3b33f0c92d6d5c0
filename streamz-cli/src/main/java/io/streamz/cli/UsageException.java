package io.streamz.cli;

/** Options that make no sense; the message is the one line that the user sees. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String option, String message) {
        super(option + " " + message);
    }
}

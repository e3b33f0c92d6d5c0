package io.streamz.cli;

import io.streamz.core.PlanException;
import java.util.function.Supplier;

/** Options that make no sense; the message is the one line that the user sees. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String option, String message) {
        super(option + " " + message);
    }

    /** Uses a length of time that an option has brought: a wrong one is told by the option's name, not by that in the library. */
    static <T> T asTime(String option, Supplier<T> use) {
        return asTime(option, "is ", use);
    }

    /** The same for an option that says more than a time: the message shows the whole of it, whatever is wrong. */
    static <T> T asTimeWithin(String option, String value, Supplier<T> use) {
        try {
            return asTime(option, "'" + value + "' has ", use);
        } catch (PlanException e) {
            if (!e.code().equals("parameter")) {
                throw e;
            }
            throw new UsageException(option, "'" + value + "': " + e.getMessage());
        }
    }

    private static <T> T asTime(String option, String before, Supplier<T> use) {
        try {
            return use.get();
        } catch (PlanException e) {
            String subject = e.path() + " is ";
            if (!e.code().equals("bad-duration") || !e.getMessage().startsWith(subject)) {
                throw e;
            }
            throw new UsageException(option, before + e.getMessage().substring(subject.length()));
        }
    }
}

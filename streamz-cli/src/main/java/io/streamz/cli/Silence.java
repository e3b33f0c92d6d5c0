package io.streamz.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Says once what is waited for, when nothing has come for some seconds: a name may be misspelt, a file never completed. */
final class Silence {
    private static final long LONG = TimeUnit.SECONDS.toNanos(5);

    private final Tail asked;
    private final boolean isWhole;
    private final Console console;
    private final long begin;
    private boolean isTold;

    /** @param isWhole whether a file is read when it is complete */
    Silence(Tail asked, boolean isWhole, Console console) {
        this.asked = asked;
        this.isWhole = isWhole;
        this.console = console;
        this.begin = console.nanos().getAsLong();
    }

    /** Nothing has come until now. */
    void goesOn() {
        if (!isTold && console.nanos().getAsLong() - begin >= LONG) {
            isTold = true;
            console.say(awaited());
        }
    }

    private String awaited() {
        if (asked.isPiped()) {
            return "waiting for the first rows of standard input";
        }
        if (!Files.isRegularFile(Path.of(asked.path))) {
            return "there is no file with rows at " + asked.path + " yet; waiting for one";
        }
        return isWhole
                ? "waiting for " + asked.path + " to be complete"
                : "waiting for the first rows of " + asked.path;
    }
}

package io.streamz.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the launcher found out about the standard streams, which a JVM cannot ask for.
 *
 * @param lines how high the terminal of standard output is, or 0 where it is none
 * @param columns how wide it is, or 0
 * @param progress whether standard error is a terminal
 */
record Terminal(int lines, int columns, boolean progress) {
    static final Terminal NONE = new Terminal(0, 0, false);

    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4}) ([1-9]\\d{0,4})");
    private static final Terminal USUAL = new Terminal(24, 80, false);

    /**
     * Reads what the launcher sets: {@code streamz.screen}, lines and columns of the terminal that standard output is, empty
     * where it is one of unknown size; {@code streamz.progress}, whether standard error is a terminal.
     */
    static Terminal ofProcess() {
        String size = System.getProperty("streamz.screen");
        Terminal screen = size == null || size.equals("none") ? NONE : sized(size);
        return new Terminal(screen.lines, screen.columns, Boolean.getBoolean("streamz.progress"));
    }

    boolean isScreen() {
        return columns > 0;
    }

    private static Terminal sized(String size) {
        Matcher matcher = SIZE.matcher(size);
        return matcher.matches()
                ? new Terminal(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), false)
                : USUAL;
    }
}

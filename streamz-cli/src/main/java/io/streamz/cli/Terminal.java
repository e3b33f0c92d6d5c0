package io.streamz.cli;

/**
 * What the launcher found out about the standard streams, which a JVM cannot ask for.
 *
 * @param columns how wide the terminal of standard output is, or 0 where it is none
 * @param progress whether standard error is a terminal
 */
record Terminal(int columns, boolean progress) {
    static final Terminal NONE = new Terminal(0, false);

    private static final int USUAL_COLUMNS = 80;

    /** Reads the properties {@code streamz.columns} and {@code streamz.progress} that the launcher sets. */
    static Terminal ofProcess() {
        String columns = System.getProperty("streamz.columns");
        return new Terminal(columns == null ? 0 : width(columns), Boolean.getBoolean("streamz.progress"));
    }

    boolean isScreen() {
        return columns > 0;
    }

    private static int width(String columns) {
        return columns.matches("[1-9]\\d{0,5}") ? Integer.parseInt(columns) : USUAL_COLUMNS;
    }
}

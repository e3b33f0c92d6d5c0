package io.streamz.cli;

import io.streamz.frames.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/**
 * What people watch while a job runs: the answer so far on standard output, where that is a terminal, and below it a line that
 * tells how far the job has come, on standard error, where that is one. Both go when the job ends.
 */
final class Screen {
    private static final long EVERY_NANOS = 100_000_000;
    /** Drawing takes at most this share of the time. */
    private static final int SHARE = 10;

    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final Console console;
    private final long start;
    private long next;
    private int drawnLines;
    private boolean drawnProgress;
    private boolean off;
    /** The rows of the last call, and those that are drawn. */
    private long lastRows = -1;

    private long drawnRows = -1;

    Screen(Console console) {
        this.console = console;
        this.start = console.nanos().getAsLong();
        this.next = start + EVERY_NANOS;
    }

    /** Draws nothing, because the answer itself is running over the terminal. */
    void off() {
        off = true;
    }

    /**
     * Draws anew when it is time to, and when no more rows have come since the last call but some since the last drawing.
     *
     * @param answer gives the answer so far, or null where there is none to draw; null where there never is one
     */
    void show(Progress progress, Supplier<Table> answer) throws IOException {
        long now = console.nanos().getAsLong();
        boolean isResting = progress.rows() == lastRows;
        lastRows = progress.rows();
        if (off || (isResting ? drawnRows == lastRows : now < next)) {
            return;
        }
        drawnRows = lastRows;
        clear();
        Table table = console.terminal().isScreen() && answer != null ? answer.get() : null;
        if (table != null) {
            draw(table);
        }
        if (console.terminal().progress()) {
            console.err().print(progress.line());
            console.err().flush();
            drawnProgress = true;
        }
        long end = console.nanos().getAsLong();
        next = end + Math.max(EVERY_NANOS, (end - now) * SHARE);
    }

    long nanos() {
        return console.nanos().getAsLong() - start;
    }

    /** Takes everything away that was drawn. */
    void clear() throws IOException {
        if (drawnProgress) {
            console.err().print(CLEAR_LINE);
            console.err().flush();
            drawnProgress = false;
        }
        if (drawnLines > 0) {
            write("\u001b[" + drawnLines + "A" + CLEAR_BELOW);
            drawnLines = 0;
        }
    }

    private void draw(Table table) throws IOException {
        // Nine lines go to the shape, the frame, the names, the types, the gap, the progress, and one that stays free.
        int rows = Math.max(1, console.terminal().lines() - 9);
        List<String> lines = table.toString(rows).lines().map(this::cut).toList();
        write(String.join("\n", lines) + "\n");
        drawnLines = lines.size();
    }

    /** A line that wrapped would take two on the screen. */
    private String cut(String line) {
        int width = console.terminal().columns();
        return line.codePointCount(0, line.length()) <= width
                ? line
                : line.substring(0, line.offsetByCodePoints(0, width));
    }

    private void write(String text) throws IOException {
        OutputStream out = console.out();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}

package io.streamz.blackbox.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code explain()} calls bounded runs in 256 MB, whatever comes: one and a half million rows of more than two hundred bytes each, which
 * would fill that heap if a plan kept them.
 */
class BoundedTest {
    private static final int ROWS = 1_500_000;

    /** How many rows come out of each plan, and what bounds its state. */
    private static final Map<String, String> PLANS = Map.ofEntries(
            Map.entry("group-by 18400 ", "one row per key: grows with the number of different k"),
            Map.entry("top-n 920 ", "one row per key: grows with the number of different k"),
            Map.entry("head 1000 ", "state of one number"),
            Map.entry("rolling 1500000 ", "the last 100 rows for each key"),
            Map.entry("rolling-time 1500000 ", "the rows that the watermark has not reached"),
            Map.entry("ewm 1500000 ", "the last 10 rows"),
            Map.entry("last-rows 18400 ", "the last 1000 rows"),
            Map.entry("last-time 18400 ", "the rows within time(2s)"),
            Map.entry("tumbling 150000 ", "the open panes: one that the watermark has passed is gone"),
            Map.entry("hopping 75400 ", "the open panes: one that the watermark has passed is gone"),
            Map.entry("session 210 ", "the open panes: one that the watermark has passed is gone"),
            Map.entry("interval-join 1499900 ", "the right rows within the interval"),
            Map.entry("in-order 1500000 ", "the rows that the watermark has not reached"),
            Map.entry("recent-distinct 1500000 ", "the last 1000 keys"));

    @TempDir
    Path folder;

    @Test
    void boundedPlansNeedNoMoreThanTheirBound() throws Exception {
        Path out = folder.resolve("out");
        Path error = folder.resolve("error");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        int code = new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BoundedProgram.class.getName(),
                        String.valueOf(ROWS))
                .redirectOutput(out.toFile())
                .redirectError(error.toFile())
                .start()
                .waitFor();
        assertThat(code).as(Files.readString(error)).isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSameSizeAs(PLANS.keySet());
        PLANS.forEach((start, bound) -> assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith(start).contains(bound)));
    }
}

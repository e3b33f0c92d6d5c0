package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.blackbox.soak.SoakProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tail job at 70 % of what it can, in a heap of 256 MB: what it holds does not grow, and no row is lost. Some seconds in the gate, three
 * minutes at night, and as long as {@code -Dstreamz.soak=SECONDS} says.
 */
@Timeout(value = 4000, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SoakTest {
    private static final int SECONDS =
            Integer.getInteger("streamz.soak", Integer.getInteger("streamz.tries", 0) > 0 ? 180 : 15);
    /** Over so short a time one buffer more or less would be a slope. */
    private static final boolean SLOPE = SECONDS >= 120;

    @TempDir
    Path folder;

    @Test
    void nothingGrows() throws Exception {
        Path out = SECONDS > 180 ? Project.root().resolve("blackbox/target/soak.txt") : folder.resolve("out");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SoakProgram.class.getName(),
                        folder.toString(),
                        Integer.toString(SECONDS))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        int code = program.waitFor();
        String said = Files.readString(out);
        assertThat(code).as(said).isZero();
        Map<String, String> report = said.lines()
                .filter(line -> line.matches("[a-z]+: .*"))
                .collect(Collectors.toMap(line -> line.split(": ", 2)[0], line -> line.split(": ", 2)[1]));
        assertThat(pair(report.get("rows"), " of "))
                .as(said)
                .matches(rows -> rows.get(0).equals(rows.get(1)));
        assertThat(report.get("left")).as(said).isEqualTo("0 bytes, 0 threads");
        List<Long> heap = pair(report.get("heap"), " then ");
        assertThat(heap.get(1)).as(said).isLessThan(heap.get(0) + (4 << 20));
        if (SLOPE) {
            assertThat(Double.parseDouble(report.get("slope").split(" ", -1)[0]))
                    .as(said)
                    .isLessThan(1.0);
        }
        for (String kind : List.of("threads", "files")) {
            List<Long> count = pair(report.get(kind), " then ");
            assertThat(count.get(1)).as(kind + "\n" + said).isLessThanOrEqualTo(count.get(0) + 3);
        }
        List<Long> vectors = pair(report.get("vectors"), " then ");
        assertThat(vectors.get(0)).as(said).isPositive();
        assertThat(vectors.get(1)).as(said).isLessThanOrEqualTo(2 * vectors.get(0));
    }

    private static List<Long> pair(String text, String between) {
        return List.of(text.split(between, -1)).stream().map(Long::parseLong).toList();
    }
}

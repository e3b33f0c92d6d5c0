package io.streamz.benchmarks.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FlatCostsTest {
    @Test
    void bothTablesHaveAFigureForEachSize() {
        var out = new ByteArrayOutputStream();

        new FlatCosts(new PrintStream(out, true, StandardCharsets.UTF_8), new int[] {10, 1000}, new int[] {1000}, 1)
                .run();

        String number = " \\d+\\.\\d ";
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .filteredOn(line -> line.matches("\\| (sum|std|max|median) \\|" + number + "\\|" + number + "\\|"))
                .hasSize(4);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .filteredOn(line -> line.matches("\\| rows of .* \\|" + number + "\\|"))
                .hasSize(2);
    }
}

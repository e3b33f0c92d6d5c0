package io.streamz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows as the answer: as they come, limited, sorted, as a table. */
final class TailRowsTest {
    private static final String DAYS = "d,t,x,ok,p\n2026-01-02,a,1.5,true,1.10\n2026-01-01,,-0.0,false,2.20\n,b,,,\n";

    @Test
    void everyTypeComesOutAsItCameIn() {
        assertThat(run(DAYS, "--types", "p:decimal(5,2)")).isEqualTo(DAYS);
    }

    @Test
    void aLimitCutsInsideOfABatch() {
        assertThat(run(DAYS, "--limit", "2"))
                .isEqualTo("d,t,x,ok,p\n2026-01-02,a,1.5,true,1.1\n2026-01-01,,-0.0,false,2.2\n");
        assertThat(run(DAYS, "--limit", "0")).isEqualTo("d,t,x,ok,p\n");
    }

    @Test
    void sortsByEveryType() {
        for (String column : List.of("d", "t", "x", "ok", "p")) {
            assertThat(run(DAYS, "--types", "p:decimal(5,2)", "--order-by", column))
                    .startsWith("d,t,x,ok,p\n");
        }
        assertThat(run(DAYS, "--order-by", "d"))
                .isEqualTo("d,t,x,ok,p\n2026-01-01,,-0.0,false,2.2\n2026-01-02,a,1.5,true,1.1\n,b,,,\n");
    }

    @Test
    void rowsAsATable() {
        assertThat(run(DAYS, "--output", "table", "--limit", "1"))
                .startsWith("shape: (1, 5)\n")
                .contains("│ 2026-01-02 ┆ a");
    }

    /** More rows than are held at a time: the best of each portion meet the best of the next. */
    @Test
    void theFirstOfManyByOrder() {
        long seed = 20260101;
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder("n,name,maybe\n");
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 450_000; i++) {
            int value = random.nextInt(1_000_000);
            String maybe = random.nextBoolean() ? "" : Integer.toString(i);
            rows.add(value + ",row" + i + "," + maybe);
            csv.append(rows.get(i)).append('\n');
        }
        rows.sort(Comparator.comparingInt((String row) -> Integer.parseInt(row.substring(0, row.indexOf(','))))
                .reversed());
        assertThat(run(csv.toString(), "--order-by", "n desc", "--limit", "1000"))
                .as("seed %d", seed)
                .isEqualTo("n,name,maybe\n" + String.join("\n", rows.subList(0, 1000)) + "\n");
    }

    @Test
    void aConditionSeesTheColumnsOfTheFileFirst() {
        String numbers = IntStream.range(0, 10).mapToObj(n -> n + "\n").reduce("n\n", String::concat);
        assertThat(run(numbers, "--assign", "n=n * 10", "--where", "n > 7")).isEqualTo("n\n80\n90\n");
        assertThat(run(numbers, "--assign", "m=n * 10", "--where", "m > 70")).isEqualTo("n,m\n8,80\n9,90\n");
        assertThat(run(numbers, "--assign", "`a = b`=n + 1", "--assign", "c=`a = b` * 2", "--where", "n = 1"))
                .isEqualTo("n,a = b,c\n1,2,4\n");
    }

    private static String run(String csv, String... options) {
        List<String> args = new ArrayList<>(List.of("tail", "-"));
        args.addAll(List.of(options));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args.toArray(String[]::new),
                new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(code).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }
}

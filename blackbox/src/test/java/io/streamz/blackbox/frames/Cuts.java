package io.streamz.blackbox.frames;

import static io.streamz.test.Tables.rowsCut;
import static io.streamz.test.Tables.runCut;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.frames.LiveTable;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.test.TableBuilder;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

/** Random cuts of rows into batches, and tables as text in which every bit of a double shows. */
final class Cuts {
    private Cuts() {}

    /** The numbers of the rows that begin a batch: few or many, empty batches among them. */
    static int[] of(Random random, int rows) {
        int count = random.nextInt(3) == 0 ? rows : random.nextInt(20);
        return random.ints(count, 0, rows + 1).sorted().toArray();
    }

    /** Holds that a plan gives the same rows however they were cut. */
    static void never(String name, TableBuilder rows, int size, long seed, Function<StreamFrame, StreamFrame> plan) {
        String whole = exact(rowsCut(rows, plan));
        Random random = new Random(seed);
        for (int i = 0; i < tries(); i++) {
            int[] cuts = of(random, size);
            assertThat(exact(rowsCut(rows, plan, cuts)))
                    .as("%s, seed %d, cut at %s", name, seed, Arrays.toString(cuts))
                    .isEqualTo(whole);
        }
    }

    /** Holds that a plan gives the same table however rows were cut. */
    static void neverInTables(
            String name, TableBuilder rows, int size, long seed, Function<StreamFrame, LiveTable> plan) {
        String whole = exact(runCut(rows, plan));
        Random random = new Random(seed);
        for (int i = 0; i < tries(); i++) {
            int[] cuts = of(random, size);
            assertThat(exact(runCut(rows, plan, cuts)))
                    .as("%s, seed %d, cut at %s", name, seed, Arrays.toString(cuts))
                    .isEqualTo(whole);
        }
    }

    private static int tries() {
        return Math.max(60, Integer.getInteger("streamz.tries", 60));
    }

    /** All cells, doubles by their bits. */
    static String exact(Table table) {
        StringBuilder text = new StringBuilder(table.schema().toString()).append('\n');
        table.toRows().forEach(row -> {
            for (int column = 0; column < table.schema().size(); column++) {
                Object value = row.value(column);
                text.append(
                                value instanceof Double number
                                        ? Long.toHexString(Double.doubleToRawLongBits(number))
                                        : value)
                        .append(column == table.schema().size() - 1 ? '\n' : ' ');
            }
        });
        return text.toString();
    }
}

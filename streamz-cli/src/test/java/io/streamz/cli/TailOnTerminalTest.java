package io.streamz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a run draws on a terminal. */
final class TailOnTerminalTest {
    private static final int LINES = 12;
    private static final int COLUMNS = 20;
    private static final int BLOCKS = 5_000;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void drawsTheTableInPlaceAndThenTheAnswer() {
        run(new Terminal(LINES, COLUMNS, true), "--group-by", "k", "--agg", "sum(v) as a_total_with_a_long_name");
        String[] drawings = text(out).split("\u001b\\[\\d+A\u001b\\[J", -1);
        assertThat(drawings).hasSizeGreaterThan(2);
        for (int i = 0; i < drawings.length - 1; i++) {
            assertThat(drawings[i].lines()).hasSizeLessThan(LINES).allMatch(line -> line.length() <= COLUMNS);
        }
        assertThat(drawings[drawings.length - 1]).contains("shape: (50, 2)", "key49", "a_total_with_a_long_name");
        assertThat(text(err)).contains(" rows/s, ", " MB/s").endsWith("\r\u001b[K");
    }

    @Test
    void drawsNoTableWhereOnlyStandardErrorIsATerminal() {
        run(new Terminal(0, 0, true), "--group-by", "k", "--agg", "sum(v)", "--limit", "1", "--output", "csv");
        assertThat(text(out)).isEqualTo("k,v_sum\nkey0,10000\n");
        assertThat(text(err)).contains(" rows/s").endsWith("\r\u001b[K");
    }

    @Test
    void rowsRunOverTheTerminalUndisturbed() {
        run(new Terminal(LINES, COLUMNS, true), "--where", "v > 100", "--output", "csv");
        assertThat(text(out)).isEqualTo("k,v\n");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void drawsNothingWithoutATerminal() {
        run(Terminal.NONE, "--group-by", "k", "--agg", "sum(v)", "--limit", "1", "--output", "csv");
        assertThat(text(out)).isEqualTo("k,v_sum\nkey0,10000\n");
        assertThat(text(err)).isEmpty();
    }

    private void run(Terminal terminal, String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "tail";
        args[1] = "-";
        System.arraycopy(options, 0, args, 2, options.length);
        PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8);
        AtomicLong clock = new AtomicLong();
        Console console = new Console(new SlowRows(clock), out, messages, terminal, clock::get);
        assertThat(Main.run(args, console)).isZero();
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    /** Rows of fifty keys, read in pieces, each of which takes a second. */
    private static final class SlowRows extends InputStream {
        private static final int PIECE = 1 << 15;

        private final byte[] rows;
        private final AtomicLong clock;
        private int given;

        SlowRows(AtomicLong clock) {
            String block =
                    IntStream.range(0, 50).mapToObj(key -> "key" + key + ",2\n").collect(Collectors.joining());
            this.rows = ("k,v\n" + block.repeat(BLOCKS)).getBytes(StandardCharsets.UTF_8);
            this.clock = clock;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("one byte at a time");
        }

        @Override
        public int read(byte[] into, int at, int length) {
            clock.addAndGet(1_000_000_000);
            int count = Math.min(Math.min(length, PIECE), rows.length - given);
            System.arraycopy(rows, given, into, at, count);
            given += count;
            return count == 0 ? -1 : count;
        }
    }
}

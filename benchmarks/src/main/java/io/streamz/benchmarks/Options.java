package io.streamz.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the command line asks for.
 *
 * @param rows how many rows the data has, before a row's own share
 * @param rounds how often each contestant is measured
 * @param warmUpNanos how long each runs before that
 * @param rowNanos after how long no further round begins
 * @param names the beginnings of the names of the rows to run; empty for all
 * @param without the peers to leave out
 * @param folder where data is made
 * @param polars where npm has put Polars
 * @param markdown where to write the table, or null
 */
record Options(
        int rows,
        int rounds,
        long warmUpNanos,
        long rowNanos,
        List<String> names,
        List<String> without,
        Path folder,
        Path polars,
        Path markdown,
        boolean list) {
    static final String USAGE = """
            usage: benchmarks/run [ROW...] [options]      a ROW is a name of --list, or how some names begin
              --list             name the rows
              --rows N           rows of data (default 4m)
              --rounds N         measurements of each contestant (default 7)
              --seconds N        begin no further round of a row after so many seconds (default 8; there are at least 3)
              --without PEER     leave a peer out, such as polars; may be repeated
              --markdown FILE    write the table there as well
              --work FOLDER      where data is made (default target/race)
              --polars FOLDER    where npm has put nodejs-polars (default target/polars)
            """;

    /**
     * @throws IllegalArgumentException when there is no such option, or a value is missing
     */
    static Options of(String... arguments) {
        var parsed = new Parser();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--list")) {
                parsed.list = true;
            } else if (!argument.startsWith("--")) {
                parsed.names.add(argument);
            } else if (++i == arguments.length) {
                throw new IllegalArgumentException(argument + " needs a value");
            } else {
                parsed.set(argument, arguments[i]);
            }
        }
        return parsed.options();
    }

    boolean wants(Row row) {
        return names.isEmpty() || names.stream().anyMatch(row.name()::startsWith);
    }

    boolean wants(Peer peer) {
        return !without.contains(peer.name().toLowerCase(Locale.ROOT));
    }

    private static final class Parser {
        private int rows = 4_000_000;
        private int rounds = 7;
        private Duration rowTime = Duration.ofSeconds(8);
        private final List<String> names = new ArrayList<>();
        private final List<String> without = new ArrayList<>();
        private Path folder = Path.of("target/race");
        private Path polars = Path.of("target/polars");
        private Path markdown;
        private boolean list;

        void set(String option, String value) {
            switch (option) {
                case "--rows" -> rows = count(value);
                case "--rounds" -> rounds = count(value);
                case "--seconds" -> rowTime = Duration.ofSeconds(count(value));
                case "--without" -> without.add(value.toLowerCase(Locale.ROOT));
                case "--work" -> folder = Path.of(value);
                case "--polars" -> polars = Path.of(value);
                case "--markdown" -> markdown = Path.of(value);
                default -> throw new IllegalArgumentException("no option " + option);
            }
        }

        /** A positive number; {@code k} and {@code m} stand for thousands and millions. */
        private static int count(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            int unit = lower.endsWith("m") ? 1_000_000 : lower.endsWith("k") ? 1_000 : 1;
            int count = Math.multiplyExact(
                    Integer.parseInt(unit == 1 ? lower : lower.substring(0, lower.length() - 1)), unit);
            if (count < 1) {
                throw new IllegalArgumentException(text + " is not positive");
            }
            return count;
        }

        Options options() {
            long warmUp = rounds == 1 ? 0 : Duration.ofMillis(700).toNanos();
            return new Options(rows, rounds, warmUp, rowTime.toNanos(), names, without, folder, polars, markdown, list);
        }
    }
}

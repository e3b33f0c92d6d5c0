package io.streamz.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Runs rows of the table, prints each as it is done, and at the end writes all of them where asked. */
public final class Main {
    private static final long SEED = 20_260_105;

    private Main() {}

    /**
     * Exits with 0 when everything has run, 1 when contestants disagree about an answer, 2 when the arguments make no sense. A
     * missed target is no failure: the table says so.
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            Options options = Options.of(arguments);
            if (options.list()) {
                Rows.ALL.forEach(row -> out.printf("%-18s %s%n", row.name(), row.title()));
            } else {
                run(options, out);
            }
        } catch (Race.WrongAnswer e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
        }
    }

    /** Runs what the options ask for, and gives the table. */
    static Report run(Options options, PrintStream out) throws Exception {
        List<Peer> peers = peers(options, out);
        Report report = new Report();
        try (BufferAllocator allocator = new RootAllocator()) {
            Race race = new Race(options, peers);
            for (Row row : Rows.ALL) {
                if (options.wants(row)) {
                    run(row, race, allocator, options, report, out);
                    write(options, Machine.describe(peers) + report.markdown());
                }
            }
        }
        return report;
    }

    private static void run(
            Row row, Race race, BufferAllocator allocator, Options options, Report report, PrintStream out)
            throws Exception {
        int rows = row.rows(options.rows());
        try (Data data = new Data(allocator, options.folder(), row.columns(), rows, SEED)) {
            race.run(row, data)
                    .ifPresentOrElse(
                            result -> out.println(report.add(result)),
                            () -> out.println(row.name() + ": not there yet\n"));
        }
    }

    /** After each row, so that a run that is broken off leaves what it has. */
    private static void write(Options options, String table) throws IOException {
        if (options.markdown() != null) {
            Files.writeString(options.markdown(), table);
        }
    }

    private static List<Peer> peers(Options options, PrintStream out) {
        Polars polars = new Polars(options.polars());
        List<Peer> peers = new ArrayList<>(List.of(
                new Streamz(), new DuckDb(), polars, new Tablesaw(), new Dflib(), new JavaStreams(), new PlainLoop()));
        peers.removeIf(peer -> !(peer instanceof Streamz) && !options.wants(peer));
        if (peers.contains(polars) && !polars.isThere()) {
            out.println("no Polars: " + options.polars() + " holds no nodejs-polars; benchmarks/run puts it there\n");
            peers.remove(polars);
        }
        return peers;
    }
}

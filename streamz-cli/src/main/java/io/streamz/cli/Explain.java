package io.streamz.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;

/** {@code streamz explain}: what {@code streamz tail} with the same options would do. It reads the columns and runs nothing. */
@Command(
        name = "explain",
        description =
                "Tells what tail with the same options would do: its steps, the state that each keeps and what bounds it,"
                        + " the columns of the answer. Runs nothing; only the columns of the file are looked at.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Names with blanks: see streamz tail --help.",
            "Example: streamz explain trades.csv --group-by symbol --agg \"count(), sum(qty)\""
        })
final class Explain extends Tail {
    Explain(Console console) {
        super(console);
    }

    @Override
    void run(TailJob job) throws IOException {
        OutputStream out = console().out();
        out.write((job.explain() + options(job.fitting())).getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private String parts() {
        if (partRows == null && partEvery == null) {
            return "a part for each checkpoint";
        }
        return "in parts of"
                + (partRows == null ? "" : " " + partRows + " rows or more")
                + (partRows == null || partEvery == null ? "" : ", or of")
                + (partEvery == null ? "" : " the rows of " + partEvery);
    }

    private String options(String fitting) {
        StringBuilder text = new StringBuilder("answer: ");
        text.append(givesTable() || holdsRows() ? "at the end" : "row by row");
        if (orderBy != null) {
            text.append(", sorted by ").append(orderBy);
        }
        if (limit != null) {
            text.append(", the first ").append(limit).append(limit == 1 ? " row" : " rows");
        }
        text.append(", as ").append(form()).append(" to ").append(outText == null ? "standard output" : outText);
        text.append(isInParts() ? ", " + parts() + "\n" : "\n");
        text.append("reads: ").append(isPiped() ? "standard input" : path);
        text.append(follow ? ", and every " + every() + " what has come\n" : ", to its end\n");
        text.append("bad rows: ").append(onBadRow).append('\n');
        text.append("memory: ").append(memory == null ? "half of the heap" : memory);
        text.append(" at most for what the steps keep\n");
        if (checkpoint != null) {
            text.append("state: saved in ")
                    .append(checkpoint)
                    .append(" every ")
                    .append(every())
                    .append('\n')
                    .append(fitting);
        }
        return text.toString();
    }
}

package io.streamz.cli;

import io.streamz.cli.Tail.Form;
import io.streamz.frames.ArrowIpc;
import io.streamz.frames.CsvOut;
import io.streamz.frames.FileOut;
import io.streamz.frames.FrameSink;
import io.streamz.frames.Ndjson;
import io.streamz.frames.Parts;
import io.streamz.frames.Table;
import io.streamz.parquet.Parquet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Where the answer goes, in the form that was asked for: standard output, a file that appears whole, or the parts of a folder. */
final class Answer {
    private final Form form;
    private final Path place;
    private final boolean inParts;
    private final Long partRows;
    private final String partEvery;
    private final OutputStream standard;

    Answer(Tail asked, Console console) {
        this.form = asked.form();
        this.place = asked.out;
        this.inParts = asked.isInParts();
        this.partRows = asked.partRows;
        this.partEvery = asked.partEvery;
        this.standard = new StandardOutput(console.out());
    }

    /** Takes rows as they come. */
    FrameSink rows() {
        return place == null ? stream() : inParts ? parts() : file();
    }

    /** Takes a table at once. */
    FrameSink whole() {
        return place == null ? stream() : file();
    }

    /** Lets go what waits for more on its way to standard output. */
    void flush() throws IOException {
        standard.flush();
    }

    private FrameSink stream() {
        return switch (form) {
            case table -> FileOut.to(standard, new PrintedTable());
            case csv -> CsvOut.to(standard);
            case tsv -> CsvOut.to(standard, '\t');
            case ndjson -> Ndjson.to(standard);
            case parquet -> Parquet.to(standard);
            // A file says at its end where its batches are; a pipe is read as it comes.
            case arrow -> ArrowIpc.to(standard);
        };
    }

    private FrameSink file() {
        return switch (form) {
            case table -> FileOut.to(place, new PrintedTable());
            case csv -> CsvOut.to(place);
            case tsv -> CsvOut.to(place, '\t');
            case ndjson -> Ndjson.to(place);
            case parquet -> Parquet.to(place);
            case arrow -> ArrowIpc.to(place);
        };
    }

    private FrameSink parts() {
        Parts parts = switch (form) {
            case csv, table -> CsvOut.parts(place);
            case tsv -> CsvOut.parts(place, '\t');
            case ndjson -> Ndjson.parts(place);
            case parquet -> Parquet.parts(place);
            case arrow -> ArrowIpc.parts(place);
        };
        parts = partRows == null ? parts : parts.rows(partRows);
        if (partEvery == null) {
            return parts;
        }
        Parts before = parts;
        return UsageException.asTime("--part-every", () -> before.every(partEvery));
    }

    /** Gives a table. */
    static void give(Table table, FrameSink sink, Runnable check) throws IOException {
        try {
            sink.open(table.schema());
            sink.write(Held.batch(table));
            check.run();
            sink.end();
        } finally {
            sink.close();
        }
    }
}

package io.streamz.frames.internal.text;

import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.Csv;
import io.streamz.frames.CsvOf;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** Reads CSV text to the end and shows its rows: values joined by {@code |}, null as {@code -}. */
final class CsvRows {
    private CsvRows() {}

    static Csv csv(String text) {
        return csv(text.getBytes(StandardCharsets.UTF_8));
    }

    static Csv csv(byte[] bytes) {
        return Csv.read(new ByteArrayInputStream(bytes), "test.csv");
    }

    /** The same bytes in reads of random lengths. */
    static Csv cut(byte[] bytes, Random random) {
        return CsvOf.origin(new CutOrigin(bytes, random), "test.csv");
    }

    static List<String> rows(Csv csv) {
        List<String> rows = new ArrayList<>();
        drain(csv, rows);
        return rows;
    }

    /** Adds the rows to a list until the end, or until the reader throws. */
    static void drain(Csv csv, List<String> rows) {
        try (Closing<Source<RecordBatch>> source = new Closing<>(csv.open(column -> true))) {
            drain(source.value(), csv.schema(), rows);
        }
    }

    static void drain(Source<RecordBatch> source, Schema schema, List<String> rows) {
        drain(source, batch -> add(batch, schema, rows));
    }

    /** Gives all batches until the end. */
    static void batches(Csv csv, Consumer<RecordBatch> to) {
        try (Closing<Source<RecordBatch>> source = new Closing<>(csv.open(column -> true))) {
            drain(source.value(), to);
        }
    }

    private static void drain(Source<RecordBatch> source, Consumer<RecordBatch> to) {
        Progress progress;
        do {
            try {
                progress = source.poll(to::accept);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        } while (progress != Progress.END);
    }

    static void add(RecordBatch batch, Schema schema, List<String> rows) {
        CellText cells = new CellText();
        for (int row = 0; row < batch.rows(); row++) {
            StringJoiner line = new StringJoiner("|");
            for (int column = 0; column < schema.size(); column++) {
                String text = cells.text(schema.type(column), batch.lane(column), row);
                line.add(text == null ? "-" : text);
            }
            rows.add(line.toString());
        }
    }

    private record Closing<S extends Source<?>>(S value) implements AutoCloseable {
        @Override
        public void close() {
            value.close();
        }
    }
}

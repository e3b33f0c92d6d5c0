package io.streamz.frames.internal.text;

import io.streamz.core.Source;
import io.streamz.frames.FrameSource;
import io.streamz.frames.RecordBatch;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads text of any format to the end and shows its rows as {@link CsvRows} does. */
final class TextRows {
    private TextRows() {}

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> rows(FrameSource from) {
        List<String> rows = new ArrayList<>();
        drain(from, rows);
        return rows;
    }

    /** Adds the rows to a list until the end, or until the reader throws. */
    static void drain(FrameSource from, List<String> rows) {
        Source<RecordBatch> source = from.open(column -> true);
        try {
            CsvRows.drain(source, from.schema(), rows);
        } finally {
            source.close();
        }
    }
}

package io.streamz.frames.internal.csv;

import io.streamz.frames.BadRows;
import io.streamz.frames.CsvProgress;
import io.streamz.frames.Reject;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a CSV file is to be read.
 *
 * @param name the file as messages call it
 * @param declared the columns whose types are declared, in the order they were
 * @param nullWords the words that mean null
 * @param badRows what becomes of rows that cannot be read
 * @param onReject is told of each row that is left out
 * @param onProgress is told after each batch
 */
public record CsvSettings(
        String name,
        List<DeclaredType> declared,
        List<String> nullWords,
        BadRows badRows,
        Limits limits,
        Consumer<Reject> onReject,
        Consumer<CsvProgress> onProgress) {
    public CsvSettings {
        declared = List.copyOf(declared);
        nullWords = List.copyOf(nullWords);
    }

    /** The declaration for a column, or null. */
    DeclaredType declaration(String column) {
        for (DeclaredType type : declared) {
            if (type.column().equals(column)) {
                return type;
            }
        }
        return null;
    }
}

package io.streamz.frames.internal.text;

import io.streamz.frames.BadRows;
import io.streamz.frames.CsvProgress;
import io.streamz.frames.Drift;
import io.streamz.frames.Reject;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a file of text is to be read.
 *
 * @param format what sets its text apart from other text
 * @param name the file as messages call it
 * @param declared the columns whose types are declared, in the order they were
 * @param nullWords the words that mean null
 * @param badRows what becomes of rows that cannot be read
 * @param drift what becomes of files with other columns
 * @param every how often a file that is followed is looked at
 * @param replays whether a stream gives the same bytes again after a restart
 * @param onReject is told of each row that is left out
 * @param onProgress is told after each batch
 */
public record CsvSettings(
        TextFormat format,
        String name,
        List<DeclaredType> declared,
        List<String> nullWords,
        BadRows badRows,
        Drift drift,
        Duration every,
        boolean replays,
        Limits limits,
        Consumer<Reject> onReject,
        Consumer<CsvProgress> onProgress) {
    private static final Duration USUAL = Duration.ofSeconds(1);

    public CsvSettings {
        declared = List.copyOf(declared);
        nullWords = List.copyOf(nullWords);
    }

    /** The usual ones. */
    public static CsvSettings of(String name, TextFormat format) {
        return new CsvSettings(
                format,
                name,
                List.of(),
                List.of(),
                BadRows.FAIL,
                Drift.FAIL,
                USUAL,
                false,
                Limits.DEFAULT,
                reject -> {},
                progress -> {});
    }

    /** The same for one file of several. */
    CsvSettings named(String file) {
        return new CsvSettings(
                format, file, declared, nullWords, badRows, drift, every, replays, limits, onReject, onProgress);
    }

    public CsvSettings format(TextFormat other) {
        return new CsvSettings(
                other, name, declared, nullWords, badRows, drift, every, replays, limits, onReject, onProgress);
    }

    public CsvSettings declared(List<DeclaredType> types) {
        return new CsvSettings(
                format, name, types, nullWords, badRows, drift, every, replays, limits, onReject, onProgress);
    }

    public CsvSettings nullWords(List<String> words) {
        return new CsvSettings(
                format, name, declared, words, badRows, drift, every, replays, limits, onReject, onProgress);
    }

    public CsvSettings badRows(BadRows policy) {
        return new CsvSettings(
                format, name, declared, nullWords, policy, drift, every, replays, limits, onReject, onProgress);
    }

    public CsvSettings drift(Drift policy) {
        return new CsvSettings(
                format, name, declared, nullWords, badRows, policy, every, replays, limits, onReject, onProgress);
    }

    public CsvSettings every(Duration time) {
        return new CsvSettings(
                format, name, declared, nullWords, badRows, drift, time, replays, limits, onReject, onProgress);
    }

    public CsvSettings replayed() {
        return new CsvSettings(
                format, name, declared, nullWords, badRows, drift, every, true, limits, onReject, onProgress);
    }

    public CsvSettings onReject(Consumer<Reject> listener) {
        return new CsvSettings(
                format, name, declared, nullWords, badRows, drift, every, replays, limits, listener, onProgress);
    }

    public CsvSettings onProgress(Consumer<CsvProgress> listener) {
        return new CsvSettings(
                format, name, declared, nullWords, badRows, drift, every, replays, limits, onReject, listener);
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

package io.streamz.core;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** Writes each item as text, in UTF-8, followed by an end of line; the file is complete when the node is closed. */
final class TextFileOperator<T> implements Operator<T, T> {
    private final Path path;
    private final String end;
    private final OpenOption[] options;
    private BufferedWriter writer;

    TextFileOperator(Path path, String end, OpenOption... options) {
        this.path = path;
        this.end = end;
        this.options = options.clone();
    }

    @Override
    public void open(OperatorContext context) {
        try {
            writer = Files.newBufferedWriter(path, StandardCharsets.UTF_8, options);
        } catch (IOException e) {
            throw new DataException("file-open", path.toString(), "cannot write to " + path + ": " + e, "", e);
        }
    }

    @Override
    public void onNext(T item, Output<? super T> out) throws IOException {
        writer.write(String.valueOf(item));
        writer.write(end);
    }

    @Override
    public void onEnd(Output<? super T> out) throws IOException {
        writer.flush();
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

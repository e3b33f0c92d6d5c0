package io.streamz.core;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Emits the files of a directory that it has not seen. It remembers those that are there now, and no others. */
final class DirectorySource implements Source<Path> {
    private final Path directory;
    private final String glob;
    private final Duration interval;
    private Set<Path> seen = Set.of();

    DirectorySource(Path directory, String glob, Duration interval) {
        this.directory = directory;
        this.glob = glob;
        this.interval = interval;
    }

    @Override
    public Progress poll(Output<? super Path> out) throws IOException {
        var now = new TreeSet<Path>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    now.add(file);
                }
            }
        } catch (IOException e) {
            throw new DataException("no-directory", directory.toString(), "cannot list " + directory + ": " + e, "", e);
        }
        Set<Path> before = seen;
        seen = new HashSet<>(now);
        for (Path file : now) {
            if (!before.contains(file)) {
                out.emit(file);
            }
        }
        return Progress.idle(interval);
    }
}

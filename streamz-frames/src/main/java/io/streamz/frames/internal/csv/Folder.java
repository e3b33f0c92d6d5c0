package io.streamz.frames.internal.csv;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The files of a directory, by name: all that end in {@code .csv} or {@code .csv.gz}, or those whose names match a pattern
 * ({@code *}, {@code ?}, {@code [a-z]}, {@code {a,b}}). Hidden files never belong to it.
 */
final class Folder {
    private final Path directory;
    private final PathMatcher matcher;

    private Folder(Path directory, PathMatcher matcher) {
        this.directory = directory;
        this.matcher = matcher;
    }

    /** The files that a path stands for, or null where it stands for one file. */
    static Folder of(Path path) {
        if (Files.isDirectory(path)) {
            return new Folder(path, Folder::isCsv);
        }
        String name = String.valueOf(path.getFileName());
        boolean isPattern = name.chars().anyMatch(letter -> "*?[{".indexOf(letter) >= 0);
        if (!isPattern || Files.exists(path)) {
            return null;
        }
        Path parent = path.getParent();
        return new Folder(
                parent == null ? Path.of("") : parent, FileSystems.getDefault().getPathMatcher("glob:" + name));
    }

    private static boolean isCsv(Path name) {
        String text = name.toString().toLowerCase(Locale.ROOT);
        return text.endsWith(".csv") || text.endsWith(".csv.gz");
    }

    /** The files that are there now. */
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                Path name = path.getFileName();
                if (!name.toString().startsWith(".") && matcher.matches(name) && Files.isRegularFile(path)) {
                    files.add(path);
                }
            }
        } catch (NoSuchFileException e) {
            return files;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        files.sort(Comparator.comparing(path -> path.getFileName().toString()));
        return files;
    }
}

package io.streamz.frames.internal.text;

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
import java.util.function.Predicate;

/**
 * The files of a directory, by name: all that are named like files of a format, or those whose names match a pattern
 * ({@code *}, {@code ?}, {@code [a-z]}, {@code {a,b}}). Hidden files never belong to it.
 */
public final class Folder {
    private final Path directory;
    private final PathMatcher matcher;

    private Folder(Path directory, PathMatcher matcher) {
        this.directory = directory;
        this.matcher = matcher;
    }

    /**
     * The files that a path stands for, or null where it stands for one file.
     *
     * @param isNamed whether a file of a directory belongs to it, by its name in lower case
     */
    public static Folder of(Path path, Predicate<String> isNamed) {
        if (Files.isDirectory(path)) {
            return new Folder(path, name -> isNamed.test(name.toString().toLowerCase(Locale.ROOT)));
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

    /** The files that are there now. */
    public List<Path> files() throws IOException {
        return files(true);
    }

    /** The files beside them, which are not of the folder. */
    List<Path> others() throws IOException {
        return files(false);
    }

    /** Whether a file in the directory is one of the folder, by its name. */
    boolean has(Path file) {
        Path name = file.getFileName();
        return !name.toString().startsWith(".") && matcher.matches(name);
    }

    private List<Path> files(boolean matched) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                Path name = path.getFileName();
                if (!name.toString().startsWith(".") && has(path) == matched && Files.isRegularFile(path)) {
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

package io.streamz.frames.internal.text;

import io.streamz.core.Position;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files beside a followed one into which it was rotated: those named like it with a number or a date added, such as
 * {@code app.csv.1}, {@code app.csv-20261123.gz} or {@code app-2026-11-23.csv}.
 */
final class Siblings {
    private static final Comparator<Sibling> OLDEST_FIRST = Comparator.comparing(
                    (Sibling sibling) -> sibling.stamp.modified())
            .thenComparing(Comparator.comparingLong(Sibling::number).reversed())
            .thenComparing(Sibling::name);

    private final Path file;
    private final Pattern rotated;

    Siblings(Path file) {
        this.file = file;
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = Pattern.quote(dot > 0 ? name.substring(0, dot) : name);
        String ending = Pattern.quote(dot > 0 ? name.substring(dot) : "");
        String when = "[._-](\\d[\\dT:._-]*)";
        String numbered = stem + ending + when + "|" + stem + when + ending;
        this.rotated = Pattern.compile("(?:" + numbered + ")(?:\\.gz|\\.zst)?");
    }

    /**
     * A file beside the followed one.
     *
     * @param number its number, where the largest is the oldest; 0 where it has a date
     */
    private record Sibling(Path path, FileStamp stamp, long number) {
        String name() {
            return path.getFileName().toString();
        }
    }

    /**
     * The file that a position lies in, ready to go on there, or null where there is none any more. Files are renamed while
     * they are looked through, so a file counts as gone only when the names have stood still.
     */
    FileInput find(Position position) throws IOException {
        List<Sibling> siblings = all();
        while (true) {
            FileInput found = find(position, siblings);
            List<Sibling> again = all();
            if (found != null || places(again).equals(places(siblings))) {
                return found != null ? found : copy(again, position);
            }
            siblings = again;
        }
    }

    /** Whether what was found for a position is the packed form of a file that is gone. */
    boolean isPackedAway(FileInput found, Position position) throws IOException {
        String identity = position.text("file");
        FileStamp current = FileStamp.of(file);
        return isPacked(found.path())
                && !found.stamp().identity().equals(identity)
                && (current == null || !current.identity().equals(identity));
    }

    private FileInput find(Position position, List<Sibling> siblings) throws IOException {
        String identity = position.text("file");
        List<Path> places = new ArrayList<>(List.of(file));
        if (position.has("path")) {
            places.add(Path.of(position.text("path")));
        }
        siblings.forEach(sibling -> places.add(sibling.path));
        for (Path place : places) {
            FileStamp stamp = FileStamp.of(place);
            FileInput found = stamp != null && stamp.identity().equals(identity) ? opened(place, position) : null;
            if (found != null && found.stamp().identity().equals(identity)) {
                return found;
            }
            if (found != null) {
                found.close();
            }
        }
        return null;
    }

    private static Map<Path, String> places(List<Sibling> siblings) {
        return siblings.stream().collect(Collectors.toMap(Sibling::path, sibling -> sibling.stamp.identity()));
    }

    /**
     * Opens the file that comes after one that was read to its end: the one that was rotated away unseen, which is then
     * finished, or the followed one. What was opened is looked at again, because names move on between two looks.
     *
     * @param last the stamp of the one that was read, null where none was
     * @param earlier the ends of those that were read before it
     * @throws NoSuchFileException where there is none yet
     */
    FileInput openNext(Position end, FileStamp last, Collection<Position> earlier) throws IOException {
        while (true) {
            Path next = last == null ? null : next(end, last, earlier);
            FileInput opened = openedOrGone(next);
            if (last == null || opened != null && isStill(opened, next, next(end, last, earlier))) {
                if (next != null) {
                    opened.finish();
                }
                return opened;
            }
            if (opened != null) {
                opened.close();
            }
        }
    }

    /** Opens a rotated file, or null where it has just been renamed; the followed one where none is given. */
    private FileInput openedOrGone(Path rotatedAway) throws IOException {
        try {
            return FileInput.follow(rotatedAway == null ? file : rotatedAway);
        } catch (NoSuchFileException e) {
            if (rotatedAway == null) {
                throw e;
            }
            return null;
        }
    }

    private static boolean isStill(FileInput opened, Path next, Path again) throws IOException {
        if (!Objects.equals(next, again)) {
            return false;
        }
        FileStamp now = next == null ? opened.stamp() : FileStamp.of(next);
        return now != null && now.identity().equals(opened.stamp().identity());
    }

    /** The rotated file into which the bytes before a position were copied or packed, with what followed, or null. */
    FileInput copy(Position position) throws IOException {
        return copy(all(), position);
    }

    private FileInput copy(List<Sibling> siblings, Position position) throws IOException {
        if (position.number("offset") == 0) {
            return null;
        }
        for (int i = siblings.size() - 1; i >= 0; i--) {
            Sibling sibling = siblings.get(i);
            // An older one may begin with the same bytes, if those are no more than a header.
            boolean isOlder = sibling.stamp.nanos() < position.number("modified");
            FileInput found = isOlder || !isRotated(sibling.path) ? null : opened(sibling.path, position);
            if (found != null) {
                found.finish();
                return found;
            }
        }
        return null;
    }

    private static FileInput opened(Path path, Position position) throws IOException {
        FileInput input;
        try {
            input = FileInput.follow(path);
        } catch (NoSuchFileException e) {
            return null;
        }
        boolean fits = false;
        try {
            fits = input.goTo(position.number("offset"), position.number("fingerprint"), new Trail());
            if (fits) {
                input.restart();
            }
            return fits ? input : null;
        } catch (IOException e) {
            // Some other, damaged file.
            return null;
        } finally {
            if (!fits) {
                input.close();
            }
        }
    }

    /**
     * The rotated file that was written next after one that was read to its end, or null where there is none: when files are
     * rotated twice between two looks, one is never seen under the followed name.
     *
     * @param end the end of the one that was read
     * @param stamp its stamp, as last seen
     * @param earlier the ends of those that were read before it
     */
    private Path next(Position end, FileStamp stamp, Collection<Position> earlier) throws IOException {
        FileStamp current = FileStamp.of(file);
        List<Sibling> siblings = all();
        int behind = siblings.size();
        boolean isThere = false;
        for (int i = siblings.size() - 1; i >= 0; i--) {
            FileStamp found = siblings.get(i).stamp;
            if (found.identity().equals(stamp.identity())) {
                behind = i + 1;
                isThere = true;
                break;
            }
            behind = found.modified().isAfter(stamp.modified()) ? i : behind;
        }
        for (Sibling sibling : siblings.subList(behind, siblings.size())) {
            boolean isCurrent = current != null && sibling.stamp.identity().equals(current.identity());
            if (!isCurrent
                    && isRotated(sibling.path)
                    && !isCopy(sibling.path, end, isThere)
                    && !isPackedCopy(sibling.path, earlier)) {
                return sibling.path;
            }
        }
        return null;
    }

    private boolean isRotated(Path path) {
        return rotated.matcher(path.getFileName().toString()).matches();
    }

    /**
     * Whether a file is the one that was read, packed: it lies beside its original, or holds exactly the bytes before the end
     * while the original is gone. (Two files of the same rows are two files.)
     */
    private static boolean isCopy(Path path, Position end, boolean isThere) throws IOException {
        String name = path.getFileName().toString();
        if (isPacked(path) && Files.exists(path.resolveSibling(name.substring(0, name.lastIndexOf('.'))))) {
            return true;
        }
        return !isThere && holdsExactly(path, end);
    }

    /** Whether a file is one that was read some time ago, and packed so late that it looks like a newer one. */
    private static boolean isPackedCopy(Path path, Collection<Position> earlier) throws IOException {
        if (isPacked(path)) {
            for (Position end : earlier) {
                if (holdsExactly(path, end)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isPacked(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(".gz") || name.endsWith(".zst");
    }

    /** Whether a file holds the bytes before an end, and no more. */
    private static boolean holdsExactly(Path path, Position end) throws IOException {
        FileInput input = opened(path, end);
        if (input == null) {
            return false;
        }
        try (input) {
            input.finish();
            return input.goTo(end.number("offset"), end.number("fingerprint"), new Trail())
                    && input.read(new byte[1], 0, 1) < 0;
        }
    }

    /** All files of the directory, those that were written first in front. */
    private List<Sibling> all() throws IOException {
        List<Sibling> found = new ArrayList<>();
        Path directory = file.toAbsolutePath().getParent();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                FileStamp stamp = FileStamp.of(path);
                if (stamp != null) {
                    found.add(new Sibling(path, stamp, number(path)));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return found;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(OLDEST_FIRST);
        return found;
    }

    private long number(Path path) {
        var matcher = rotated.matcher(path.getFileName().toString());
        String when = !matcher.matches() ? "" : matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return when.matches("\\d{1,5}") ? Long.parseLong(when) : 0;
    }
}

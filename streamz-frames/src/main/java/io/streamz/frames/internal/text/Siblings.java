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
    FileInput find(Position position, Ends ends) throws IOException {
        List<Sibling> siblings = all();
        while (true) {
            FileInput found = find(position, ends, siblings);
            List<Sibling> again = all();
            if (found != null || places(again).equals(places(siblings))) {
                return found != null ? found : copy(again, position, ends);
            }
            siblings = again;
        }
    }

    private FileInput find(Position position, Ends ends, List<Sibling> siblings) throws IOException {
        String identity = position.text("file");
        List<Path> places = new ArrayList<>(List.of(file));
        boolean isTold =
                position.number("offset") > 0; // else another file may have got the identity of one that is gone
        if (isTold && position.has("path")) {
            places.add(Path.of(position.text("path")));
        }
        siblings.stream().filter(sibling -> isTold).forEach(sibling -> places.add(sibling.path));
        // Who packs a file makes another one, which may get the identity of one that was packed before and is gone.
        boolean wasPacked = position.has("path") && isPacked(Path.of(position.text("path")));
        places.removeIf(place -> isPacked(place) != wasPacked);
        Map<String, Path> present = present(siblings);
        for (Path place : places) {
            FileStamp stamp = FileStamp.of(place);
            // So may a copy of one that was read, put in its place.
            boolean isIt =
                    stamp != null && stamp.identity().equals(identity) && ends.rest(place, stamp, present) != null;
            FileInput found = isIt ? opened(place, position) : null;
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
     * A rotated file that is to be read.
     *
     * @param from where to begin in it
     */
    private record Next(Path path, Position from) {}

    /**
     * A file that is to be read now.
     *
     * @param from where to begin in it
     */
    record Opened(FileInput input, Position from) {}

    /**
     * Opens the file that comes after one that was read to its end: the one that was rotated away unseen, which is then
     * finished, or the followed one. What was opened is looked at again, because names move on between two looks.
     *
     * @param last the stamp of the one that was read
     * @param ends the ends of those that were read, that one among them
     * @throws NoSuchFileException where there is none yet
     */
    Opened openNext(FileStamp last, Ends ends) throws IOException {
        while (true) {
            Next next = next(last, ends);
            FileInput opened = openedOrGone(next);
            if (opened != null && isStill(opened, next, next(last, ends))) {
                if (next != null) {
                    opened.finish();
                }
                return new Opened(opened, next == null ? Position.START : next.from);
            }
            if (opened != null) {
                opened.close();
            }
        }
    }

    /** Opens a rotated file, or null where it has just been renamed; the followed one where none is given. */
    private FileInput openedOrGone(Next rotatedAway) throws IOException {
        try {
            return FileInput.follow(rotatedAway == null ? file : rotatedAway.path);
        } catch (NoSuchFileException e) {
            if (rotatedAway == null) {
                throw e;
            }
            return null;
        }
    }

    private static boolean isStill(FileInput opened, Next next, Next again) throws IOException {
        if (!Objects.equals(next, again)) {
            return false;
        }
        FileStamp now = next == null ? opened.stamp() : FileStamp.of(next.path);
        return now != null && now.identity().equals(opened.stamp().identity());
    }

    /**
     * The rotated file into which the bytes before a position were copied or packed, with what followed, or null. The first one
     * that was made since: those behind it may begin with the same bytes, if those are no more than a header.
     */
    FileInput copy(Position position, Ends ends) throws IOException {
        return copy(all(), position, ends);
    }

    private FileInput copy(List<Sibling> siblings, Position position, Ends ends) throws IOException {
        Map<String, Path> present = present(siblings);
        for (Sibling sibling : position.number("offset") == 0 ? List.<Sibling>of() : siblings) {
            FileInput found = isCandidate(sibling, position) ? opened(sibling.path, position) : null;
            if (found != null && ends.rest(sibling.path, sibling.stamp, present) != null) {
                found.finish();
                return found;
            }
            if (found != null) {
                found.close();
            }
        }
        return null;
    }

    private boolean isCandidate(Sibling sibling, Position position) {
        return isRotated(sibling.path) && sibling.stamp.nanos() >= position.number("modified");
    }

    /**
     * The copy of the followed file that was made before that was cut, where the file of a position still has its name and begins
     * with the bytes that were read, none perhaps, since it was written anew with the same. A copy that is a piece of the file is
     * none: it has not been cut yet.
     */
    FileInput cutAway(Position position, Ends ends) throws IOException {
        FileStamp current = FileStamp.of(file);
        if (current == null || !current.identity().equals(position.text("file"))) {
            return null;
        }
        List<Sibling> siblings = all();
        Map<String, Path> present = present(siblings);
        for (Sibling sibling : siblings) {
            boolean isCopy = isCandidate(sibling, position)
                    && !sibling.stamp.identity().equals(current.identity())
                    && Position.START.equals(ends.rest(sibling.path, sibling.stamp, present));
            FileInput found = isCopy && !isPiece(sibling.path) ? opened(sibling.path, position) : null;
            if (found != null) {
                found.finish();
                return found;
            }
        }
        return null;
    }

    /** Whether the followed file begins with all that is in a file: a copy of it, made before it is cut. */
    private boolean isPiece(Path path) throws IOException {
        Trail trail = new Trail();
        try (FileInput piece = FileInput.follow(path);
                FileInput whole = FileInput.follow(file)) {
            piece.finish();
            piece.readAll(trail);
            return whole.goTo(trail.offset(), trail.fingerprint(), new Trail());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The files that are there, by their identities. */
    private static Map<String, Path> present(List<Sibling> siblings) {
        return siblings.stream()
                .collect(Collectors.toMap(sibling -> sibling.stamp.identity(), Sibling::path, (one, other) -> one));
    }

    /**
     * The rotated files that are there before anything is read; none of them is the job's.
     *
     * @param newest when one of them was written last, in nanoseconds; 0 where there are none
     */
    record Before(Ends ends, long newest) {}

    Before before() throws IOException {
        Ends before = new Ends();
        long newest = 0;
        FileStamp current = FileStamp.of(file);
        for (Sibling sibling : all()) {
            boolean isCurrent = current != null && sibling.stamp.identity().equals(current.identity());
            if (isRotated(sibling.path) && !isCurrent) {
                before.addUnread(sibling.path, sibling.stamp);
                newest = sibling.stamp.nanos();
            }
        }
        return new Before(before, newest);
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
     * The rotated file that is to be read next, or null where there is none: when files are rotated twice between two looks, one is never
     * seen under the followed name. That is the oldest one of which is not known that it need not be read. Times alone do not tell what
     * was read: packing and copying give new ones. Only where there are so many files that old ones may be forgotten, those count as
     * read that were written before the one that was read last.
     *
     * @param last the stamp of that one, as last seen
     * @param ends the ends of those that were read, that one among them
     */
    private Next next(FileStamp last, Ends ends) throws IOException {
        FileStamp current = FileStamp.of(file);
        List<Sibling> siblings =
                all().stream().filter(sibling -> isRotated(sibling.path)).toList();
        boolean mayBeForgotten = siblings.size() > Ends.CERTAIN;
        Map<String, Path> present = present(siblings);
        for (Sibling sibling : siblings) {
            boolean isCurrent = current != null && sibling.stamp.identity().equals(current.identity());
            boolean isOld = mayBeForgotten && sibling.stamp.modified().isBefore(last.modified());
            Position rest = isCurrent || isOld || isBesideOriginal(sibling.path)
                    ? null
                    : ends.rest(sibling.path, sibling.stamp, present);
            if (rest != null && !isPiece(sibling.path)) {
                return new Next(sibling.path, rest);
            }
        }
        return null;
    }

    private boolean isRotated(Path path) {
        return rotated.matcher(path.getFileName().toString()).matches();
    }

    /** Whether a file is packed and its original still there. */
    private static boolean isBesideOriginal(Path path) {
        String name = path.getFileName().toString();
        return isPacked(path) && Files.exists(path.resolveSibling(name.substring(0, name.lastIndexOf('.'))));
    }

    static boolean isPacked(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(".gz") || name.endsWith(".zst");
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

package io.streamz.frames.internal.text;

import io.streamz.core.Position;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How files ended that need not be read: those that were read, and those that lay rotated beside the followed one before anything
 * was. Whatever becomes of them, a later time, a packed form, a copy in their place, each is known again. The newest 128; they
 * are part of the position.
 */
final class Ends {
    private static final int KEPT = 128;

    /** Of so many files none is forgotten, though some are noted more than once: as copies, and as what they were copied from. */
    static final int CERTAIN = KEPT / 4;

    private static final int PIECE = 64 << 10;
    private static final String NAME = "ends";
    /** In place of a number of lines: the file lay there before, and was not read. */
    private static final long UNREAD = -1;

    private final Deque<End> ends = new ArrayDeque<>();

    /**
     * @param file a hash of its identity
     * @param offset its length; as it lies there where it was not read, unpacked where it was
     */
    private record End(int file, long offset, long lines, long fingerprint) {
        static End of(String text) {
            String[] numbers = text.split(" ", -1);
            if (numbers.length
                    == 2) { // of a version that noted no more: its packed form is known, the file itself is not
                return new End(0, Long.parseLong(numbers[0]), 0, Long.parseLong(numbers[1]));
            }
            return new End(
                    Integer.parseInt(numbers[0]),
                    Long.parseLong(numbers[1]),
                    Long.parseLong(numbers[2]),
                    Long.parseLong(numbers[3]));
        }

        String text() {
            return file + " " + offset + " " + lines + " " + fingerprint;
        }
    }

    /** Notes that a file was read up to a position, and that nothing of it is to come. */
    void add(Position end) {
        if (end.has("offset") && end.number("offset") > 0) {
            add(new End(
                    end.text("file").hashCode(), end.number("offset"), end.number("lines"), end.number("fingerprint")));
        }
    }

    /** Notes a file that lies there and is not to be read. */
    void addUnread(Path path, FileStamp stamp) {
        Trail trail = new Trail();
        try (FileChannel channel = FileChannel.open(path)) {
            if (trail.load(channel, stamp.size())) {
                add(new End(stamp.identity().hashCode(), stamp.size(), UNREAD, trail.fingerprint()));
            }
        } catch (IOException e) {
            // It has just gone, or cannot be read at all.
        }
    }

    private void add(End end) {
        ends.remove(end);
        ends.addLast(end);
        if (ends.size() > KEPT) {
            ends.removeFirst();
        }
    }

    /**
     * Where to go on in a file.
     *
     * @param present the files that are there, by their identities
     * @return its start where it is not known; null where nothing of it is to be read
     */
    Position rest(Path path, FileStamp stamp, Map<String, Path> present) throws IOException {
        End own = null;
        for (End end : ends) {
            boolean isLonger = own == null || end.offset >= own.offset;
            if (isLonger && end.file == stamp.identity().hashCode() && begins(path, end)) {
                own = end;
            }
        }
        if (own != null) {
            return own.lines == UNREAD ? null : behind(path, stamp, own);
        }
        boolean isPacked = Siblings.isPacked(path);
        List<End> others = new ArrayList<>();
        for (End end : ends) {
            if (isPacked || end.offset == stamp.size() && !isThere(end, present)) {
                others.add(end);
            }
        }
        return isOneOf(path, others) ? null : Position.START;
    }

    /** Two plain files of the same rows are two files as long as both are there. */
    private static boolean isThere(End end, Map<String, Path> present) throws IOException {
        for (Map.Entry<String, Path> file : present.entrySet()) {
            if (file.getKey().hashCode() == end.file && begins(file.getValue(), end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(Path path, End end) throws IOException {
        if (end.lines == UNREAD) {
            Trail trail = new Trail();
            try (FileChannel channel = FileChannel.open(path)) {
                return channel.size() >= end.offset
                        && trail.load(channel, end.offset)
                        && trail.fingerprint() == end.fingerprint;
            } catch (IOException e) {
                return false;
            }
        }
        try (FileInput input = FileInput.follow(path)) {
            return input.goTo(end.offset, end.fingerprint, new Trail());
        } catch (IOException e) {
            return false;
        }
    }

    /** What was written to a file behind its end; what goes on with a line that has counted already is not a row. */
    private static Position behind(Path path, FileStamp stamp, End end) throws IOException {
        Position position = Position.START
                .with("file", stamp.identity())
                .with("offset", end.offset)
                .with("lines", end.lines)
                .with("fingerprint", end.fingerprint);
        Trail trail = new Trail();
        try (FileInput input = FileInput.follow(path)) {
            input.finish();
            boolean isMore = input.goTo(end.offset, end.fingerprint, trail) && input.read(new byte[1], 0, 1) > 0;
            return isMore && trail.last() == '\n' ? position : null;
        }
    }

    /** Whether a file holds exactly the bytes before one of these ends. */
    private static boolean isOneOf(Path path, List<End> ends) {
        long longest = ends.stream().mapToLong(End::offset).max().orElse(-1);
        Trail trail = new Trail();
        boolean isOver;
        try (FileInput input = FileInput.follow(path)) {
            input.finish();
            byte[] piece = new byte[PIECE];
            int count = longest < 0 ? 0 : input.read(piece, 0, PIECE);
            while (count > 0 && trail.offset() <= longest) {
                trail.add(piece, 0, count);
                count = input.read(piece, 0, PIECE);
            }
            isOver = count < 0;
        } catch (IOException e) {
            return false; // some other, damaged file
        }
        return isOver
                && ends.stream()
                        .anyMatch(end -> end.offset == trail.offset() && end.fingerprint == trail.fingerprint());
    }

    Position in(Position position) {
        return ends.isEmpty()
                ? position
                : position.with(NAME, ends.stream().map(End::text).collect(Collectors.joining(",")));
    }

    static Ends of(Position position) {
        Ends found = new Ends();
        if (position.has(NAME)) {
            for (String text : position.text(NAME).split(",", -1)) {
                found.add(End.of(text));
            }
        }
        return found;
    }
}

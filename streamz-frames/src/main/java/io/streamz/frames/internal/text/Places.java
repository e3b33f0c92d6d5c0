package io.streamz.frames.internal.text;

import io.streamz.core.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** How far each of several files was read. */
final class Places {
    private final FileBook<Place> book;

    Places() {
        this(new FileBook<>());
    }

    private Places(FileBook<Place> book) {
        this.book = book;
    }

    /**
     * @param size the size at which the file was read to its end, or -1 where it may change within a tick
     * @param modified when it was written last then, in nanoseconds
     */
    private record Place(long size, long modified, long offset, long lines, long fingerprint) {
        static Place of(long[] numbers) {
            return new Place(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
        }

        long[] numbers() {
            return new long[] {size, modified, offset, lines, fingerprint};
        }
    }

    /** Some files of which nothing was read. */
    static Places begin(List<Path> files) throws IOException {
        Places places = new Places();
        for (Path file : files) {
            FileStamp stamp = FileStamp.of(file);
            if (stamp != null) {
                places.book.put(stamp.identity(), new Place(-1, stamp.nanos(), 0, 0, 0));
            }
        }
        return places;
    }

    /** Whether a file has not changed since it was read to its end. */
    boolean isDone(FileStamp stamp) {
        Place place = book.get(stamp.identity());
        return place != null && place.size == stamp.size() && place.modified == stamp.nanos();
    }

    /** Notes how far a file was read; it may be written again in the same tick of its clock, so it is done the second time. */
    void put(FileStamp stamp, Position position) {
        if (position.has("offset")) {
            Place before = book.get(stamp.identity());
            boolean isSettled = before != null && before.modified == stamp.nanos();
            Place place = new Place(
                    isSettled ? stamp.size() : -1,
                    stamp.nanos(),
                    position.number("offset"),
                    position.number("lines"),
                    position.number("fingerprint"));
            book.put(stamp.identity(), place);
        }
    }

    void forget(FileStamp stamp) {
        book.remove(stamp.identity());
    }

    /** Where to go on in a file: where it was left, if it still begins with what was read, or its packed original was. */
    Position position(FileInput input) throws IOException {
        String identity = input.stamp().identity();
        Place place = book.get(identity);
        if (place == null || !fits(input, place)) {
            place = book.comeBack(left -> left.offset > 0 && fits(input, left));
        }
        return place == null ? Position.START : position(identity, place);
    }

    /** Whether nothing is known of a file. */
    boolean isNew(FileStamp stamp) {
        return book.get(stamp.identity()) == null;
    }

    /** Where a file was left whose bytes are others now, and when it was written last before; null where they are the same. */
    Position lost(FileInput input) throws IOException {
        String identity = input.stamp().identity();
        Place place = book.get(identity);
        return place == null || fits(input, place)
                ? null
                : position(identity, place).with("modified", place.modified);
    }

    /** Treats a file as gone in this look: another one may hold its bytes. */
    void leave(FileStamp stamp) {
        book.leave(stamp.identity());
    }

    /** See {@link FileBook#missing}. */
    Set<String> missing(List<Path> files) throws IOException {
        return book.missing(files);
    }

    private static boolean fits(FileInput input, Place place) throws IOException {
        return input.goTo(place.offset, place.fingerprint, new Trail());
    }

    private static Position position(String identity, Place place) {
        return Position.START
                .with("file", identity)
                .with("offset", place.offset)
                .with("lines", place.lines)
                .with("fingerprint", place.fingerprint);
    }

    /** See {@link FileBook#keep}. */
    void keep(List<Path> files) throws IOException {
        book.keep(files);
    }

    Places copy() {
        return new Places(book.copy());
    }

    /** All of them as one position. */
    Position position() {
        return book.position(Place::numbers);
    }

    static Places of(Position position) {
        return new Places(FileBook.of(position, 5, Place::of));
    }
}

package io.streamz.frames.internal.text;

import io.streamz.core.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How far each of several files was read. */
final class Places {
    private static final String FILES = "files";

    private final Map<String, Place> byIdentity = new LinkedHashMap<>();
    /** Files that were there at the last look but not at this one: one of them may come back packed. */
    private final Map<String, Place> gone = new LinkedHashMap<>();

    /**
     * @param size the size at which the file was read to its end, or -1 where it may change within a tick
     * @param modified when it was written last then, in nanoseconds
     */
    private record Place(long size, long modified, long offset, long lines, long fingerprint) {}

    /** Whether a file has not changed since it was read to its end. */
    boolean isDone(FileStamp stamp) {
        Place place = byIdentity.get(stamp.identity());
        return place != null && place.size == stamp.size() && place.modified == stamp.nanos();
    }

    /** Notes how far a file was read; it may be written again in the same tick of its clock, so it is done the second time. */
    void put(FileStamp stamp, Position position) {
        if (position.has("offset")) {
            Place before = byIdentity.get(stamp.identity());
            boolean isSettled = before != null && before.modified == stamp.nanos();
            Place place = new Place(
                    isSettled ? stamp.size() : -1,
                    stamp.nanos(),
                    position.number("offset"),
                    position.number("lines"),
                    position.number("fingerprint"));
            byIdentity.put(stamp.identity(), place);
        }
    }

    void forget(FileStamp stamp) {
        byIdentity.remove(stamp.identity());
    }

    /** Where to go on in a file: where it was left, if it still begins with what was read, or its packed original was. */
    Position position(FileInput input) throws IOException {
        String identity = input.stamp().identity();
        Place place = byIdentity.get(identity);
        if (place != null && fits(input, place)) {
            return position(identity, place);
        }
        for (Map.Entry<String, Place> entry : gone.entrySet()) {
            if (entry.getValue().offset > 0 && fits(input, entry.getValue())) {
                gone.remove(entry.getKey());
                return position(identity, entry.getValue());
            }
        }
        return Position.START;
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

    /** Forgets the files that are not among these, those that went just now at the next look. */
    void keep(List<Path> files) throws IOException {
        Set<String> there = new HashSet<>();
        for (Path file : files) {
            FileStamp stamp = FileStamp.of(file);
            if (stamp != null) {
                there.add(stamp.identity());
            }
        }
        gone.clear();
        byIdentity.forEach((identity, place) -> {
            if (!there.contains(identity)) {
                gone.put(identity, place);
            }
        });
        byIdentity.keySet().retainAll(there);
    }

    Places copy() {
        Places copy = new Places();
        copy.byIdentity.putAll(gone);
        copy.byIdentity.putAll(byIdentity);
        return copy;
    }

    /** All of them as one position. */
    Position position() {
        StringBuilder text = new StringBuilder();
        byIdentity.forEach((identity, place) -> text.append(place.size)
                .append(' ')
                .append(place.modified)
                .append(' ')
                .append(place.offset)
                .append(' ')
                .append(place.lines)
                .append(' ')
                .append(place.fingerprint)
                .append(' ')
                .append(identity)
                .append('\n'));
        return Position.START.with(FILES, text.toString());
    }

    static Places of(Position position) {
        Places places = new Places();
        String text = position.has(FILES) ? position.text(FILES) : "";
        text.lines().forEach(line -> {
            String[] parts = line.split(" ", 6);
            Place place = new Place(
                    Long.parseLong(parts[0]),
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]));
            places.byIdentity.put(parts[5], place);
        });
        return places;
    }
}

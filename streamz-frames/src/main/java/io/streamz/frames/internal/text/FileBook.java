package io.streamz.frames.internal.text;

import io.streamz.core.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What is known of several files, by their identity on the disk. It has as many entries as there are files, and for one look more those
 * of files that went: one of them may have been moved, or packed, and come back with another identity.
 *
 * @param <E> what is known of a file
 */
public final class FileBook<E> {
    private static final String FILES = "files";

    private final Map<String, E> present = new LinkedHashMap<>();
    private final Map<String, E> gone = new LinkedHashMap<>();

    /** What is known of the file with this identity, or null. */
    public E get(String identity) {
        return present.get(identity);
    }

    /** Notes what is known of a file. */
    public void put(String identity, E entry) {
        present.put(identity, entry);
    }

    /** Forgets a file. */
    public void remove(String identity) {
        present.remove(identity);
    }

    /** Whether nothing is known of any file that is there. */
    public boolean isEmpty() {
        return present.isEmpty();
    }

    /** Whether no file went at the last look. */
    public boolean isNoneGone() {
        return gone.isEmpty();
    }

    /** Something that may fail to read a file. */
    public interface Check<E> {
        /** Whether the entry is that of the file which is looked at. */
        boolean test(E entry) throws IOException;
    }

    /** Takes out what was known of a file that went, the first for which this holds; null where there is none. */
    public E comeBack(Check<E> isIt) throws IOException {
        for (Map.Entry<String, E> entry : gone.entrySet()) {
            if (isIt.test(entry.getValue())) {
                return gone.remove(entry.getKey());
            }
        }
        return null;
    }

    /** Treats a file as one that went just now: its bytes may have been moved. */
    public void leave(String identity) {
        E entry = present.remove(identity);
        if (entry != null) {
            gone.put(identity, entry);
        }
    }

    /** The identities of the known files that are not among these. */
    public Set<String> missing(List<Path> files) throws IOException {
        Set<String> missing = new HashSet<>(present.keySet());
        missing.removeAll(identities(files));
        return missing;
    }

    /** Forgets the files that are not among these, those that went just now at the next look. */
    public void keep(List<Path> files) throws IOException {
        Set<String> there = identities(files);
        gone.clear();
        present.forEach((identity, entry) -> {
            if (!there.contains(identity)) {
                gone.put(identity, entry);
            }
        });
        present.keySet().retainAll(there);
    }

    private static Set<String> identities(List<Path> files) throws IOException {
        Set<String> identities = new HashSet<>();
        for (Path file : files) {
            FileStamp stamp = FileStamp.of(file);
            if (stamp != null) {
                identities.add(stamp.identity());
            }
        }
        return identities;
    }

    /** A book of its own with all that this one knows, those that went among them. */
    public FileBook<E> copy() {
        FileBook<E> copy = new FileBook<>();
        copy.present.putAll(gone);
        copy.present.putAll(present);
        return copy;
    }

    /**
     * The files that are there as a position, a line each.
     *
     * @param numbers the numbers that an entry is made of
     */
    public Position position(Function<E, long[]> numbers) {
        StringBuilder text = new StringBuilder();
        present.forEach((identity, entry) -> text.append(LongStream.of(numbers.apply(entry))
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(" ")))
                .append(' ')
                .append(identity)
                .append('\n'));
        return Position.START.with(FILES, text.toString());
    }

    /**
     * The book that a position was made of.
     *
     * @param count how many numbers an entry is made of
     */
    public static <E> FileBook<E> of(Position position, int count, Function<long[], E> entries) {
        FileBook<E> book = new FileBook<>();
        String text = position.has(FILES) ? position.text(FILES) : "";
        text.lines().forEach(line -> {
            String[] parts = line.split(" ", count + 1);
            long[] numbers = new long[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = Long.parseLong(parts[i]);
            }
            book.put(parts[count], entries.apply(numbers));
        });
        return book;
    }
}

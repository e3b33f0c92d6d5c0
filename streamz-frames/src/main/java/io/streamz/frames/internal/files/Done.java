package io.streamz.frames.internal.files;

import io.streamz.core.Position;
import io.streamz.frames.internal.text.FileStamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/** Which files were read, and how far. It has as many entries as there are files. */
final class Done {
    private static final String FILES = "files";
    private static final int END = 16 << 10;

    private final Map<String, Entry> byIdentity = new LinkedHashMap<>();
    /** Files that were there at the last look but not at this one: one of them may have been moved, with a new identity. */
    private final Map<String, Entry> gone = new LinkedHashMap<>();

    /**
     * @param modified when the file was written last, in nanoseconds
     * @param mark the checksum of its last bytes, in which whole files keep what tells them apart
     * @param rows how many rows were given
     * @param ended whether those are all
     */
    record Entry(long size, long modified, long mark, long rows, boolean ended) {
        boolean isSame(long otherSize, long otherMark) {
            return size == otherSize && mark == otherMark;
        }
    }

    /** The checksum of the last bytes of a file. */
    static long mark(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(END, channel.size()));
            long from = channel.size() - buffer.capacity();
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
                // Until it is full.
            }
            CRC32C sum = new CRC32C();
            sum.update(buffer.array());
            return sum.getValue();
        }
    }

    /** What is known of a file: null where it is new, or written anew. */
    Entry of(Path file, FileStamp stamp) throws IOException {
        Entry known = byIdentity.get(stamp.identity());
        if (known != null && known.size == stamp.size() && known.modified == stamp.nanos()) {
            return known;
        }
        if (known == null && gone.isEmpty()) {
            return null;
        }
        long mark = mark(file);
        if (known != null && known.isSame(stamp.size(), mark)) {
            return known;
        }
        for (Map.Entry<String, Entry> entry : gone.entrySet()) {
            if (known == null && entry.getValue().isSame(stamp.size(), mark)) {
                put(stamp.identity(), entry.getValue());
                gone.remove(entry.getKey());
                return byIdentity.get(stamp.identity());
            }
        }
        return null;
    }

    /** Whether something is known of the file with this identity, be it of its past. */
    boolean knows(FileStamp stamp) {
        return byIdentity.containsKey(stamp.identity());
    }

    void put(String identity, Entry entry) {
        byIdentity.put(identity, entry);
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
        byIdentity.forEach((identity, entry) -> {
            if (!there.contains(identity)) {
                gone.put(identity, entry);
            }
        });
        byIdentity.keySet().retainAll(there);
    }

    /** All of it as one position, with how far the file has come that is being read. */
    Position position(String identity, Entry present) {
        Map<String, Entry> all = new LinkedHashMap<>(gone);
        all.putAll(byIdentity);
        if (present != null) {
            all.put(identity, present);
        }
        StringBuilder text = new StringBuilder();
        all.forEach((key, entry) -> text.append(entry.size)
                .append(' ')
                .append(entry.modified)
                .append(' ')
                .append(entry.mark)
                .append(' ')
                .append(entry.rows)
                .append(' ')
                .append(entry.ended ? 1 : 0)
                .append(' ')
                .append(key)
                .append('\n'));
        return text.isEmpty() ? Position.START : Position.START.with(FILES, text.toString());
    }

    static Done of(Position position) {
        Done done = new Done();
        String text = position.has(FILES) ? position.text(FILES) : "";
        text.lines().forEach(line -> {
            String[] parts = line.split(" ", 6);
            Entry entry = new Entry(
                    Long.parseLong(parts[0]),
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    parts[4].equals("1"));
            done.put(parts[5], entry);
        });
        return done;
    }
}

package io.streamz.frames.internal.files;

import io.streamz.core.Position;
import io.streamz.frames.internal.text.FileBook;
import io.streamz.frames.internal.text.FileStamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/** Which files were read, and how far. */
final class Done {
    private static final int END = 16 << 10;

    private final FileBook<Entry> book;

    Done() {
        this(new FileBook<>());
    }

    private Done(FileBook<Entry> book) {
        this.book = book;
    }

    /**
     * @param modified when the file was written last, in nanoseconds
     * @param mark the checksum of its last bytes, in which whole files keep what tells them apart
     * @param rows how many rows were given
     * @param ended whether those are all
     */
    record Entry(long size, long modified, long mark, long rows, boolean ended) {
        static Entry of(long[] numbers) {
            return new Entry(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4] == 1);
        }

        long[] numbers() {
            return new long[] {size, modified, mark, rows, ended ? 1 : 0};
        }

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
        Entry known = book.get(stamp.identity());
        if (known != null && known.size == stamp.size() && known.modified == stamp.nanos()) {
            return known;
        }
        if (known == null && book.isNoneGone()) {
            return null;
        }
        long mark = mark(file);
        if (known != null) {
            return known.isSame(stamp.size(), mark) ? known : null;
        }
        Entry moved = book.comeBack(entry -> entry.isSame(stamp.size(), mark));
        if (moved != null) {
            book.put(stamp.identity(), moved);
        }
        return moved;
    }

    /** Whether something is known of the file with this identity, be it of its past. */
    boolean knows(FileStamp stamp) {
        return book.get(stamp.identity()) != null;
    }

    void put(String identity, Entry entry) {
        book.put(identity, entry);
    }

    /** See {@link FileBook#keep}. */
    void keep(List<Path> files) throws IOException {
        book.keep(files);
    }

    /** All of it as one position, with how far the file has come that is being read. */
    Position position(String identity, Entry present) {
        FileBook<Entry> all = book.copy();
        if (present != null) {
            all.put(identity, present);
        }
        return all.isEmpty() ? Position.START : all.position(Entry::numbers);
    }

    static Done of(Position position) {
        return new Done(FileBook.of(position, 5, Entry::of));
    }
}

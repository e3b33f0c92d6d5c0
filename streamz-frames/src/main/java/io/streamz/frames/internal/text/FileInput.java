package io.streamz.frames.internal.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A regular file, unpacked where it is packed.
 *
 * <p>A file that is followed has no end until it is {@link #finish finished}. After each read it is looked whether the bytes
 * read before still stand in their place: where they do not, somebody cut the file or wrote it anew, what was just read is
 * dropped, and the file must be {@link #restart read again}. Looking afterwards is what makes it safe: bytes that were read
 * at an offset whose past is unchanged do belong there.
 */
final class FileInput implements Input {
    private static final int ATTEMPTS = 10;
    private static final int PIECE = 64 << 10;

    private final Path path;
    private final boolean follows;
    private final FileChannel channel;
    private final FileStamp stamp;
    private final Trail seen = new Trail();
    private boolean finished;
    private boolean cut;

    private boolean decided;
    private Unpacker unpacker;

    private FileInput(Path path, boolean follows, FileChannel channel, FileStamp stamp) {
        this.path = path;
        this.follows = follows;
        this.channel = channel;
        this.stamp = stamp;
    }

    /** A file as it is now. */
    static FileInput read(Path path) throws IOException {
        return open(path, false);
    }

    /** A file that grows. */
    static FileInput follow(Path path) throws IOException {
        return open(path, true);
    }

    /** The stamp goes by name: it is that of the file that was opened when the name meant one file before and after. */
    private static FileInput open(Path path, boolean follows) throws IOException {
        FileStamp before = FileStamp.of(path);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            FileChannel channel = FileChannel.open(path);
            FileStamp after;
            try {
                after = FileStamp.of(path);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            if (before != null && after != null && before.identity().equals(after.identity())) {
                return new FileInput(path, follows, channel, after);
            }
            channel.close();
            before = after;
        }
        throw new NoSuchFileException(path.toString());
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (!decided && !decide()) {
            return 0;
        }
        return unpacker == null ? readPacked(into, at, length) : unpacker.read(into, at, length);
    }

    /** Looks whether the file is packed, which its first bytes tell; false while a file that grows has not got them. */
    private boolean decide() throws IOException {
        ByteBuffer first = ByteBuffer.allocate(Unpacker.MAGIC);
        int count = channel.read(first, 0);
        if ((count < 1 || count < Unpacker.needed(first.get(0))) && follows && !finished) {
            return false;
        }
        decided = true;
        unpacker = Unpacker.of(first.array(), count, this::readPacked);
        return true;
    }

    private int readPacked(byte[] into, int at, int length) throws IOException {
        int count = channel.read(ByteBuffer.wrap(into, at, length));
        if (!follows) {
            return count;
        }
        if (cut || !seen.isIn(channel)) {
            cut = true;
            return 0;
        }
        if (count > 0) {
            seen.add(into, at, at + count);
            return count;
        }
        return finished ? -1 : 0;
    }

    /** Declares that nothing more will be written to the file: it ends where it ends. */
    void finish() {
        finished = true;
    }

    boolean follows() {
        return follows;
    }

    /** Whether what was read of the file is not in it any more. */
    boolean isCut() {
        return cut;
    }

    /** Goes back to the first byte. */
    void restart() throws IOException {
        channel.position(0);
        seen.clear();
        cut = false;
        decided = false;
        closeUnpacker();
    }

    /**
     * Goes on from an offset, counted in unpacked bytes, if those before it have the given fingerprint.
     *
     * @param trail takes those bytes
     * @return whether they have; if not, the input must be restarted
     */
    boolean goTo(long offset, long fingerprint, Trail trail) throws IOException {
        restart();
        trail.clear();
        if (offset == 0) {
            return true;
        }
        if (!decide() || !(unpacker == null ? seek(offset, trail) : skip(offset, trail))) {
            return false;
        }
        return trail.fingerprint() == fingerprint;
    }

    /** Reads on to the end of what there is. */
    void readAll(Trail trail) throws IOException {
        byte[] piece = new byte[PIECE];
        int count = read(piece, 0, PIECE);
        while (count > 0) {
            trail.add(piece, 0, count);
            count = read(piece, 0, PIECE);
        }
    }

    private boolean seek(long offset, Trail trail) throws IOException {
        if (channel.size() < offset || !trail.load(channel, offset)) {
            return false;
        }
        channel.position(offset);
        seen.copy(trail);
        return true;
    }

    private boolean skip(long offset, Trail trail) throws IOException {
        byte[] piece = new byte[PIECE];
        while (trail.offset() < offset) {
            int count = unpacker.read(piece, 0, (int) Math.min(PIECE, offset - trail.offset()));
            if (count <= 0) {
                return false;
            }
            trail.add(piece, 0, count);
        }
        return true;
    }

    /** The bytes there are in all; -1 for a file that grows or is packed. */
    @Override
    public long size() throws IOException {
        return follows || unpacker != null ? -1 : channel.size();
    }

    Path path() {
        return path;
    }

    FileStamp stamp() {
        return stamp;
    }

    private void closeUnpacker() {
        if (unpacker != null) {
            unpacker.close();
            unpacker = null;
        }
    }

    @Override
    public void close() {
        closeUnpacker();
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

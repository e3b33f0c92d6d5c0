package io.streamz.frames.internal.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** A stream, unpacked where it is packed, which its first bytes tell. */
final class UnpackedStream extends InputStream {
    private final PushbackInputStream stream;
    private boolean decided;
    private Unpacker unpacker;

    UnpackedStream(InputStream stream) {
        this.stream = new PushbackInputStream(stream, Unpacker.MAGIC);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (!decided) {
            byte[] first = new byte[Unpacker.MAGIC];
            int count = stream.readNBytes(first, 0, 1);
            count += count == 0 ? 0 : stream.readNBytes(first, 1, Unpacker.needed(first[0]) - 1);
            stream.unread(first, 0, count);
            decided = true;
            unpacker = Unpacker.of(first, count, stream::read);
        }
        return unpacker == null || length == 0 ? stream.read(into, at, length) : unpacker.read(into, at, length);
    }

    @Override
    public int available() throws IOException {
        return unpacker == null ? stream.available() : 0;
    }

    @Override
    public void close() throws IOException {
        if (unpacker != null) {
            unpacker.close();
        }
        stream.close();
    }
}

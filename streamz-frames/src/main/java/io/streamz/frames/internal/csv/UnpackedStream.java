package io.streamz.frames.internal.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** A stream, unpacked where it is gzip, which its first two bytes tell. */
final class UnpackedStream extends InputStream {
    private final PushbackInputStream stream;
    private boolean decided;
    private Gunzip gunzip;

    UnpackedStream(InputStream stream) {
        this.stream = new PushbackInputStream(stream, 2);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (!decided) {
            byte[] first = new byte[2];
            int count = stream.readNBytes(first, 0, 2);
            stream.unread(first, 0, count);
            decided = true;
            gunzip = count == 2 && Gunzip.isMagic(first[0], first[1]) ? new Gunzip(stream::read) : null;
        }
        return gunzip == null || length == 0 ? stream.read(into, at, length) : gunzip.read(into, at, length);
    }

    @Override
    public int available() throws IOException {
        return gunzip == null ? stream.available() : 0;
    }

    @Override
    public void close() throws IOException {
        if (gunzip != null) {
            gunzip.close();
        }
        stream.close();
    }
}

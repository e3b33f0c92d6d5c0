package io.streamz.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads what {@link StateWriter} wrote, section by section. Whatever the bytes are, it throws {@link DataException} and
 * nothing else, and it never reserves memory for a length that the data only claims. Not thread-safe.
 */
public final class StateReader implements AutoCloseable {
    private static final int LONGEST_NAME = 4096;

    private final InputStream source;
    private final ByteBuffer chunk = ByteBuffer.allocate(StateWriter.CHUNK)
            .order(ByteOrder.LITTLE_ENDIAN)
            .limit(0);
    private final ByteBuffer number = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C checksum = new CRC32C();
    private String name;
    private int version;
    private boolean chunksLeft;

    /** Reads and checks the head; the source is closed with this reader. */
    public StateReader(InputStream source) throws IOException {
        this.source = source;
        if (!Arrays.equals(take(new byte[StateWriter.MAGIC.length]), StateWriter.MAGIC)) {
            throw damaged("this is not saved state: it does not begin with STRZ");
        }
        int format = takeInt();
        if (format != StateWriter.FORMAT) {
            throw damaged("the state has format " + format + ", but this version reads format " + StateWriter.FORMAT);
        }
    }

    /** Goes to the next section, over what is left of the present one; false at the end. */
    public boolean next() throws IOException {
        while (chunksLeft) {
            readChunk();
        }
        chunk.limit(0);
        int mark = take(new byte[1])[0];
        if (mark == 0) {
            checkSum();
            name = null;
            return false;
        }
        if (mark != 1) {
            throw damaged("a section begins with " + mark);
        }
        String text = takeName();
        version = takeInt();
        checkSum();
        name = text;
        chunksLeft = true;
        return true;
    }

    /** The name of the present section. */
    public String name() {
        return name;
    }

    /** The version of the present section. */
    public int version() {
        return version;
    }

    public int readByte() throws IOException {
        return have(Byte.BYTES).get();
    }

    public boolean readBoolean() throws IOException {
        int value = readByte();
        if (value != 0 && value != 1) {
            throw damaged("a truth value is " + value);
        }
        return value == 1;
    }

    public int readInt() throws IOException {
        return have(Integer.BYTES).getInt();
    }

    public long readLong() throws IOException {
        return have(Long.BYTES).getLong();
    }

    public double readDouble() throws IOException {
        return Double.longBitsToDouble(readLong());
    }

    public String readText() throws IOException {
        return new String(readBytes(), StandardCharsets.UTF_8);
    }

    public byte[] readBytes() throws IOException {
        int length = readInt();
        if (length < 0) {
            throw damaged("a length is " + length);
        }
        byte[] bytes = stream().readNBytes(length);
        if (bytes.length < length) {
            throw damaged("it ends in the middle of " + length + " bytes");
        }
        return bytes;
    }

    /** A view of the present section for code that reads from streams; it ends with the section. */
    public InputStream stream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return fill() ? chunk.get() & 0xff : -1;
            }

            @Override
            public int read(byte[] bytes, int from, int count) throws IOException {
                if (count == 0) {
                    return 0;
                }
                if (!fill()) {
                    return -1;
                }
                int step = Math.min(count, chunk.remaining());
                chunk.get(bytes, from, step);
                return step;
            }
        };
    }

    /** An error that says where in the state the damage is. */
    public DataException damaged(String what) {
        String path = name == null ? "state" : "state section '" + name + "'";
        return new DataException("damaged-state", path, "the saved state is damaged: " + what + " (" + path + ")", "");
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw new DataException("state-read", "state", "the state cannot be closed: " + e.getMessage(), "", e);
        }
    }

    private boolean fill() throws IOException {
        while (!chunk.hasRemaining() && chunksLeft) {
            readChunk();
        }
        return chunk.hasRemaining();
    }

    /** A value is never cut by the end of a chunk unless it is part of a run of bytes; so a short chunk is damage. */
    private ByteBuffer have(int bytes) throws IOException {
        if (name == null) {
            throw new IllegalStateException("state is read inside a section: call next() first");
        }
        fill();
        if (chunk.remaining() < bytes) {
            throw damaged("a value of " + bytes + " bytes is missing");
        }
        return chunk;
    }

    private void readChunk() throws IOException {
        chunk.limit(0);
        int length = takeInt();
        if (length < 0 || length > StateWriter.CHUNK) {
            throw damaged("a chunk has length " + length);
        }
        take(chunk.array(), length);
        checkSum();
        chunk.clear().limit(length);
        chunksLeft = length > 0;
    }

    private String takeName() throws IOException {
        int length = takeInt();
        if (length < 0 || length > LONGEST_NAME) {
            throw damaged("the name of a section has length " + length);
        }
        return new String(take(new byte[length]), StandardCharsets.UTF_8);
    }

    private int takeInt() throws IOException {
        take(number.array(), Integer.BYTES);
        return number.getInt(0);
    }

    private byte[] take(byte[] bytes) throws IOException {
        take(bytes, bytes.length);
        return bytes;
    }

    private void take(byte[] bytes, int count) throws IOException {
        if (source.readNBytes(bytes, 0, count) < count) {
            throw damaged("it ends in the middle");
        }
        checksum.update(bytes, 0, count);
    }

    private void checkSum() throws IOException {
        byte[] bytes = number.array();
        if (source.readNBytes(bytes, 0, Integer.BYTES) < Integer.BYTES) {
            throw damaged("it ends in the middle");
        }
        if (number.getInt(0) != (int) checksum.getValue()) {
            throw damaged("its checksum does not match");
        }
    }
}

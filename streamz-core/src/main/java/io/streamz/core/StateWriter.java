package io.streamz.core;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Writes state: numbers little-endian, texts in UTF-8, in named and versioned sections. No Java serialisation.
 *
 * <p>The layout, all integers little-endian:
 *
 * <pre>
 * state    = "STRZ" int:format section* byte:0 checksum
 * section  = byte:1 text:name int:version checksum chunk* int:0 checksum
 * chunk    = int:length byte*length checksum    length 1 .. 65536
 * text     = int:length byte*length             UTF-8
 * checksum = int:crc32c                         of all bytes before it that are no checksums
 * </pre>
 *
 * A section is as long as it likes and nothing but one chunk of it is held in memory; the reader checks every chunk before
 * it gives out a byte of it. The checksum runs on from the first byte to the last, so nothing can be lost or exchanged.
 * Not thread-safe.
 */
public final class StateWriter implements AutoCloseable {
    static final byte[] MAGIC = {'S', 'T', 'R', 'Z'};
    static final int FORMAT = 1;
    static final int CHUNK = 65536;

    private final OutputStream sink;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer number = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C checksum = new CRC32C();
    private boolean inSection;
    private boolean closed;

    /** Writes the head at once; the sink is closed with this writer. */
    public StateWriter(OutputStream sink) throws IOException {
        this.sink = sink;
        put(MAGIC, MAGIC.length);
        putInt(FORMAT);
    }

    /** What goes into a section. */
    @FunctionalInterface
    public interface Content {
        /** Writes to the section that is open. */
        void write(StateWriter out) throws IOException;
    }

    /** Writes one section. Sections do not nest. */
    public void section(String name, int version, Content content) throws IOException {
        if (inSection) {
            throw new IllegalStateException("section '" + name + "' inside another section");
        }
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        put(new byte[] {1}, 1);
        putInt(text.length);
        put(text, text.length);
        putInt(version);
        putChecksum();
        inSection = true;
        content.write(this);
        flushChunk();
        inSection = false;
        putInt(0);
        putChecksum();
    }

    /** Writes the low eight bits. */
    public void writeByte(int value) throws IOException {
        room(Byte.BYTES).put((byte) value);
    }

    public void writeBoolean(boolean value) throws IOException {
        writeByte(value ? 1 : 0);
    }

    public void writeInt(int value) throws IOException {
        room(Integer.BYTES).putInt(value);
    }

    public void writeLong(long value) throws IOException {
        room(Long.BYTES).putLong(value);
    }

    /** Writes the bits, NaN payloads included. */
    public void writeDouble(double value) throws IOException {
        writeLong(Double.doubleToRawLongBits(value));
    }

    /** Writes the length in bytes and the text in UTF-8. */
    public void writeText(String value) throws IOException {
        writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the length and the bytes. */
    public void writeBytes(byte[] value) throws IOException {
        writeInt(value.length);
        write(value, 0, value.length);
    }

    /** A view of the open section for code that writes to streams; flushing and closing it do nothing. */
    public OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                writeByte(value);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                StateWriter.this.write(bytes, from, count);
            }
        };
    }

    /** Writes the end mark and closes the sink. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (sink) {
            put(new byte[] {0}, 1);
            putChecksum();
        } catch (IOException e) {
            throw new DataException("state-write", "state", "the state cannot be written: " + e.getMessage(), "", e);
        }
    }

    private void write(byte[] bytes, int from, int count) throws IOException {
        for (int done = 0; done < count; ) {
            int step = Math.min(room(1).remaining(), count - done);
            chunk.put(bytes, from + done, step);
            done += step;
        }
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (!inSection) {
            throw new IllegalStateException("state is written inside a section");
        }
        if (chunk.remaining() < bytes) {
            flushChunk();
        }
        return chunk;
    }

    private void flushChunk() throws IOException {
        int length = chunk.position();
        if (length > 0) {
            putInt(length);
            put(chunk.array(), length);
            putChecksum();
            chunk.clear();
        }
    }

    private void putInt(int value) throws IOException {
        put(number.putInt(0, value).array(), Integer.BYTES);
    }

    private void put(byte[] bytes, int count) throws IOException {
        checksum.update(bytes, 0, count);
        sink.write(bytes, 0, count);
    }

    private void putChecksum() throws IOException {
        sink.write(number.putInt(0, (int) checksum.getValue()).array(), 0, Integer.BYTES);
    }
}

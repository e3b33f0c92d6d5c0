package io.streamz.frames.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Schema;

/**
 * The messages of a file or a stream, in the order in which they are to be read. Each length that is read is held against the
 * bytes that are there before memory is taken for it.
 */
final class IpcMessages implements AutoCloseable {
    private static final int CONTINUATION = -1;
    /** What the footer takes to say where a message is. */
    private static final int BLOCK_BYTES = 24;

    private static final int MOST_METADATA = 64 << 20;
    private static final long MOST_BODY = Integer.MAX_VALUE - 64L;

    private final FileChannel channel;
    private final long end;
    private final Schema schema;
    /** Where the messages of a file stand; null for a stream. */
    private final List<Block> blocks;

    private int next;
    private long position;

    /**
     * A message.
     *
     * @param header tells what it is
     * @param body the bytes that it speaks of
     */
    record Part(Message header, byte[] body) {}

    IpcMessages(FileChannel channel) throws IOException {
        this.channel = channel;
        boolean isFile = IpcFormat.isFile(channel);
        if (isFile) {
            Footer footer = footer();
            end = channel.size();
            schema = footer.schema();
            blocks = blocks(footer);
        } else {
            end = channel.size();
            blocks = null;
            Part first = next();
            if (first == null || first.header.headerType() != MessageHeader.Schema) {
                throw new IOException("it does not begin with a schema");
            }
            schema = (Schema) first.header.header(new Schema());
        }
        if (schema == null || schema.endianness() != Endianness.Little) {
            throw new IOException(schema == null ? "it has no schema" : "its numbers are big-endian");
        }
    }

    private Footer footer() throws IOException {
        int tail = Integer.BYTES + IpcFormat.MAGIC.length;
        long at = channel.size() - tail;
        int length = little(IpcFormat.bytes(channel, at, Integer.BYTES)).getInt(0);
        if (length <= 0 || length > at - IpcFormat.MAGIC.length || length > MOST_METADATA) {
            throw new IOException("its footer claims to have " + length + " bytes");
        }
        return Footer.getRootAsFooter(little(IpcFormat.bytes(channel, at - length, length)));
    }

    /** Dictionaries first, since batches speak of them. */
    private static List<Block> blocks(Footer footer) throws IOException {
        List<Block> all = new ArrayList<>();
        long claimed = (long) footer.dictionariesLength() + footer.recordBatchesLength();
        if (claimed > footer.getByteBuffer().capacity() / BLOCK_BYTES) {
            throw new IOException("its footer claims to know " + claimed + " messages");
        }
        for (int i = 0; i < footer.dictionariesLength(); i++) {
            all.add(footer.dictionaries(i));
        }
        for (int i = 0; i < footer.recordBatchesLength(); i++) {
            all.add(footer.recordBatches(i));
        }
        return all;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    Schema schema() {
        return schema;
    }

    /** How many bytes of the file have been read. */
    long bytes() {
        return position;
    }

    /** The next message, or null at the end. */
    Part next() throws IOException {
        if (blocks == null) {
            return position == end ? null : read();
        }
        if (next == blocks.size()) {
            return null;
        }
        Block block = blocks.get(next++);
        if (block.offset() < 0 || block.offset() >= end) {
            throw new IOException("a message claims to start at byte " + block.offset());
        }
        position = block.offset();
        Part part = read();
        if (part == null) {
            throw new IOException("there is no message where the footer says");
        }
        return part;
    }

    private Part read() throws IOException {
        int length = number();
        if (length == CONTINUATION) {
            length = number();
        }
        if (length == 0) {
            position = end;
            return null;
        }
        if (length < 0 || length > MOST_METADATA) {
            throw new IOException("a message claims to have a header of " + length + " bytes");
        }
        Message header = Message.getRootAsMessage(little(take(length)));
        return new Part(header, take(header.bodyLength()));
    }

    private int number() throws IOException {
        return little(take(Integer.BYTES)).getInt(0);
    }

    private byte[] take(long length) throws IOException {
        if (length < 0 || length > MOST_BODY || length > end - position) {
            throw new IOException("a message claims to have " + length + " bytes at byte " + position + " of " + end);
        }
        byte[] bytes = IpcFormat.bytes(channel, position, (int) length);
        position += length;
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

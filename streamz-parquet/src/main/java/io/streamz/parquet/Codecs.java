package io.streamz.parquet;

import io.airlift.compress.Compressor;
import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Unpacks pages, and packs them by zstd, in plain Java: nothing of Hadoop is loaded, and no native library. What a page
 * unpacks to is limited, because its length stands in the file.
 */
final class Codecs implements CompressionCodecFactory {
    /** Nothing that people write packs better than this, once it is large. */
    private static final int MOST_RATIO = 1000;

    private static final int FREE_BYTES = 10 << 20;
    private static final Unpacker AS_IT_IS =
            (packed, from, length, size) -> Arrays.copyOfRange(packed, from, from + length);

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        return switch (name) {
            case UNCOMPRESSED -> new Unpacking(AS_IT_IS);
            case SNAPPY -> new Unpacking(blocks(new SnappyDecompressor()));
            case ZSTD -> new Unpacking(blocks(new ZstdDecompressor()));
            case LZ4_RAW -> new Unpacking(blocks(new Lz4Decompressor()));
            case LZ4 -> new Unpacking(Codecs::hadoopLz4);
            case GZIP -> new Unpacking(Codecs::gzip);
            case BROTLI, LZO -> throw new IllegalArgumentException("it is packed by " + name + ", which is not read");
        };
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        if (name != CompressionCodecName.ZSTD) {
            throw new IllegalArgumentException("files are packed by zstd, not by " + name);
        }
        return new Packing();
    }

    @Override
    public void release() {}

    private interface Unpacker {
        byte[] unpack(byte[] packed, int from, int length, int size) throws IOException;
    }

    private static Unpacker blocks(Decompressor decompressor) {
        return (packed, from, length, size) -> {
            byte[] unpacked = new byte[size];
            int count = decompressor.decompress(packed, from, length, unpacked, 0, size);
            if (count != size) {
                throw new IOException("a page unpacks to " + count + " bytes, not " + size);
            }
            return unpacked;
        };
    }

    private static byte[] gzip(byte[] packed, int from, int length, int size) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed, from, length))) {
            byte[] unpacked = in.readNBytes(size);
            if (unpacked.length != size || in.read() >= 0) {
                throw new IOException("a page does not unpack to " + size + " bytes");
            }
            return unpacked;
        }
    }

    /**
     * The old LZ4 of Parquet: blocks of Hadoop, each behind its unpacked and its packed length; some writers left those out.
     */
    private static byte[] hadoopLz4(byte[] packed, int from, int length, int size) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(packed, from, length);
        byte[] unpacked = new byte[size];
        int done = 0;
        Decompressor lz4 = new Lz4Decompressor();
        while (in.remaining() >= 2 * Integer.BYTES) {
            int unpackedLength = in.getInt();
            int blockLength = in.getInt();
            if (unpackedLength < 0 || blockLength < 0 || blockLength > in.remaining() || unpackedLength > size - done) {
                return blocks(lz4).unpack(packed, from, length, size);
            }
            done += lz4.decompress(packed, in.position(), blockLength, unpacked, done, unpackedLength);
            in.position(in.position() + blockLength);
        }
        return done == size && !in.hasRemaining() ? unpacked : blocks(lz4).unpack(packed, from, length, size);
    }

    private static ByteBuffer heap(BytesInput bytes) {
        // Memory of the heap, which nobody has to give back.
        return bytes.toByteBuffer(HeapByteBufferAllocator.getInstance(), buffer -> {});
    }

    private record Unpacking(Unpacker unpacker) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput packed, int size) throws IOException {
            if (unpacker == AS_IT_IS) {
                return packed;
            }
            ByteBuffer buffer = heap(packed);
            return BytesInput.from(
                    unpacked(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining(), size));
        }

        @Override
        public void decompress(ByteBuffer packed, int packedSize, ByteBuffer unpacked, int size) throws IOException {
            byte[] bytes = new byte[packedSize];
            packed.get(bytes);
            unpacked.put(unpacked(bytes, 0, packedSize, size));
        }

        private byte[] unpacked(byte[] packed, int from, int length, int size) throws IOException {
            if (size < 0 || size > FREE_BYTES && size / MOST_RATIO > length) {
                throw new IOException("a page claims to unpack from " + length + " to " + size + " bytes");
            }
            return length == 0 && size == 0 ? new byte[0] : unpacker.unpack(packed, from, length, size);
        }

        @Override
        public void release() {}
    }

    private static final class Packing implements BytesInputCompressor {
        private final Compressor zstd = new ZstdCompressor();

        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            ByteBuffer buffer = heap(bytes);
            byte[] packed = new byte[zstd.maxCompressedLength(buffer.remaining())];
            int length = zstd.compress(
                    buffer.array(),
                    buffer.arrayOffset() + buffer.position(),
                    buffer.remaining(),
                    packed,
                    0,
                    packed.length);
            return BytesInput.from(packed, 0, length);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {}
    }
}

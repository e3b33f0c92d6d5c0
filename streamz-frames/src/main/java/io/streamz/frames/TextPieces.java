package io.streamz.frames;

import io.streamz.frames.internal.files.PartFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Pieces of a format whose rows can stand behind those of another writer: their bytes are put together, under one beginning. */
final class TextPieces implements PartFolder.Pieces {
    private static final int BLOCK = 1 << 16;

    private final byte[] beginning;

    TextPieces(Schema schema, RowsWriter writer) throws IOException {
        var out = new ByteArrayOutputStream();
        writer.begin(schema, out);
        beginning = out.toByteArray();
    }

    @Override
    public long size(long bytes, long rows) {
        return bytes - beginning.length;
    }

    @Override
    public long join(List<Path> pieces, OutputStream out) throws IOException {
        out.write(beginning);
        long size = 0;
        for (Path piece : pieces) {
            size += copy(piece, Long.MAX_VALUE, out);
        }
        return size;
    }

    @Override
    public long head(Path part, long size, OutputStream out) throws IOException {
        out.write(beginning);
        return copy(part, size, out);
    }

    /** Copies what stands behind the beginning, up to so many bytes of it. */
    private long copy(Path piece, long most, OutputStream out) throws IOException {
        byte[] block = new byte[BLOCK];
        long copied = 0;
        try (InputStream in = Files.newInputStream(piece)) {
            in.skipNBytes(beginning.length);
            while (copied < most) {
                int count = in.read(block, 0, (int) Math.min(BLOCK, most - copied));
                if (count < 0) {
                    break;
                }
                out.write(block, 0, count);
                copied += count;
            }
        }
        return copied;
    }
}

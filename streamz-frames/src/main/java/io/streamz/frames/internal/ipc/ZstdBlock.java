package io.streamz.frames.internal.ipc;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.util.Arrays;

/** Unpacks a buffer that is packed by zstd. */
final class ZstdBlock {
    private ZstdBlock() {}

    static void unpack(byte[] packed, int from, int length, byte[] out) throws IOException {
        long count;
        try {
            count = Zstd.decompress(out, Arrays.copyOfRange(packed, from, from + length));
        } catch (LinkageError e) {
            throw new IOException(
                    "it is packed by zstd, and com.github.luben:zstd-jni is not on the class path, or cannot start here",
                    e);
        }
        if (Zstd.isError(count) || count != out.length) {
            throw new IOException("a buffer does not unpack to " + out.length + " bytes by zstd");
        }
    }
}

package io.streamz.cli;

import io.streamz.core.DataException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output with a buffer; an error says whose it is. */
final class StandardOutput extends FilterOutputStream {
    private static final int BUFFER = 1 << 16;

    StandardOutput(OutputStream out) {
        super(new BufferedOutputStream(out, BUFFER));
    }

    /** Hands whole arrays on, which the inherited method does byte by byte. */
    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw named(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** An error of data, which no step on the way to the user calls its own. */
    private static DataException named(IOException e) {
        return new DataException(
                "cannot-write", "standard output", "cannot write standard output: " + e.getMessage(), "", e);
    }
}

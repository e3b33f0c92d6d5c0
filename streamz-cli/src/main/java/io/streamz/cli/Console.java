package io.streamz.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * The streams of one run.
 *
 * @param in what {@code -} reads
 * @param out where the answer goes, and nothing else; it does not buffer, and its errors are seen
 * @param err where messages go, a line each
 * @param terminal what is known of the streams
 * @param nanos the time that passes, in nanoseconds
 */
record Console(InputStream in, OutputStream out, PrintStream err, Terminal terminal, LongSupplier nanos) {
    void say(String message) {
        err.println("streamz: " + message);
    }
}

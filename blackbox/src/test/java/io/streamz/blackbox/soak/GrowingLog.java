package io.streamz.blackbox.soak;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A CSV file that somebody writes: rows of a key, a number and a time that goes on by a millisecond each, at a pace, renamed when it is
 * large. It never runs far ahead of who reads it, so that nothing it deletes has not been read.
 */
final class GrowingLog implements AutoCloseable {
    static final String TYPES = "k: utf8, v: float64, t: timestamp(ms)";
    private static final int BLOCK = 1_000;
    private static final int KEYS = 1_000;
    private static final long AHEAD = 300_000;
    private static final long ROTATED = 32 << 20;
    private static final long FIRST = 1_700_000_000_000L;

    private final Path file;
    private final LongSupplier seen;
    private final Random random = new Random(1);
    private final byte[][] rows = new byte[4 * KEYS][];
    private final byte[] block = new byte[BLOCK * 64];
    private final Thread thread = new Thread(this::work, "log");
    private OutputStream out;
    private long inFile;
    private volatile double rowsPerNano = Double.MAX_VALUE;
    private volatile boolean stopped;
    private volatile long written;
    private volatile long waits;
    private volatile IOException failure;

    /**
     * Begins it with a header.
     *
     * @param seen how many rows have been read
     */
    GrowingLog(Path file, LongSupplier seen) throws IOException {
        this.file = file;
        this.seen = seen;
        for (int row = 0; row < rows.length; row++) {
            rows[row] = ("key-" + random.nextInt(KEYS) + "," + random.nextInt(1_000_000) / 64.0 + ",")
                    .getBytes(StandardCharsets.US_ASCII);
        }
        begin();
    }

    void start() {
        thread.start();
    }

    /** No faster than this from now on. */
    void pace(double rowsPerSecond) {
        rowsPerNano = rowsPerSecond / 1e9;
    }

    long written() {
        return written;
    }

    /** How often it had to wait for the reader. */
    long waits() {
        return waits;
    }

    private void begin() throws IOException {
        out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        out.write("k,v,t\n".getBytes(StandardCharsets.US_ASCII));
        inFile = 0;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // this thread alone writes
    private void work() {
        try {
            long last = System.nanoTime();
            double due = 0;
            while (!stopped) {
                long now = System.nanoTime();
                due = Math.min(due + (now - last) * rowsPerNano, 100.0 * BLOCK);
                last = now;
                boolean isAhead = written - seen.getAsLong() > AHEAD;
                waits += isAhead ? 1 : 0;
                if (isAhead || due < BLOCK) {
                    LockSupport.parkNanos(500_000);
                } else {
                    due -= BLOCK;
                    write();
                }
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // this thread alone writes
    private void write() throws IOException {
        int used = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte[] row = rows[random.nextInt(rows.length)];
            System.arraycopy(row, 0, block, used, row.length);
            used += row.length;
            long time = FIRST + written + i;
            for (int digit = 12; digit >= 0; digit--) {
                block[used + digit] = (byte) ('0' + time % 10);
                time /= 10;
            }
            block[used + 13] = '\n';
            used += 14;
        }
        out.write(block, 0, used);
        written += BLOCK;
        inFile += used;
        if (inFile > ROTATED) {
            out.close();
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            begin();
        }
    }

    /** Stops writing; what is written stays. */
    void stop() throws IOException, InterruptedException {
        stopped = true;
        thread.join();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        out.close();
    }
}

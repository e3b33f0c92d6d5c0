package io.streamz.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads a stream on a daemon thread of its own into a ring of bounded size, so that a {@link Source} can poll what may block,
 * such as standard input or a named pipe. {@link #read} never waits; {@link #await} does.
 *
 * <p>The thread starts with the first call of either and ends with the stream, or when this is closed. A read that the system
 * does not let go of holds nothing up but that thread. Reader and thread each own one end of the ring: the bytes are copied
 * outside the lock.
 */
public final class ReadAhead implements AutoCloseable {
    private static final int ROOM = 1 << 18;

    private final String name;
    private final Opener opener;
    private final byte[] ring = new byte[ROOM];
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Runnable signal = () -> {};

    // Guarded by the lock: bytes from..to, counted from the first of the stream, are in the ring.
    private long from;
    private long to;
    private boolean started;
    private boolean ended;
    private boolean closed;
    private IOException failure;
    private InputStream stream;

    /** Opens the stream; called on the thread that reads it, so that opening may block too. */
    public interface Opener {
        InputStream open() throws IOException;
    }

    /**
     * Reads nothing yet.
     *
     * @param name what the thread is named after
     */
    public ReadAhead(String name, Opener opener) {
        this.name = Objects.requireNonNull(name, "name");
        this.opener = Objects.requireNonNull(opener, "opener");
    }

    /** Sets what to call, on the reading thread, when there is something again after there was nothing. */
    public void onReady(Runnable ready) {
        signal = Objects.requireNonNull(ready, "ready");
    }

    /**
     * Takes bytes that have come.
     *
     * @return their number, 0 when there are none yet, -1 when the stream has ended
     * @throws IOException when reading the stream failed, behind the bytes that came before
     */
    public int read(byte[] into, int at, int length) throws IOException {
        long start;
        int count;
        lock.lock();
        try {
            start();
            start = from;
            count = (int) Math.min(length, to - from);
            if (count == 0 && failure != null) {
                throw failure;
            }
            if (count == 0) {
                return ended && length > 0 ? -1 : 0;
            }
        } finally {
            lock.unlock();
        }
        int place = (int) (start % ROOM);
        int first = Math.min(count, ROOM - place);
        System.arraycopy(ring, place, into, at, first);
        System.arraycopy(ring, 0, into, at + first, count - first);
        advance(() -> from += count);
        return count;
    }

    /** Waits until {@link #read} has something to say: bytes, the end, or a failure. */
    public void await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            start();
            while (from == to && !ended) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        if (!started && !closed) {
            started = true;
            Thread thread = new Thread(this::run, name + "-reader");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        IOException broken = null;
        try (InputStream opened = opener.open()) {
            advance(() -> stream = opened);
            pump(opened);
        } catch (IOException e) {
            broken = e;
        } catch (RuntimeException e) {
            broken = new IOException(e.toString(), e);
        }
        IOException thrown = broken;
        advance(() -> {
            failure = closed ? null : thrown;
            ended = true;
        });
        signal.run();
    }

    private void pump(InputStream opened) throws IOException {
        while (true) {
            int room = room();
            if (room == 0) {
                return;
            }
            int place = (int) (to % ROOM);
            int count = opened.read(ring, place, Math.min(room, ROOM - place));
            if (count < 0) {
                return;
            }
            boolean wasEmpty = advance(() -> to += count);
            if (wasEmpty) {
                signal.run();
            }
        }
    }

    /** Waits for room; 0 when this was closed. */
    private int room() {
        lock.lock();
        try {
            while (to - from == ROOM && !closed) {
                changed.awaitUninterruptibly();
            }
            return closed ? 0 : (int) (ROOM - (to - from));
        } finally {
            lock.unlock();
        }
    }

    /** Changes where one end of the ring stands, and gives whether the ring was empty before. */
    private boolean advance(Runnable change) {
        lock.lock();
        try {
            boolean wasEmpty = from == to;
            change.run();
            changed.signalAll();
            return wasEmpty;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes the stream. A thread that is in a read of it is not waited for: it ends when that read does, which for many
     * streams is at once.
     */
    @Override
    public void close() {
        InputStream open;
        lock.lock();
        try {
            closed = true;
            open = stream;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

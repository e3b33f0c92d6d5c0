package io.streamz.parquet;

import io.streamz.core.Watchdog;
import io.streamz.frames.Field;
import io.streamz.frames.FileRows;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

/**
 * The rows of a file whose reader is foreign code: it is called on a thread of its own, so that a call which never returns ends in an
 * error as any other damage does. What was given up is not closed, as its thread may still be at work in it.
 */
final class WatchedRows implements FileRows {
    private final Watchdog watchdog = new Watchdog(Thread.currentThread().getName() + "-file");
    private final Deadline deadline;
    private FileRows rows;

    private WatchedRows(Deadline deadline) {
        this.deadline = deadline;
    }

    /** Opens the rows, which is a call of the reader too. */
    static WatchedRows open(Callable<? extends FileRows> opening, Deadline deadline) throws IOException {
        WatchedRows watched = new WatchedRows(deadline);
        try {
            watched.rows = watched.call(opening);
            return watched;
        } catch (IOException | RuntimeException | Error e) {
            watched.watchdog.close();
            throw e;
        }
    }

    private <T> T call(Callable<T> step) throws IOException {
        try {
            return watchdog.call(
                    () -> {
                        deadline.begin();
                        return step.call();
                    },
                    deadline::isUp);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (TimeoutException e) {
            throw deadline.reason();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it was read");
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public List<Field> fields() {
        return rows.fields();
    }

    @Override
    public Map<String, String> refused() {
        return rows.refused();
    }

    @Override
    public int read(RecordBatch into, int[] places) throws IOException {
        return call(() -> rows.read(into, places));
    }

    /** Looks at what the footer says, which is in memory. */
    @Override
    public long passOver(Schema columns, int[] places, Projection wanted) throws IOException {
        return rows.passOver(columns, places, wanted);
    }

    @Override
    public void skip(long count) throws IOException {
        call(() -> {
            rows.skip(count);
            return null;
        });
    }

    @Override
    public long bytes() {
        return rows.bytes();
    }

    @Override
    public void close() {
        watchdog.close();
        if (!watchdog.isGivenUp()) {
            rows.close();
        }
    }
}

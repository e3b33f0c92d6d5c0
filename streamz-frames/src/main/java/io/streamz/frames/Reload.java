package io.streamz.frames;

import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.frames.internal.text.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When a table that rows are joined with is read again: {@code pipeline.read(Reload.every("1h").of(Csv.read("symbols.csv")))}. Rows
 * are answered by the table as it was until the new one is read whole; then by that. Any thread may say {@link #now}.
 */
public final class Reload {
    private final Duration every;
    /** What is looked at; null where time alone counts. */
    private final Path file;

    private final AtomicLong asked = new AtomicLong();
    private final List<Runnable> signals = new CopyOnWriteArrayList<>();

    private Reload(Duration every, Path file) {
        this.every = every;
        this.file = file;
    }

    /** So long after each reading. */
    public static Reload every(Duration time) {
        return new Reload(Durations.onClock(time, "Reload.every"), null);
    }

    /** {@link #every(Duration)} from text such as {@code 1h}. */
    public static Reload every(String time) {
        return every(Durations.parse(time, "Reload.every"));
    }

    /**
     * When a file has changed: its size, its time of change, or which file it is. A file that is not there waits. Write it elsewhere and
     * move it to its name, or half of it may be read.
     *
     * @param look how often to look
     */
    public static Reload whenChanged(Path file, Duration look) {
        return new Reload(Durations.onClock(look, "Reload.whenChanged"), Objects.requireNonNull(file, "file"));
    }

    /** {@link #whenChanged(Path, Duration)} from text such as {@code 1s}. */
    public static Reload whenChanged(Path file, String look) {
        return whenChanged(file, Durations.parse(look, "Reload.whenChanged"));
    }

    /** When {@link #now} is called. */
    public static Reload onDemand() {
        return new Reload(null, null);
    }

    /** Asks for another reading, soon, of all sources of this. */
    public void now() {
        asked.incrementAndGet();
        signals.forEach(Runnable::run);
    }

    /**
     * The source, to be read again and again.
     *
     * @throws PlanException when it gives its rows only once
     */
    public FrameSource of(FrameSource source) {
        if (!source.replays()) {
            throw new PlanException(
                    "read-twice", source.name(), source.name() + " gives its rows once", "a file can be read again");
        }
        return new ReloadingSource(source, this);
    }

    void onNow(Runnable signal) {
        signals.add(signal);
    }

    void forget(Runnable signal) {
        signals.remove(signal);
    }

    /** How often {@link #now} was called. */
    long asked() {
        return asked.get();
    }

    /** How long to wait before looking again; null for until asked. */
    Duration pause() {
        return every;
    }

    /** Whether time, or the file, says that it is to be read again, after it was read when the file had that stamp. */
    boolean isDue(FileStamp before) {
        FileStamp now = stamp();
        return file == null ? every != null : now != null && !now.equals(before);
    }

    /** Of the file that is looked at; null where there is none. */
    FileStamp stamp() {
        try {
            return file == null ? null : FileStamp.of(file);
        } catch (IOException e) {
            throw new DataException("unreadable", file.toString(), "cannot look at " + file + ": " + e, "", e);
        }
    }

    /** The text form. */
    @Override
    public String toString() {
        if (every == null) {
            return "on demand";
        }
        String time = Durations.text(every);
        return file == null ? "every " + time : "when " + file.getFileName() + " has changed, looked at every " + time;
    }
}

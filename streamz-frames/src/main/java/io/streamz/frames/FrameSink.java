package io.streamz.frames;

import io.streamz.core.Position;
import java.io.IOException;
import java.time.InstantSource;

/**
 * Where rows go: a file, a connection. Called by one thread at a time: {@code open}, then {@code write} for each batch, then
 * {@code end} when the input has ended, then {@code close}, always and once.
 *
 * <p>In a pipeline with checkpoints a sink that is {@link #isResumable} is called {@code resume} in place of {@code open}, and
 * {@code save} between two batches; what it has taken before {@code save} of a checkpoint that a restart goes on from does not
 * come again, and all that it has taken after it does. Another sink gets what came after the checkpoint once more.
 */
public interface FrameSink {
    /** Tells the clock of the pipeline; called before {@link #open} or {@link #resume}. */
    default void clock(InstantSource time) {}

    /** Called once, before rows come. */
    void open(Schema schema) throws IOException;

    /** Takes some rows, which are lent until the call returns. */
    void write(RecordBatch rows) throws IOException;

    /** The bytes of what it holds of the rows that came; asked after each batch. */
    default long bytes() {
        return 0;
    }

    /**
     * All rows have come: makes what was written complete. The checkpoint that {@link #save} was last called for is there, and
     * {@link #committed} has told so, or has failed.
     */
    void end() throws IOException;

    /** Gives everything back; what has not ended stays incomplete or vanishes, unless it is part of a checkpoint. */
    void close();

    // Checkpoints.

    /** What tells it from other sinks of the same rows, such as the path of its file: under that its state is kept. */
    default String target() {
        return getClass().getName();
    }

    /** Whether it goes on exactly where a checkpoint has left it. */
    default boolean isResumable() {
        return false;
    }

    /**
     * Begins, or goes on: what was taken after {@link #save} gave this is undone.
     *
     * @param saved what {@link #save} gave; {@link Position#START} where it begins
     */
    default void resume(Schema schema, Position saved) throws IOException {
        open(schema);
    }

    /**
     * Makes what was taken so far safe, and says how far that is. A failure gives the checkpoint up; the next one asks again. A
     * sink that cannot say any more what is safe throws from then on, here and from {@link #write}, which stops the pipeline.
     *
     * @param checkpoint its number; each is larger than the last, but not each comes to be
     */
    default Position save(long checkpoint) throws IOException {
        return Position.START;
    }

    /** What was saved up to this checkpoint may be seen: no restart goes back behind it, unless the checkpoint is damaged. */
    default void committed(long checkpoint) throws IOException {}
}

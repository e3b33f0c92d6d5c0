package io.streamz.frames;

import io.streamz.core.Source;

/** Where the rows of a frame come from. */
public interface FrameSource {
    /** The name of the table in messages and plans, such as {@code birdstrikes}. */
    String name();

    /** The columns, settled when the plan is built. */
    Schema schema();

    /**
     * The same source with the columns that it had when a checkpoint was made, where those were found by looking: what is
     * there now may look different. A source that does not look is the same.
     */
    default FrameSource knowing(Schema saved) {
        return this;
    }

    /** Whether {@link #open} may be called again, for a reader that gives the same rows once more from the first on. */
    default boolean replays() {
        return true;
    }

    /**
     * A reader from the first row on; the pipeline closes it.
     *
     * @param needed which columns to read; it may grow while the reader runs
     */
    Source<RecordBatch> open(Projection needed);
}

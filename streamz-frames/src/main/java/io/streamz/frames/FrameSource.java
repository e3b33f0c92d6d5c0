package io.streamz.frames;

/** Where the rows of a frame come from. */
public interface FrameSource {
    /** The name of the table in messages and plans, such as {@code birdstrikes}. */
    String name();

    /** The columns, settled when the plan is built. */
    Schema schema();
}

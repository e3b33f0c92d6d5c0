package io.streamz.frames;

/**
 * Which columns of a source the attached plans read. It only grows; a source looks at it before each batch, so that a plan
 * that is attached later gets its columns from the next batch on.
 */
public interface Projection {
    /** Whether somebody reads the column; a source may leave the others out of its batches. */
    boolean needs(int column);
}

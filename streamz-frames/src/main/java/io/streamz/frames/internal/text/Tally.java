package io.streamz.frames.internal.text;

/** What was read by one source, over all its files. */
final class Tally {
    long rows;
    long rejected;
    /** The bytes of the files that were read before the present one. */
    long bytesBefore;
}

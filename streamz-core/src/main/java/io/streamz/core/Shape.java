package io.streamz.core;

/** What kind of node it is, as far as pictures care. */
enum Shape {
    SOURCE,
    STEP,
    STATE,
    GROUP,
    TIME,
    JOIN,
    SINK
}

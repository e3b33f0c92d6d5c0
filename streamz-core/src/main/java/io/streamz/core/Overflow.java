package io.streamz.core;

/** What a bounded queue does with an item that finds it full. */
public enum Overflow {
    /** Who emits waits for room; nothing is lost. */
    BLOCK,
    /** The oldest item in the queue is dropped and counted. */
    DROP_OLDEST,
    /** The item itself is dropped and counted. */
    DROP_NEWEST,
    /** The item fails: {@link DataStream#emit} throws. */
    ERROR
}

package io.streamz.core;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** What a graph gets from the pipeline it belongs to: time, threads, and somebody who hears of failures nobody waits for. */
interface Host {
    /** The host of a bare stream: it has the time of day and nothing else. */
    Host NONE = new Host() {
        @Override
        public String name() {
            return "stream";
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public Scheduler scheduler(String node) {
            throw needsPipeline(node, "keeps time");
        }

        @Override
        public void require(String node) {
            throw needsPipeline(node, "works on a thread of its own");
        }

        @Override
        public void failed(StreamzException failure) {
            throw failure;
        }

        private PlanException needsPipeline(String node, String why) {
            return new PlanException(
                    "needs-pipeline",
                    node,
                    node + " " + why + ", and a bare stream has no threads",
                    "make the stream with Pipeline.create(name).stream(type)");
        }
    };

    String name();

    InstantSource clock();

    /** Keeps time for the node with the given name. */
    Scheduler scheduler(String node);

    /** Throws where nodes cannot have threads. */
    void require(String node);

    /** Something failed and nobody waits for it. */
    void failed(StreamzException failure);

    /** What has stopped everything, or null. */
    default StreamzException failure() {
        return null;
    }

    /** What is full when the pipeline holds too much, at each of its roots; null where there is no such thing. */
    default Gate gate() {
        return null;
    }

    /** A node says that it holds more or less than before; throws when all of them hold too much. */
    default void held() {}

    /** Waits on the thread that is in a segment. */
    default void sleep(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    /** Whether nodes are opened at once when they are attached. */
    default boolean isOpen() {
        return true;
    }

    /** A node was made that is not open yet unless {@link #isOpen}. */
    default void added(Node<?, ?> node) {}

    /** A node was taken out. */
    default void removed(Node<?, ?> node) {}

    /** A node will emit nothing more. */
    default void ended(Node<?, ?> node) {}

    /** A source has given something. */
    default void came(Object item) {}

    /** Mail for a segment of this host is on its way (1), or has been opened (-1). */
    default void mail(int change) {}

    /** What keeps the items of this root out while a checkpoint is made, or null. */
    default Gate barrier(Node<?, ?> node) {
        return null;
    }

    /** The number of the checkpoint that what is in work now will be part of; 0 where none are made. */
    default long epoch() {
        return 0;
    }

    /** Whether the state of this name will be read when the node is open. */
    default boolean restores(String name) {
        return false;
    }

    /** Nothing below a root wants its items any more. */
    default void unheard(Node<?, ?> root) {}
}

package io.streamz.benchmarks;

import java.util.Optional;

/** A library that takes part in the races. */
interface Peer {
    String name();

    /** What the name stands for: version, and how the data is fed to it. */
    String about();

    /** A contestant for the job, holding the data in the library's own form; empty where the library has no such thing. */
    Optional<Contestant> enter(Job job, Data data) throws Exception;
}

package io.streamz.notebook;

/** Where outputs go: the one thing in which kernels differ. May be used from any thread. */
interface Screen {
    /** Shows a new output below the cell that runs, under a name. */
    void show(String id, Content output);

    /** Replaces what was shown under a name. */
    void update(String id, Content output);
}

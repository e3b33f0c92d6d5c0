package io.streamz.kernel;

/** What the loops of cells look at in each round. Public because cells call it; nobody else does. */
public final class StopFlag {
    private static volatile boolean raised;

    private StopFlag() {}

    /** Called where a cell's code jumps back. */
    public static void check() {
        if (raised) {
            throw new Stopped();
        }
    }

    static void raise(boolean value) {
        raised = value;
    }

    /** Ends a cell that was interrupted; an error, so that cells do not catch it by mistake. */
    static final class Stopped extends Error {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("the cell was interrupted", null, false, false);
        }
    }
}

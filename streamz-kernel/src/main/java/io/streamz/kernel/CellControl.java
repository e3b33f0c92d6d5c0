package io.streamz.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import jdk.jshell.execution.DirectExecutionControl;

/**
 * Runs snippets in this JVM, each on a thread of its own, so that an interrupt reaches the cell and nothing of the kernel.
 * JShell gives values as text; this one keeps the last as the object that it is.
 */
final class CellControl extends DirectExecutionControl {
    private final ClassLoader loader;
    private Object value;
    private Thread thread;
    private boolean running;
    private boolean interrupted;

    CellControl(CellLoader loader) {
        super(loader);
        this.loader = loader;
    }

    @Override
    protected String invoke(Method snippet) throws Exception {
        var work = new FutureTask<Object>(() -> snippet.invoke(null));
        synchronized (this) {
            value = null;
            if (interrupted) {
                throw new InvocationTargetException(new StopFlag.Stopped()); // while it was compiled
            }
            thread = new Thread(work, "cell");
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            thread.start();
        }
        try {
            Object result = work.get();
            value = result;
            return result == null ? "" : "value";
        } catch (ExecutionException e) {
            // What JShell unpacks is what Method.invoke throws.
            throw e.getCause() instanceof InvocationTargetException thrown ? thrown : e;
        } finally {
            synchronized (this) {
                thread = null;
            }
        }
    }

    /** The value of the snippet that ran last. */
    Object value() {
        return value;
    }

    /** A cell begins. */
    synchronized void begin() {
        running = true;
        interrupted = false;
        StopFlag.raise(false);
    }

    /** The cell has ended. */
    synchronized void end() {
        running = false;
    }

    /** Interrupts the cell, whether it runs at this moment or is being compiled. */
    @Override
    public synchronized void stop() {
        if (running) {
            interrupted = true;
            StopFlag.raise(true);
        }
        if (thread != null) {
            thread.interrupt();
        }
    }

    synchronized boolean wasInterrupted() {
        return interrupted;
    }
}

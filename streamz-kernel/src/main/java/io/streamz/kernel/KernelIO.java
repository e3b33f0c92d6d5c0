package io.streamz.kernel;

import java.nio.charset.StandardCharsets;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/**
 * Outputs stay with the cell that ran last when that is done: a table that moves goes on moving. They go through an
 * environment of their own, for the cell's one is not made for several threads.
 */
final class KernelIO extends JupyterIO {
    private JupyterConnection connection;

    KernelIO() {
        super(StandardCharsets.UTF_8);
    }

    void connection(JupyterConnection made) {
        connection = made;
    }

    @Override
    protected void setEnv(ShellReplyEnvironment env) {
        super.setEnv(connection.prepareReplyEnv((ShellChannel) env.getShell(), env.getContext()));
    }

    @Override
    protected void retractEnv(ShellReplyEnvironment env) {}
}

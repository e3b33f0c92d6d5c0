package io.streamz.kernel;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;

/** Started by Jupyter with the file that says where to listen. Ends when it is told to, or when who started it has ended. */
public final class Main {
    private Main() {}

    /**
     * Runs until the notebook is closed.
     *
     * @param arguments the path of the connection file
     */
    public static void main(String... arguments) throws IOException, GeneralSecurityException, URISyntaxException {
        if (arguments.length != 1) {
            System.err.println(
                    "usage: java -cp ... io.streamz.kernel.Main CONNECTION_FILE; Jupyter does that by itself");
            System.exit(2);
        }
        // What cells are compiled against: the kernel's interfaces, not what it needs for itself.
        System.setProperty("java.class.path", jar(Main.class) + File.pathSeparator + jar(BaseKernel.class));
        System.setProperty("java.awt.headless", "true");
        var properties = KernelConnectionProperties.parse(Files.readString(Path.of(arguments[0])));
        var connection = new JupyterConnection(properties);
        var kernel = new JavaKernel();
        endWithParent();
        kernel.onStartup();
        kernel.becomeHandlerForConnection(connection);
        connection.connect();
        connection.waitUntilClose();
        System.exit(0);
    }

    private static Path jar(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** A server that was killed cannot say goodbye. */
    private static void endWithParent() {
        String parent = System.getenv("JPY_PARENT_PID");
        if (parent != null && parent.matches("[0-9]+")) {
            ProcessHandle.of(Long.parseLong(parent)).ifPresent(server -> {
                var unused = server.onExit().thenRun(() -> System.exit(1));
            });
        }
    }
}

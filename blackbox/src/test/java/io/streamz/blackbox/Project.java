package io.streamz.blackbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of the project lie. */
final class Project {
    private Project() {}

    /** The folder of the launcher and the parent pom. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** A file of the folder {@code shared} beside the project; the test is skipped where there is none. */
    static Path shared(String path) {
        for (Path folder = root().getParent(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared").resolve(path);
            if (Files.exists(file)) {
                return file;
            }
        }
        assumeTrue(false, "no shared/" + path + " beside the project");
        throw new IllegalStateException();
    }
}

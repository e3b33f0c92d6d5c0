package io.streamz.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps what a job writes out of what it reads, and apart from each other: a file of rejected rows in the place of the input
 * would destroy it, and an answer among the files that are read would be read as rows. Links are followed.
 */
final class Territory {
    private final Tail asked;

    Territory(Tail asked) {
        this.asked = asked;
    }

    void check() {
        Path letters = asked.deadLetters();
        if (asked.out != null) {
            check("--out", asked.out);
        }
        if (letters != null) {
            check("--on-bad-row dead-letter", letters);
            if (asked.out != null && (isSame(letters, asked.out) || asked.isInParts() && isBelow(letters, asked.out))) {
                throw new UsageException(
                        "--on-bad-row dead-letter", "writes to the place of --out; give another place");
            }
        }
    }

    private void check(String option, Path written) {
        if (asked.checkpoint != null && isBelow(written, asked.checkpoint)) {
            throw new UsageException(
                    option, "lies in the folder of --checkpoint, which belongs to the saved state alone");
        }
        if (asked.join != null && isSame(written, asked.join)) {
            throw new UsageException(option, "is the file of --join, which would be lost; give another place");
        }
        if (asked.isPiped()) {
            return;
        }
        Path read = Path.of(asked.path);
        if (Files.isDirectory(read)) {
            if (isBelow(written, read)) {
                throw new UsageException(option, "lies in the folder that is read; give another place");
            }
        } else if (isSame(written, read)) {
            throw new UsageException(option, "is the file that is read, which would be lost; give another place");
        } else if (!Files.exists(read) && isMatched(read, written)) {
            throw new UsageException(
                    option, "is matched by the pattern of files that are read, " + read + "; give another place");
        }
    }

    /** Whether what is written is one of the files of a pattern; a folder is where one of its parts would be. */
    private boolean isMatched(Path pattern, Path written) {
        boolean inParts = written.equals(asked.out) && asked.isInParts();
        Path file = inParts ? written.resolve("part-000000000001." + asked.form()) : written;
        Path folder = pattern.toAbsolutePath().getParent();
        Path name = real(file).getFileName();
        return name != null
                && real(folder).equals(real(file).getParent())
                && FileSystems.getDefault()
                        .getPathMatcher("glob:" + pattern.getFileName())
                        .matches(name);
    }

    /** Whether two paths mean one file; what several may write to, such as a terminal, is none. */
    private static boolean isSame(Path one, Path other) {
        boolean isShared = Files.exists(one) && !Files.isRegularFile(one);
        return !isShared && real(one).equals(real(other));
    }

    private static boolean isBelow(Path path, Path folder) {
        return real(path).startsWith(real(folder));
    }

    /** A path without links, as far as it is there. */
    private static Path real(Path path) {
        Path plain = path.toAbsolutePath().normalize();
        try {
            return plain.toRealPath();
        } catch (IOException e) {
            Path parent = plain.getParent();
            return parent == null ? plain : real(parent).resolve(plain.getFileName());
        }
    }
}

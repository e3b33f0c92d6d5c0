package io.streamz.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a source stood, as a checkpoint tells it, in words. */
final class SavedPosition {
    private static final Pattern OFFSET = Pattern.compile("\\boffset=(\\d+)");
    private static final Pattern LINES = Pattern.compile("\\blines=(\\d+)");
    private static final Pattern PATH = Pattern.compile("\\bpath=(.*)}", Pattern.DOTALL);
    private static final Pattern FILES = Pattern.compile("\\{files=(.*)}", Pattern.DOTALL);

    private SavedPosition() {}

    /** In words where it is known what it means, and as it is elsewhere. */
    static String read(String position) {
        Matcher files = FILES.matcher(position);
        if (files.matches()) {
            long count = files.group(1).lines().count();
            return count == 1 ? "1 file known" : count(count) + " files known";
        }
        Matcher offset = OFFSET.matcher(position);
        Matcher lines = LINES.matcher(position);
        if (!offset.find() || !lines.find()) {
            return position.equals("{}") ? "at the begin" : position;
        }
        long read = Long.parseLong(offset.group(1));
        Matcher path = PATH.matcher(position);
        String file = path.find() ? path.group(1) : "";
        return (file.isEmpty() ? "" : file + ": ")
                + count(Long.parseLong(lines.group(1))) + " lines, " + count(read) + " bytes read"
                + behind(file, read);
    }

    /** How much of the file is not read yet; nothing where that cannot be said: it is gone or shorter, or its bytes are unpacked. */
    private static String behind(String file, long read) {
        if (file.isEmpty() || file.endsWith(".gz") || file.endsWith(".zst")) {
            return "";
        }
        try {
            long left = Files.size(Path.of(file)) - read;
            return left < 0 ? "" : ", " + count(left) + " behind the end of the file";
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}

package io.streamz.frames.internal.files;

import io.streamz.core.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a folder of parts keeps of itself, in its hidden folder {@code .parts}: who writes there now, whose checkpoints know what it has,
 * and which of its last parts have appeared, so that nobody has to look whether they are still there.
 */
final class PartRecord implements AutoCloseable {
    /** Of how many of the last parts is known which pieces they took up: only who goes back to a checkpoint before them asks. */
    private static final int MARKS = 16;

    private static final int OWNER = 16;

    private final Path parts;
    private final Path folder;
    private final String ending;
    private final Pattern pattern;
    private final List<Mark> marks = new ArrayList<>();
    /** The file that we hold, by its real path; null before. */
    private Path claimed;

    private FileChannel owner;

    /**
     * All rows behind one checkpoint and up to another are in one file.
     *
     * @param before the number of the checkpoint that they are behind
     * @param number that of the other, and of the file
     * @param isShown whether the file is a part, or about to be; else it is hidden
     */
    record Mark(long before, long number, boolean isShown) {}

    PartRecord(Path parts, String ending) {
        this.parts = parts;
        this.folder = parts.resolve(".parts");
        this.ending = ending;
        this.pattern = Pattern.compile("(\\d{12})-(\\d{12})" + Pattern.quote("." + ending) + "\\.(shown|hidden)");
    }

    /**
     * Keeps others out, and reads what is there.
     *
     * @throws DataException when somebody else writes there
     */
    void open() throws IOException {
        Files.createDirectories(folder);
        claim();
        owner = FileChannel.open(
                folder.resolve("owner"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        if (!Claims.lock(owner)) {
            throw inUse();
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> pattern.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> new Mark(
                            Long.parseLong(name.group(1)),
                            Long.parseLong(name.group(2)),
                            name.group(3).equals("shown")))
                    .forEach(marks::add);
        }
        marks.sort(Comparator.comparingLong(Mark::number));
    }

    private void claim() throws IOException {
        Path file = folder.toRealPath().resolve("owner");
        if (!Claims.take(file)) {
            throw inUse();
        }
        claimed = file;
    }

    private DataException inUse() {
        return new DataException(
                "output-in-use",
                parts.toString(),
                "cannot write parts into " + parts + ": another job that runs writes there",
                "end that one, or give each a folder of its own");
    }

    // Whose it is.

    /** The run whose checkpoints know what is there; 0 where no checkpoint does, which a kill in the middle leaves too. */
    long owner() throws IOException {
        ByteBuffer text = ByteBuffer.allocate(OWNER);
        int count = 0;
        while (count >= 0 && text.hasRemaining()) {
            count = owner.read(text, text.position());
        }
        String digits = new String(text.array(), StandardCharsets.US_ASCII);
        return digits.matches("[0-9a-f]{16}") ? HexFormat.fromHexDigitsToLong(digits) : 0;
    }

    void own(long number) throws IOException {
        ByteBuffer text = ByteBuffer.wrap(HexFormat.of().toHexDigits(number).getBytes(StandardCharsets.US_ASCII));
        owner.position(0);
        while (text.hasRemaining()) {
            owner.write(text);
        }
        owner.force(true);
        PendingFile.forceDirectory(folder);
        PendingFile.forceDirectory(parts);
    }

    /** It is nobody's, and nothing has appeared. */
    void clear() throws IOException {
        owner.truncate(0);
        owner.force(true); // else the one before may come back, and keep the next one out
        forgetBehind(-1);
    }

    // What has appeared.

    /** Whether a part of this number has appeared or is about to: a part is closed only when the one before it has appeared. */
    boolean isMarked(long number) {
        return marks.stream().anyMatch(mark -> mark.isShown && mark.number >= number);
    }

    /** Where the rows went that are behind one checkpoint, up to another or more, oldest first. */
    List<Mark> behind(long before, long upTo) {
        return marks.stream()
                .filter(mark -> mark.before == before && mark.number >= upTo)
                .toList();
    }

    /** Says only that a part has appeared. */
    void appeared(long number) throws IOException {
        mark(new Mark(number, number, true));
    }

    /** It is safe when this returns. */
    void mark(Mark mark) throws IOException {
        FileChannel.open(file(mark), StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
                .close();
        PendingFile.forceDirectory(folder);
        if (!marks.contains(mark)) {
            marks.add(mark);
            marks.sort(Comparator.comparingLong(Mark::number));
        }
    }

    /** Leaves the last ones. */
    void prune() throws IOException {
        while (marks.size() > MARKS) {
            forget(marks.get(0));
        }
    }

    /** Forgets what came after a checkpoint. */
    void forgetBehind(long checkpoint) throws IOException {
        for (Mark mark : List.copyOf(marks)) {
            if (mark.number > checkpoint) {
                forget(mark);
            }
        }
    }

    private void forget(Mark mark) throws IOException {
        Files.deleteIfExists(file(mark));
        marks.remove(mark);
    }

    private Path file(Mark mark) {
        return folder.resolve(String.format(
                "%012d-%012d.%s.%s", mark.before, mark.number, ending, mark.isShown ? "shown" : "hidden"));
    }

    /** Lets others in. */
    @Override
    public void close() {
        try {
            if (owner != null) {
                owner.close();
            }
        } catch (IOException e) {
            // The system lets go of it with the process.
        } finally {
            owner = null;
            if (claimed != null) {
                Claims.release(claimed);
                claimed = null;
            }
        }
    }
}

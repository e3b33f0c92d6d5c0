package io.streamz.frames.internal.files;

import io.streamz.core.DataException;
import io.streamz.core.Position;
import io.streamz.frames.internal.text.Complaints;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of files that appear whole. What a checkpoint adds is a piece: written as {@code .part-open.csv.pending}, and complete and
 * safe as {@code .part-000000000012.csv.pending} when the checkpoint is made. A part is one piece or several, by the number of the
 * checkpoint that closed it. When that is there, its pieces are put together as {@code .part-000000000012.csv.whole} and go; then a mark
 * in the {@link PartRecord} says that the part appears, and it takes its name, {@code part-000000000012.csv}. So its rows are always in
 * one place, and a mark without a hidden file means that it has appeared, wherever it is by now: from then on it is the reader's.
 *
 * <p>The end of the input closes a part behind the last checkpoint, though that does not know it: the mark says so. Rows that no
 * checkpoint knows appear as {@code part-000000000013-end.csv}, and go when the next run begins, since they come again.
 *
 * <p>Where the newest checkpoint is damaged, a run goes back to an older one: then parts that came after it go too, because their rows come
 * again, and of the first of them come back those that the checkpoint knows as pieces.
 */
public final class PartFolder implements AutoCloseable {
    private static final String PENDING = ".pending";
    private static final String WHOLE = ".whole";

    private final Path folder;
    private final String ending;
    private final Pieces pieces;
    private final Pattern hidden;
    private final Pattern whole;
    private final Pattern shown;
    private final Pattern atEnd;
    private final PartRecord record;
    private FileChannel channel;
    private long begun = Long.MAX_VALUE;
    private long owner;

    /** The number of the last checkpoint that was tried. */
    private long last;

    private Standing now = Standing.START;
    /** As it was at the last checkpoint that was tried. */
    private Standing tried = now;
    /** As it was at the last checkpoint that is there. */
    private Standing safe = now;

    /** How pieces become a part. What they hold has a size in some unit: all of a part's pieces together have that of the part. */
    public interface Pieces {
        /** The size of a piece of so many bytes and rows. */
        long size(long bytes, long rows);

        /** Writes all that the pieces hold, in order; gives its size. */
        long join(List<Path> pieces, OutputStream out) throws IOException;

        /** Writes the first of what a part holds, up to a size; gives how much that is. */
        long head(Path part, long size, OutputStream out) throws IOException;
    }

    /** The parts in this folder whose names end so. */
    public PartFolder(Path folder, String ending, Pieces pieces) {
        this.folder = folder;
        this.ending = ending;
        this.pieces = pieces;
        String behind = Pattern.quote("." + ending);
        this.hidden = Pattern.compile("\\.part-(\\d{12})" + behind + Pattern.quote(PENDING));
        this.whole = Pattern.compile("\\.part-(\\d{12})" + behind + Pattern.quote(WHOLE));
        this.shown = Pattern.compile("part-(\\d{12})" + behind);
        this.atEnd = Pattern.compile("part-(\\d{12})-end" + behind);
        this.record = new PartRecord(folder, ending);
    }

    // Beginning, and going on.

    /**
     * Brings the folder to what a checkpoint knows of it.
     *
     * @throws DataException when somebody else writes there, or what the checkpoint knows is not there
     */
    public void resume(Position saved) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new DataException(
                    "no-folder",
                    folder.toString(),
                    "cannot write parts into " + folder + ": it is a file",
                    "give a folder that is empty, or that is not there yet");
        }
        make();
        try {
            record.open();
            if (saved.has("checkpoint")) {
                goOn(saved);
            } else {
                begin();
            }
        } catch (IOException | RuntimeException e) {
            close(); // nobody closes what has not begun
            throw e;
        }
    }

    private void make() throws IOException {
        Path made = folder.toAbsolutePath();
        List<Path> parents = new ArrayList<>();
        while (!Files.exists(made)) {
            made = made.getParent();
            parents.add(made);
        }
        Files.createDirectories(folder);
        for (Path parent : parents) {
            PendingFile.forceDirectory(parent);
        }
    }

    /** Hidden files of a run that has made no checkpoint are leftovers; those of one that has are not ours. */
    private void begin() throws IOException {
        boolean hasParts = !files(shown).isEmpty() || !files(atEnd).isEmpty();
        boolean hasPieces = !files(hidden).isEmpty() || !files(whole).isEmpty();
        if (hasParts || hasPieces && record.owner() != 0) {
            throw others("it has parts of another run" + (hasParts ? "" : ", hidden until they are due"));
        }
        record.clear();
        clear();
        owner = 1 + new SecureRandom().nextLong(Long.MAX_VALUE - 1);
    }

    private DataException others(String what) {
        return new DataException(
                "parts-there",
                folder.toString(),
                "cannot write parts into " + folder + ": " + what + ", which these checkpoints do not know",
                "give a folder that is empty, or the checkpoints of that run");
    }

    private void goOn(Position saved) throws IOException {
        requireOwner(saved);
        owner = saved.number("owner");
        if (record.owner() != 0 && record.owner() != owner) {
            throw others("it has parts of another run");
        }
        now = Standing.read(saved);
        last = now.checkpoint();
        requireEnding(saved.text("ending"));
        if (!isHidden(now.open())) {
            recover();
        }
        if (!now.closing().isEmpty() && isShown(now.closed())) {
            record.appeared(now.closed()); // what tells it may go with what came later
        }
        clear();
        tried = now;
        safe = now;
        record.own(owner);
        appear();
    }

    private void requireOwner(Position saved) {
        if (!saved.has("owner")) {
            throw new DataException(
                    "older-parts",
                    folder.toString(),
                    "cannot go on with the parts in " + folder
                            + ": the checkpoint is of an older version, which did not note what had appeared",
                    "let that version end the job once, so that all rows appear,"
                            + " and start with an empty folder for the parts and one for the checkpoints");
        }
    }

    private void requireEnding(String before) {
        if (!before.equals(ending) && !(now.open().isEmpty() && now.closing().isEmpty())) {
            throw new DataException(
                    "other-ending",
                    folder.toString(),
                    "cannot write parts that end in '." + ending + "' into " + folder
                            + ": rows wait there in hidden files that end in '." + before + "'",
                    "let the run end once as it was, or give another folder");
        }
    }

    private boolean isHidden(Waiting all) {
        return all.pieces().stream().allMatch(number -> Files.exists(piece(number)));
    }

    /** The pieces behind the closed part are not all there: they are in the part that took them up. */
    private void recover() throws IOException {
        List<PartRecord.Mark> marks = record.behind(now.closed(), last);
        for (PartRecord.Mark mark : marks) {
            Path file = mark.isShown() ? place(mark.number()) : piece(mark.number());
            if (mark.number() == last && mark.isShown()) {
                now = now.closed(last); // the end of the input did that
                return;
            } else if (mark.number() == last && Files.exists(file)) {
                now = now.opened(now.open().in(last)); // an earlier restart has put them together
                return;
            } else if (Files.exists(file)) {
                giveBack(file);
                return;
            }
        }
        Path unmarked = whole(last);
        for (Path file : files(whole)) {
            unmarked = number(whole, file) > last ? file : unmarked;
        }
        if (marks.stream().anyMatch(PartRecord.Mark::isShown)) {
            record.mark(new PartRecord.Mark(now.closed(), last, true)); // whoever took the part has the rows
            now = now.closed(last).appeared();
        } else if (Files.exists(unmarked) && !record.isMarked(now.closed() + 1)) {
            takeUp(unmarked);
        } else {
            requireHidden(now.open());
        }
    }

    /** A kill has come between putting pieces together and saying so. */
    private void takeUp(Path file) throws IOException {
        if (number(whole, file) == last) {
            now = now.closed(last);
        } else {
            giveBack(file);
        }
    }

    /** Puts the first rows of a part back into a piece. */
    private void giveBack(Path part) throws IOException {
        Files.deleteIfExists(opened());
        channel = create(opened());
        long found = pieces.head(part, now.open().size(), Channels.newOutputStream(channel));
        check(part, found, now.open().size());
        for (long number : now.open().pieces()) {
            Files.deleteIfExists(piece(number)); // else they would be taken for what else there is
        }
        complete(piece(last));
        record.mark(new PartRecord.Mark(now.closed(), last, false));
        now = now.opened(now.open().in(last));
    }

    /** Deletes what the checkpoint does not know: it comes again. */
    private void clear() throws IOException {
        Files.deleteIfExists(opened());
        Files.deleteIfExists(joined());
        Set<Long> known = new HashSet<>(now.open().pieces());
        known.addAll(now.closing().pieces());
        for (Path file : files(hidden)) {
            if (!known.contains(number(hidden, file))) {
                Files.delete(file);
            }
        }
        for (Path file : files(whole)) {
            if (now.closing().isEmpty() || number(whole, file) != now.closed()) {
                Files.delete(file);
            }
        }
        for (Path file : files(atEnd)) {
            Files.delete(file);
        }
        record.forgetBehind(last);
        for (Path part : files(shown).stream().sorted(Comparator.reverseOrder()).toList()) {
            if (number(shown, part) > last) {
                Files.delete(part);
            }
        }
    }

    // Writing.

    /**
     * Begins a piece.
     *
     * @param time when that is, in milliseconds
     */
    public OutputStream begin(long time) throws IOException {
        begun = time;
        channel = create(opened());
        return Channels.newOutputStream(channel);
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /** The piece is complete, and belongs to a checkpoint. */
    public void finish(long checkpoint, long rows) {
        attempt(() -> {
            long size = pieces.size(channel.size(), rows);
            complete(piece(checkpoint));
            now = now.with(new Waiting(List.of(checkpoint), rows, size, begun));
        });
    }

    /** The checkpoint may lie on another disk, and be safe before the name of this file is. */
    private void complete(Path place) throws IOException {
        channel.force(true);
        channel.close();
        move(opened(), place);
        PendingFile.forceDirectory(folder);
    }

    /** The rows that wait in pieces. */
    public long rows() {
        return now.open().rows();
    }

    /** When the first of them came, in milliseconds; the largest number where there is none. */
    public long since() {
        return now.open().since();
    }

    /**
     * Closes a part, which appears with a checkpoint: all pieces up to now, if there are any. Only when the one before it has appeared:
     * else nobody could tell later which pieces a part took up.
     */
    public void roll(long checkpoint) {
        if (!now.open().isEmpty() && now.closing().isEmpty()) {
            now = now.closed(checkpoint);
        }
    }

    /** Where the folder stands at a checkpoint. */
    public Position position(long checkpoint) {
        last = checkpoint;
        tried = now.at(checkpoint);
        return tried.save(Position.START.with("owner", owner).with("ending", ending));
    }

    /** The number of the last checkpoint that was tried. */
    public long last() {
        return last;
    }

    // Appearing.

    /** Lets the part appear that was closed up to a checkpoint, which is there. */
    public void committed(long checkpoint) {
        attempt(() -> {
            safe = tried.checkpoint() == checkpoint ? tried : safe;
            if (record.owner() == 0) {
                record.own(owner);
            }
            if (now.closed() <= checkpoint) {
                appear();
            }
        });
    }

    /**
     * Lets all appear.
     *
     * @param behind the number of what no checkpoint knows
     */
    public void end(long behind) {
        attempt(() -> {
            if (now.closed() <= safe.checkpoint()) {
                appear();
            }
            Waiting rest = now.closing().plus(now.open()).behind(safe.open());
            now = safe.appeared();
            if (!safe.open().isEmpty()) {
                now = now.closed(safe.checkpoint());
                appear();
            }
            appearAtEnd(rest, behind);
        });
    }

    /** Lets all appear, where there are no checkpoints and nothing comes again. */
    public void endForGood(long number) {
        roll(number);
        attempt(this::appear);
    }

    private void appear() throws IOException {
        if (now.closing().isEmpty()) {
            return;
        }
        if (!isShown(now.closed())) {
            Path file = whole(now.closed());
            if (!Files.exists(file)) {
                join(now.closing(), file);
                PendingFile.forceDirectory(folder);
            }
            delete(now.closing());
            record.mark(new PartRecord.Mark(now.before(), now.closed(), true));
            move(file, part(now.closed()));
        }
        PendingFile.forceDirectory(folder);
        record.prune();
        now = now.appeared();
    }

    private boolean isShown(long part) {
        return record.isMarked(part) && !Files.exists(whole(part));
    }

    private void appearAtEnd(Waiting rest, long number) throws IOException {
        if (!rest.isEmpty()) {
            join(rest, folder.resolve(String.format("part-%012d-end.%s", number, ending)));
            delete(rest);
            PendingFile.forceDirectory(folder);
        }
    }

    private void join(Waiting all, Path into) throws IOException {
        requireHidden(all);
        List<Path> files = all.pieces().stream().map(this::piece).toList();
        if (files.size() == 1) {
            check(files.get(0), pieces.size(Files.size(files.get(0)), all.rows()), all.size());
            move(files.get(0), into);
            return;
        }
        Files.deleteIfExists(joined());
        try (FileChannel out = create(joined())) {
            check(into, pieces.join(files, Channels.newOutputStream(out)), all.size());
            out.force(true);
        }
        move(joined(), into);
    }

    private void delete(Waiting all) throws IOException {
        for (long number : all.pieces()) {
            Files.deleteIfExists(piece(number));
        }
    }

    private void requireHidden(Waiting all) {
        for (long number : all.pieces()) {
            if (!Files.exists(piece(number))) {
                throw changed("the hidden file " + piece(number).getFileName()
                        + " is not there, whose rows the checkpoint counts as written");
            }
        }
    }

    private void check(Path file, long found, long known) {
        if (found != known) {
            throw changed("of what the checkpoint knows of " + file.getFileName() + " not all is there");
        }
    }

    private DataException changed(String what) {
        return new DataException(
                "output-changed",
                folder.toString(),
                "cannot go on with the parts in " + folder + ": " + what,
                "put the hidden files back, or start anew with an empty folder for the parts and one for the checkpoints");
    }

    /**
     * Does something to files.
     *
     * @throws DataException when that fails
     */
    public void attempt(PendingFile.Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw Complaints.writing(folder, e);
        }
    }

    // Files.

    private List<Path> files(Pattern pattern) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file ->
                            pattern.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private static long number(Pattern pattern, Path file) {
        Matcher matcher = pattern.matcher(file.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path opened() {
        return folder.resolve(".part-open." + ending + PENDING);
    }

    private Path joined() {
        return folder.resolve(".part-joined." + ending + PENDING);
    }

    private Path piece(long number) {
        return folder.resolve("." + name(number) + PENDING);
    }

    private Path whole(long number) {
        return folder.resolve("." + name(number) + WHOLE);
    }

    private Path part(long number) {
        return folder.resolve(name(number));
    }

    /** Where the rows of a part are, unless somebody took it. */
    private Path place(long number) {
        return Files.exists(whole(number)) ? whole(number) : part(number);
    }

    private String name(long number) {
        return String.format("part-%012d.%s", number, ending);
    }

    /** Gives up a part that is not complete, and lets others in. */
    @Override
    public void close() {
        try {
            if (channel != null) {
                attempt(() -> {
                    channel.close();
                    Files.deleteIfExists(opened());
                });
            }
        } finally {
            channel = null;
            record.close();
        }
    }
}

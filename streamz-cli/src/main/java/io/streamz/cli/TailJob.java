package io.streamz.cli;

import io.streamz.cli.Lists.Order;
import io.streamz.core.Checkpoint;
import io.streamz.core.Checkpoints;
import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.core.StreamzException;
import io.streamz.frames.CsvProgress;
import io.streamz.frames.DeadLetters;
import io.streamz.frames.FrameSink;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Join;
import io.streamz.frames.LiveTable;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Reject;
import io.streamz.frames.Schema;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.frames.View;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of {@code streamz tail}: a file, the steps over its rows, and their answer. */
final class TailJob {
    private static final Pattern ASSIGN =
            Pattern.compile("\\s*(?:`((?:[^`]|``)+)`|([^=`]*[^=`\\s]))\\s*=\\s*(\\S.*)", Pattern.DOTALL);

    /** What was read of a pipe to learn its columns is a megabyte at most: so many polls and more. */
    private static final int READ_AHEAD = 8;

    /** How long the same warning is not repeated. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    /** Warnings of checkpoints after which the state is saved all the same. */
    private static final Set<String> PASSING = Set.of("damaged-checkpoint", "old-checkpoint-stays");

    private final Tail asked;
    private final Console console;
    private final Screen screen;
    private final Input input;
    private final FrameSource rows;
    private final Stoppable source;

    private final Answer answer;
    /** Whether rows go out as they come, and must not wait in a buffer while nothing more does. */
    private boolean running;

    /** What tells that nothing has come yet; null where something may have come before, or nothing is waited for. */
    private Silence silence;

    /** The answer so far, to be drawn; null where rows are given as they come. */
    private Supplier<Table> soFar;

    private final List<Reject> overflows = new CopyOnWriteArrayList<>();
    /** Keeps rows that are left out; null where nobody asked. */
    private DeadLetters letters;

    /** Where the state is saved, or null. */
    private Checkpoints saved;

    private String fitting = "";

    private Reject firstReject;
    /** The number of the checkpoint that has to be there for all to be saved; 0 while none was missed. */
    private volatile long unsaved;

    private String warned;
    private long warnedAt;
    private long rejects;

    TailJob(Tail asked, Console console) {
        this.asked = asked;
        this.console = console;
        this.screen = new Screen(console);
        this.input = new Input(asked, console);
        this.answer = new Answer(asked, console);
        this.rows = input.source(asked.badRows(), this::count, this::show);
        this.source = new Stoppable(rows, asked.isPiped() ? READ_AHEAD : 0);
    }

    void run() throws IOException {
        try (Interrupt interrupt = new Interrupt(source::stop);
                Pipeline pipeline =
                        Pipeline.create("tail").badRows(asked.badRows()).onReject(this::overflow)) {
            pipeline.memory(asked.memory());
            checkpoints(pipeline);
            letters = letters();
            if (asked.follow && !isRestarted()) {
                silence = new Silence(asked, input.choosesColumns(), console);
                if (!new FirstRows(rows, silence).await(interrupt)) {
                    return;
                }
            }
            StreamFrame read = firstLook(pipeline, interrupt);
            if (read == null) {
                return;
            }
            StreamFrame frame = plan(pipeline, read);
            if (asked.givesTable()) {
                giveTable(pipeline, interrupt, asked.windowing().table(frame));
            } else if (asked.holdsRows()) {
                giveHeldRows(pipeline, interrupt, frame);
            } else {
                giveRows(pipeline, interrupt, frame);
            }
        } finally {
            screen.clear();
            if (letters != null) {
                letters.close();
            }
        }
        warn();
    }

    /** What would be done; only the columns are looked for. */
    String explain() {
        try (Pipeline pipeline = Pipeline.create("tail").badRows(asked.badRows())) {
            checkpoints(pipeline);
            StreamFrame frame = plan(pipeline, pipeline.read(source));
            LiveTable table = asked.givesTable() ? asked.windowing().table(frame) : null;
            checkOrder(table == null ? frame.schema() : table.schema());
            fitting = fitting(table == null ? savedSteps(frame) : table.steps());
            return (table == null ? frame.explain() : table.explain()) + "columns: "
                    + (table == null ? frame.schema() : table.schema()) + "\n";
        }
    }

    /** Whether {@link #run} would go on from the newest checkpoint; empty where there is none. */
    private String fitting(String steps) {
        List<Checkpoint> kept = kept(damage -> console.say("warning: " + Failure.line(damage, asked)));
        if (kept.isEmpty()) {
            return "";
        }
        Checkpoint newest = kept.get(0);
        String found = "checkpoint: number " + newest.number() + ", taken " + newest.taken();
        return newest.difference(steps)
                .map(what -> found + ", does not fit these steps, and tail refuses to go on from it: " + what + "\n")
                .orElse(found + ", fits these steps, and tail goes on from it\n");
    }

    /** What {@link #explain} found out of the checkpoints there. */
    String fitting() {
        return fitting;
    }

    /** The steps over the rows, without the aggregates that make them a table. */
    private StreamFrame plan(Pipeline pipeline, StreamFrame read) {
        Windowing windowing = asked.windowing();
        StreamFrame chosen = chosen(read);
        StreamFrame frame = windowing.ready(chosen, steps(joined(pipeline, windowing.timed(chosen))));
        return windowing.givesRows() ? windowing.rows(frame) : frame;
    }

    private void checkpoints(Pipeline pipeline) {
        if (asked.checkpoint != null) {
            String folder = asked.checkpoint.toString();
            saved = UsageException.asTime("--every", () -> pipeline.checkpoints(folder, asked.every()))
                    .onWarning(warning -> unsaved(warning, pipeline.epoch()));
        }
    }

    /** Says what the checkpoints are of. */
    private void belongTo(String steps) {
        if (saved != null) {
            saved.plan(steps);
        }
    }

    /** What the checkpoints of rows are of: of more than the limit only those stay that were the first by their order. */
    private String savedSteps(StreamFrame rows) {
        boolean isCut = asked.holdsRows() && asked.limit != null;
        return rows.steps() + (isCut ? "\nthe first " + asked.limit + " by " + String.join(", ", keys()) : "");
    }

    private synchronized void unsaved(StreamzException warning, long next) {
        // A disk that stays full would fill the log, too.
        long now = console.nanos().getAsLong();
        if (!warning.getMessage().equals(warned) || now - warnedAt > AGAIN.toNanos()) {
            console.say("warning: " + Failure.line(warning, asked));
            warned = warning.getMessage();
            warnedAt = now;
        }
        if (!PASSING.contains(warning.code())) {
            unsaved = next;
        }
    }

    /** Whether the last checkpoint that was tried is there, if any was; why it is not has been said. */
    boolean isSaved() {
        long needed = unsaved;
        return needed == 0 || kept(damage -> {}).stream().anyMatch(each -> each.number() >= needed);
    }

    /** Whether there are checkpoints, which know the columns. Where all are damaged, the start says so. */
    private boolean isRestarted() {
        List<DataException> damages = new ArrayList<>();
        return !kept(damages::add).isEmpty() || !damages.isEmpty();
    }

    /** The checkpoints that can be read, newest first: a start passes over damaged ones, too. */
    private List<Checkpoint> kept(Consumer<? super DataException> damages) {
        boolean isThere = asked.checkpoint != null && Files.isDirectory(asked.checkpoint);
        return isThere ? Checkpoint.list(asked.checkpoint, damages) : List.of();
    }

    private boolean isIncomplete(Interrupt interrupt) {
        return interrupt.isRequested() && !asked.follow;
    }

    /** The columns; null where the job was asked to stop before the first of them came through a pipe. */
    private StreamFrame firstLook(Pipeline pipeline, Interrupt interrupt) {
        try {
            return interrupt.whileLooking(() -> pipeline.read(source));
        } catch (DataException e) {
            if (interrupt.isRequested() && e.code().equals("empty-file")) {
                return null;
            }
            throw e;
        }
    }

    private void warn() {
        if (rejects > 0) {
            console.say(rejects + (rejects == 1 ? " row was" : " rows were") + " left out; the first is line "
                    + firstReject.line() + " of " + firstReject.source() + ": " + firstReject.reason());
        }
        long late = asked.windowing().late();
        if (late > 0) {
            console.say(late + (late == 1 ? " row was" : " rows were") + " late and left out; --lateness lets more in");
        }
        if (!overflows.isEmpty()) {
            String first = overflows.get(0).reason() + "; it is null";
            int more = overflows.size() - 1;
            console.say(more == 0 ? first : first + ", and so are " + more + " more");
        }
    }

    private DeadLetters letters() {
        if (asked.deadLetters() == null) {
            return null;
        }
        return asked.follow ? DeadLetters.append(asked.deadLetters()) : DeadLetters.create(asked.deadLetters());
    }

    private void overflow(Reject reject) {
        overflows.add(reject);
        if (letters != null) {
            letters.accept(reject);
        }
    }

    private StreamFrame chosen(StreamFrame read) {
        return asked.columns == null || input.choosesColumns()
                ? read
                : read.select(Lists.names("--columns", asked.columns).toArray(String[]::new));
    }

    private void count(Reject reject) {
        if (letters != null) {
            letters.accept(reject);
        }
        rejects++;
        firstReject = firstReject == null ? reject : firstReject;
    }

    private void show(CsvProgress read) {
        try {
            Progress progress = new Progress(read.rows(), read.bytes(), read.totalBytes(), screen.nanos());
            screen.show(progress, soFar);
            if (silence != null && read.rows() == 0 && read.bytes() == 0) {
                silence.goesOn();
            }
            if (running) {
                answer.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows with the columns of another file, which conditions and expressions may name. */
    private StreamFrame joined(Pipeline pipeline, StreamFrame rows) {
        if (asked.join == null) {
            return rows;
        }
        Join join = rows.join(pipeline.read(input.table())).on(asked.joinKeys());
        if (asked.joinKind == null) {
            return join.left();
        }
        return switch (asked.joinKind) {
            case left -> join.left();
            case inner -> join.inner();
            case semi -> join.semi();
            case anti -> join.anti();
        };
    }

    /** A condition over the columns of the file comes first, so that nothing is computed for rows that it drops. */
    private StreamFrame steps(StreamFrame rows) {
        if (asked.where == null) {
            return assigned(rows);
        }
        StreamFrame kept;
        try {
            kept = rows.filter(asked.where);
        } catch (PlanException e) {
            if (asked.assign.isEmpty() || !e.code().equals("unknown-column")) {
                throw e;
            }
            return assigned(rows).filter(asked.where);
        }
        return assigned(kept);
    }

    private StreamFrame assigned(StreamFrame rows) {
        StreamFrame frame = rows;
        for (String text : asked.assign) {
            Matcher matcher = ASSIGN.matcher(text);
            if (!matcher.matches()) {
                throw new UsageException("--assign", "cannot be read from '" + text + "'; write NAME=EXPR");
            }
            String name = matcher.group(1) == null
                    ? matcher.group(2)
                    : matcher.group(1).replace("``", "`");
            frame = frame.assign(name, matcher.group(3));
        }
        return frame;
    }

    private void giveTable(Pipeline pipeline, Interrupt interrupt, LiveTable table) throws IOException {
        checkOrder(table.schema());
        belongTo(table.steps());
        View view = table.view();
        soFar = () -> drawable(view);
        pipeline.run();
        give(interrupt, arranged(view.now()));
    }

    /** The table so far, or null while an answer does not fit its type: more rows may make it fit again. */
    private Table drawable(View view) {
        try {
            return arranged(view.now());
        } catch (DataException e) {
            return null;
        }
    }

    private void giveHeldRows(Pipeline pipeline, Interrupt interrupt, StreamFrame rows) throws IOException {
        checkOrder(rows.schema());
        belongTo(savedSteps(rows));
        Held held = new Held(this::arranged, asked.limit());
        rows.sink(asked.order().isEmpty() ? new Limited(held, asked.limit(), source::stop) : held);
        pipeline.run();
        give(interrupt, held.table());
    }

    private void giveRows(Pipeline pipeline, Interrupt interrupt, StreamFrame rows) throws IOException {
        if (asked.out == null && console.terminal().isScreen()) {
            screen.off();
        }
        belongTo(savedSteps(rows));
        running = asked.out == null && (asked.follow || asked.isPiped());
        FrameSink sink = asked.out == null ? answer.rows() : new Unless(answer.rows(), () -> isIncomplete(interrupt));
        rows.sink(new Limited(sink, asked.limit(), source::stop));
        pipeline.run();
        if (asked.checkpoint == null) {
            checkComplete(interrupt);
        }
    }

    private void checkOrder(Schema schema) {
        asked.order().forEach(order -> schema.column(order.name(), "the answer"));
    }

    private Table arranged(Table table) {
        String[] by = keys();
        Table sorted = by.length == 0 ? table : table.sort(by);
        return sorted.head((int) Math.min(Integer.MAX_VALUE, asked.limit()));
    }

    private String[] keys() {
        return asked.order().stream().map(TailJob::key).toArray(String[]::new);
    }

    private static String key(Order order) {
        return "`" + order.name() + "`" + (order.descending() ? " desc" : "");
    }

    private void give(Interrupt interrupt, Table table) throws IOException {
        screen.clear();
        Answer.give(table, answer.whole(), () -> checkComplete(interrupt));
    }

    private void checkComplete(Interrupt interrupt) {
        if (asked.out != null && isIncomplete(interrupt)) {
            throw new DataException(
                    "interrupted", asked.out.toString(), "interrupted; " + asked.out + " was not written", "");
        }
    }
}

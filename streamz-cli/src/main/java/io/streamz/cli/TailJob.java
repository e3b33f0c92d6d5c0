package io.streamz.cli;

import io.streamz.cli.Lists.Order;
import io.streamz.cli.Tail.Form;
import io.streamz.cli.Tail.OnBadRow;
import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.frames.BadRows;
import io.streamz.frames.Csv;
import io.streamz.frames.CsvOut;
import io.streamz.frames.CsvProgress;
import io.streamz.frames.FrameSink;
import io.streamz.frames.LiveTable;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Reject;
import io.streamz.frames.Schema;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.frames.View;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of {@code streamz tail}: a file, the steps over its rows, and their answer. */
final class TailJob {
    private static final Pattern ASSIGN =
            Pattern.compile("\\s*(?:`((?:[^`]|``)+)`|([^=`]*[^=`\\s]))\\s*=\\s*(\\S.*)", Pattern.DOTALL);

    /** What was read of a pipe to learn its columns is a megabyte at most: so many polls and more. */
    private static final int READ_AHEAD = 8;

    private final Tail asked;
    private final Console console;
    private final Screen screen;
    private final Csv csv;
    private final Stoppable source;

    /** Where rows go as they come, and must not wait in a buffer while nothing more does; null where there is none. */
    private Target running;

    /** The answer so far, to be drawn; null where rows are given as they come. */
    private Supplier<Table> soFar;

    private final List<Reject> overflows = new CopyOnWriteArrayList<>();
    private Reject firstReject;
    private long rejects;

    TailJob(Tail asked, Console console) {
        this.asked = asked;
        this.console = console;
        this.screen = new Screen(console);
        this.csv = csv();
        this.source = new Stoppable(csv, asked.isPiped() ? READ_AHEAD : 0);
    }

    void run() throws IOException {
        try (Interrupt interrupt = new Interrupt(source::stop);
                Pipeline pipeline = Pipeline.create("tail").badRows(badRows()).onReject(overflows::add)) {
            pipeline.memory(asked.memory());
            if (asked.follow && !new FirstRows(csv).await(interrupt)) {
                return;
            }
            StreamFrame read = firstLook(pipeline, interrupt);
            if (read == null) {
                return;
            }
            Windowing windowing = asked.windowing();
            StreamFrame rows = windowing.ready(read, steps(windowing.timed(read)));
            if (windowing.givesRows()) {
                rows = windowing.rows(rows);
            }
            if (asked.agg != null && !windowing.givesRows()) {
                giveTable(pipeline, interrupt, windowing.table(rows));
            } else if (asked.order().isEmpty() && asked.form() == Form.csv) {
                giveRows(pipeline, interrupt, rows);
            } else {
                giveHeldRows(pipeline, interrupt, rows);
            }
        } finally {
            screen.clear();
        }
        warn();
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

    private BadRows badRows() {
        return asked.onBadRow == OnBadRow.skip ? BadRows.SKIP : BadRows.FAIL;
    }

    private Csv csv() {
        Csv rows = asked.isPiped() ? Csv.read(console.in(), "standard input") : files();
        rows = asked.types == null ? rows : rows.types(asked.types);
        return rows.nullValues(asked.nullWords())
                .badRows(badRows())
                .drift(asked.onDrift.drift)
                .onReject(this::count)
                .onProgress(this::show);
    }

    private Csv files() {
        if (!asked.follow) {
            return Csv.read(Path.of(asked.path));
        }
        Csv rows = Csv.tail(Path.of(asked.path));
        return asked.every == null ? rows : rows.every(asked.every);
    }

    private void count(Reject reject) {
        rejects++;
        firstReject = firstReject == null ? reject : firstReject;
    }

    private void show(CsvProgress read) {
        try {
            Progress progress = new Progress(read.rows(), read.bytes(), read.totalBytes(), screen.nanos());
            screen.show(progress, soFar);
            if (running != null) {
                running.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        Held held = new Held(this::arranged, asked.limit());
        rows.sink(asked.order().isEmpty() ? new Limited(held, asked.limit(), source::stop) : held);
        pipeline.run();
        give(interrupt, held.table());
    }

    private void giveRows(Pipeline pipeline, Interrupt interrupt, StreamFrame rows) throws IOException {
        if (asked.out == null && console.terminal().isScreen()) {
            screen.off();
        }
        try (Target target = target()) {
            running = asked.out == null && (asked.follow || asked.isPiped()) ? target : null;
            rows.sink(new Limited(CsvOut.to(target), asked.limit(), source::stop));
            pipeline.run();
            screen.clear();
            commit(interrupt, target);
        }
    }

    private void checkOrder(Schema schema) {
        asked.order().forEach(order -> schema.column(order.name(), "the answer"));
    }

    private Table arranged(Table table) {
        String[] by = asked.order().stream().map(TailJob::key).toArray(String[]::new);
        Table sorted = by.length == 0 ? table : table.sort(by);
        return sorted.head((int) Math.min(Integer.MAX_VALUE, asked.limit()));
    }

    private static String key(Order order) {
        return "`" + order.name() + "`" + (order.descending() ? " desc" : "");
    }

    private void give(Interrupt interrupt, Table table) throws IOException {
        screen.clear();
        try (Target target = target()) {
            if (asked.form() == Form.csv) {
                FrameSink csv = CsvOut.to(target);
                csv.open(table.schema());
                csv.write(Held.batch(table));
                csv.end();
            } else {
                target.write((table.toString(Integer.MAX_VALUE) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            commit(interrupt, target);
        }
    }

    private Target target() throws IOException {
        return asked.out == null ? Target.stream(console.out()) : Target.file(asked.out);
    }

    private void commit(Interrupt interrupt, Target target) throws IOException {
        if (asked.out != null && interrupt.isRequested() && !asked.follow) {
            throw new DataException(
                    "interrupted", asked.out.toString(), "interrupted; " + asked.out + " was not written", "");
        }
        target.commit();
    }
}

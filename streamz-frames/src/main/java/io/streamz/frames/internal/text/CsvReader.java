package io.streamz.frames.internal.text;

import io.streamz.aggregations.Lane;
import io.streamz.core.DataException;
import io.streamz.core.Output;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.BadRows;
import io.streamz.frames.BatchPool;
import io.streamz.frames.CsvProgress;
import io.streamz.frames.Field;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Reject;
import io.streamz.frames.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Walks a CSV file from row boundary to row boundary and gives its rows as batches.
 *
 * <p>Each poll reads one piece of the file behind the half row that the last poll left, scans it, and parses the columns
 * that are needed. The text of a batch lies in the array it was read into; when somebody holds the batch longer, the next
 * piece goes into another array. What is held in memory is one piece, or one row where a row is longer.
 */
final class CsvReader implements Source<RecordBatch> {
    private static final String STREAM = "a stream";

    private final CsvSettings settings;
    private final Schema schema;
    private final Projection projection;
    private final BatchPool pool;
    private final Opener opener;
    private final Tally tally;
    private final Trail trail = new Trail();
    private final ReadBuffer buffer = new ReadBuffer();
    private final List<Fault> faults = new ArrayList<>();

    private Input input;
    private RowScan scanner;
    private Block block;
    private ColumnParser[] parsers;
    private Position restored = Position.START;

    private long lines;
    /** The bytes of a stream that come again after a restart, the header among them; 0 when they have come. */
    private long replayed;
    /** Whether all that is held is the start of a row. */
    private boolean isStuck;

    private DataException failure;
    private Runnable signal = () -> {};

    /** Opens the file when the first rows are asked for. */
    interface Opener {
        Input open() throws IOException;
    }

    CsvReader(CsvSettings settings, Schema schema, Projection projection, Opener opener) {
        this(settings, schema, projection, opener, new Tally());
    }

    /**
     * @param tally what to count on
     */
    CsvReader(CsvSettings settings, Schema schema, Projection projection, Opener opener, Tally tally) {
        this.settings = settings;
        this.schema = schema;
        this.projection = projection;
        this.pool = new BatchPool(schema, settings.name());
        this.opener = opener;
        this.tally = tally;
    }

    @Override
    public Progress poll(Output<? super RecordBatch> out) {
        if (failure != null) {
            throw failure;
        }
        try {
            return step(out);
        } catch (IOException e) {
            throw Complaints.reading(settings.name(), e);
        } catch (CarefulScan.LimitReached e) {
            throw Complaints.limit(settings.name(), lineAt(e.at), e.getMessage());
        }
    }

    private Progress step(Output<? super RecordBatch> out) throws IOException {
        if (input == null) {
            input = opener.open();
            input.onReady(signal);
        }
        return scanner == null ? header() : rows(out);
    }

    private Progress rows(Output<? super RecordBatch> out) throws IOException {
        if (replayed > 0) {
            return replay();
        }
        if (buffer.isOver()) {
            return Progress.END;
        }
        RecordBatch batch = pool.take();
        try {
            buffer.moveTo(batch);
            if (!buffer.fill(input) && isStuck) {
                return Progress.idle();
            }
            scan();
            isStuck = block.consumed == buffer.from;
            take(batch, out);
        } finally {
            batch.close();
        }
        return Progress.EMITTED;
    }

    private void scan() {
        try {
            scanner.scan(buffer.bytes, buffer.from, buffer.to, buffer.last, block, faults);
        } catch (CarefulScan.LimitReached e) {
            if (e.row < 0) {
                throw e;
            }
            faults.clear();
            if (e.row > buffer.from) {
                scanner.scan(buffer.bytes, buffer.from, e.row, -1, block, faults);
            } else {
                passOpenQuote(e);
            }
        }
    }

    /**
     * Takes the line in which a quote opens that is not closed within the limit for a bad row, so that what follows is read from the
     * next line on. Only bytes within the limit decide, whatever has been read behind them.
     */
    private void passOpenQuote(CarefulScan.LimitReached e) {
        int until = e.at + settings.limits().fieldBytes();
        int feed = Swar.find(buffer.bytes, e.at, until, Swar.repeat('\n'));
        String reason =
                e.getMessage() + ": the quote that opens it at byte " + buffer.offset(e.at) + " is never closed";
        if (settings.badRows() == BadRows.FAIL || feed >= until) {
            throw new CarefulScan.LimitReached(e.at, reason);
        }
        block.clear(buffer.bytes, buffer.from);
        block.consumed = feed + 1;
        block.lines = Swar.count(buffer.bytes, buffer.from, feed + 1, Swar.repeat('\n'));
        faults.add(new Fault(buffer.from, feed, -1, "unclosed-quote", reason));
    }

    /** Passes over what the checkpoint has taken of a stream. */
    private Progress replay() throws IOException {
        try (RecordBatch batch = pool.take()) {
            buffer.moveTo(batch);
        }
        boolean came = buffer.fill(input);
        int end = (int) Math.min(buffer.realEnd(buffer.to), buffer.from + replayed - trail.offset());
        trail.add(buffer.bytes, buffer.from, end);
        buffer.drop(end);
        tellProgress();
        boolean isThere = trail.offset() == replayed;
        if (isThere ? trail.fingerprint() != restored.number("fingerprint") : buffer.isWhole()) {
            throw Complaints.notReplayed(settings.name(), replayed);
        }
        if (!isThere) {
            return came ? Progress.EMITTED : Progress.idle();
        }
        if (buffer.from == buffer.realEnd(buffer.to)) {
            buffer.drop(buffer.to); // a line feed that was put at the end ends a row that was taken
        }
        replayed = 0;
        lines = restored.number("lines");
        return Progress.EMITTED;
    }

    /** Reads the header, or as much of it as there is. */
    private Progress header() throws IOException {
        boolean isMore = buffer.fill(input);
        Header header = settings.format()
                .header(settings, buffer.bytes, buffer.from, buffer.to, buffer.last, buffer.isWhole(), schema.names());
        if (header == null) {
            if (buffer.isWhole()) {
                throw unclosedQuote();
            }
            buffer.grow();
            return isMore ? Progress.EMITTED : Progress.idle();
        }
        if (header.names().isEmpty()) {
            if (settings.replays() && restored.has("offset")) {
                throw Complaints.notReplayed(settings.name(), restored.number("offset"));
            }
            buffer.drop(buffer.to);
            return Progress.END;
        }
        int[] places = header.places(
                settings.name(),
                schema.names(),
                settings.drift(),
                settings.format().mayLack());
        scanner = settings.format().scan(settings, header.names());
        block = settings.format().block(header.names().size());
        parsers = parsers(places);
        lines = Swar.count(buffer.bytes, buffer.from, header.end(), Swar.repeat('\n'));
        trail.add(buffer.bytes, buffer.from, buffer.realEnd(header.end()));
        buffer.drop(header.end());
        goToRestored();
        return Progress.EMITTED;
    }

    private ColumnParser[] parsers(int[] places) {
        NullWords nulls = new NullWords(settings.nullWords());
        ColumnParser[] made = new ColumnParser[places.length];
        for (int column = 0; column < made.length; column++) {
            Field field = schema.field(column);
            DeclaredType declared = settings.declaration(field.name());
            boolean isEpoch = declared != null && declared.epoch();
            made[column] = places[column] < 0
                    ? new MissingColumn(field.type(), nulls)
                    : settings.format().parser(places[column], field.name(), field.type(), isEpoch, nulls);
        }
        return made;
    }

    /** Parses and emits the block's rows; what is wrong with it under {@link BadRows#FAIL} stops the reader behind them. */
    private void take(RecordBatch batch, Output<? super RecordBatch> out) {
        if (block.consumed == buffer.from && buffer.isWhole() && buffer.from < buffer.to) {
            failure = unclosedQuote();
            throw failure;
        }
        if (block.consumed == buffer.from && !buffer.isWhole()) {
            buffer.grow();
        }
        if (block.rows > 0 && schema.fields().stream().anyMatch(Field::valueless)) {
            throw Complaints.rowsCame(settings.name());
        }
        // Before it is parsed, which makes doubled quotes single in place.
        trail.add(buffer.bytes, buffer.from, buffer.realEnd(block.consumed));
        parse(batch);
        long firstLine = lines;
        lines += block.lines;
        tally.rows += block.rows;
        buffer.drop(block.consumed);
        report(firstLine);
        if (block.rows > 0) {
            batch.filled(block.rows);
            out.emit(batch);
        }
        tellProgress();
        if (failure != null && block.rows == 0) {
            throw failure;
        }
    }

    private void parse(RecordBatch batch) {
        BitSet bad = parseValues(batch);
        if (!faults.isEmpty()) {
            faults.sort(Comparator.comparingInt(Fault::from));
            if (settings.badRows() == BadRows.FAIL) {
                int good = 0;
                while (good < block.rows && block.rowStart(good) < faults.get(0).from()) {
                    good++;
                }
                bad.set(good, block.rows);
            }
            if (!bad.isEmpty()) {
                block.remove(bad);
                parseValues(batch);
            }
        }
        for (int column = 0; column < parsers.length; column++) {
            if (parsers[column].isText() && projection.needs(column)) {
                parsers[column].read(block, lane(batch, column), bad);
            }
        }
    }

    /** Parses the columns that can be wrong and gives the rows that are. */
    private BitSet parseValues(RecordBatch batch) {
        BitSet bad = new BitSet();
        BitSet badHere = new BitSet();
        for (int column = 0; column < parsers.length; column++) {
            if (!parsers[column].isText() && projection.needs(column)) {
                parsers[column].read(block, lane(batch, column), badHere);
                if (!badHere.isEmpty()) {
                    badHere.andNot(bad);
                    complain(column, badHere);
                    bad.or(badHere);
                    badHere.clear();
                }
            }
        }
        return bad;
    }

    private Lane lane(RecordBatch batch, int column) {
        Lane lane = batch.fill(column);
        lane.reset(block.rows);
        return lane;
    }

    private void complain(int column, BitSet badRows) {
        int place = parsers[column].column;
        badRows.stream().forEach(row -> {
            String found = Complaints.shown(block.bytes, block.start(row, place), block.end(row, place));
            String reason = "'" + found + "' is not " + parsers[column].type;
            faults.add(new Fault(block.rowStart(row), block.rowEnd(row), column, "bad-value", reason));
        });
    }

    /** Turns faults into rejects, or the first one into the failure. */
    private void report(long firstLine) {
        for (Fault fault : faults) {
            long line = firstLine + 1 + Swar.count(block.bytes, block.from, fault.from(), Swar.repeat('\n'));
            if (settings.badRows() == BadRows.FAIL) {
                failure = Complaints.row(settings.name(), line, fault, schema, block.bytes);
                break;
            }
            tally.rejected++;
            settings.onReject().accept(reject(fault, line));
        }
        faults.clear();
    }

    private Reject reject(Fault fault, long line) {
        String column = fault.column() < 0 ? null : schema.field(fault.column()).name();
        String raw = new String(
                block.bytes, fault.from(), fault.to() - fault.from(), java.nio.charset.StandardCharsets.UTF_8);
        return new Reject(fault.reason(), column, raw, settings.name(), buffer.offset(fault.from()), line);
    }

    private DataException unclosedQuote() {
        int quote = settings.format().unclosedQuote(buffer.bytes, buffer.from, buffer.to, settings.limits());
        return Complaints.unclosedQuote(settings.name(), lineAt(Math.max(quote, buffer.from)));
    }

    private long lineAt(int at) {
        return lines + 1 + Swar.count(buffer.bytes, buffer.from, at, Swar.repeat('\n'));
    }

    private void tellProgress() {
        long size;
        try {
            size = input.size();
        } catch (IOException e) {
            size = -1;
        }
        long bytes = tally.bytesBefore + buffer.offset(buffer.from);
        settings.onProgress().accept(new CsvProgress(tally.rows, tally.rejected, bytes, size));
    }

    /** The bytes of the rows that were given, and of the header. */
    long offset() {
        return trail.offset();
    }

    @Override
    public void onReady(Runnable ready) {
        signal = ready;
    }

    @Override
    public Position position() {
        boolean isKnown = input instanceof FileInput || input != null && settings.replays();
        boolean isBehind = scanner == null || replayed > 0;
        if (!isKnown || isBehind && !restored.equals(Position.START)) {
            return restored;
        }
        Position read = Position.START
                .with("file", input instanceof FileInput file ? file.stamp().identity() : STREAM)
                .with("offset", trail.offset())
                .with("lines", lines)
                .with("fingerprint", trail.fingerprint());
        // Who follows the file from here on looks for those that were written behind it.
        return input instanceof FileInput file
                ? read.with("modified", file.stamp().nanos())
                : read;
    }

    @Override
    public void restore(Position position) {
        restored = position;
    }

    private void goToRestored() throws IOException {
        if (restored.equals(Position.START) || restored.number("offset") == 0) {
            return;
        }
        long offset = restored.number("offset");
        if (settings.replays() && restored.text("file").equals(STREAM)) {
            if (trail.offset() > offset) {
                throw Complaints.notReplayed(settings.name(), offset);
            }
            replayed = offset;
            return;
        }
        if (!(input instanceof FileInput file)
                || !(file.follows() || file.stamp().identity().equals(restored.text("file")))
                || !file.goTo(offset, restored.number("fingerprint"), trail)) {
            startAgain(offset);
            return;
        }
        buffer.restart(offset);
        lines = restored.number("lines");
    }

    /** The file is not the one that was read before; one that is followed is then read from its first byte. */
    private void startAgain(long offset) throws IOException {
        if (!(input instanceof FileInput file) || !file.follows()) {
            throw Complaints.changed(settings.name(), offset);
        }
        file.restart();
        buffer.restart(0);
        trail.clear();
        scanner = null;
        restored = Position.START;
    }

    @Override
    public void close() {
        if (input != null) {
            input.close();
        }
    }
}

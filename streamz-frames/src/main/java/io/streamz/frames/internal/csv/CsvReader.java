package io.streamz.frames.internal.csv;

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
    private final CsvSettings settings;
    private final Schema schema;
    private final Projection projection;
    private final BatchPool pool;
    private final Opener opener;
    private final ReadBuffer buffer = new ReadBuffer();
    private final List<Fault> faults = new ArrayList<>();

    private Input input;
    private RowScanner scanner;
    private Block block;
    private ColumnParser[] parsers;
    private Position restored = Position.START;

    private long lines;
    private long rows;
    private long rejected;
    private DataException failure;

    /** Opens the file when the first rows are asked for. */
    interface Opener {
        Input open() throws IOException;
    }

    CsvReader(CsvSettings settings, Schema schema, Projection projection, Opener opener) {
        this.settings = settings;
        this.schema = schema;
        this.projection = projection;
        this.pool = new BatchPool(schema, settings.name());
        this.opener = opener;
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
        }
        if (scanner == null && !header()) {
            return buffer.isOver() ? Progress.END : Progress.EMITTED;
        }
        if (buffer.isOver()) {
            return Progress.END;
        }
        RecordBatch batch = pool.take();
        try {
            buffer.moveTo(batch);
            buffer.fill(input);
            scanner.scan(buffer.bytes, buffer.from, buffer.to, buffer.last, block, faults);
            take(batch, out);
        } finally {
            batch.close();
        }
        return Progress.EMITTED;
    }

    /** Reads the header, or as much of it as there is; whether it is done. */
    private boolean header() throws IOException {
        buffer.fill(input);
        Header header = Header.read(
                settings.name(),
                buffer.bytes,
                buffer.from,
                buffer.to,
                buffer.last,
                buffer.isWhole(),
                settings.limits());
        if (header == null) {
            if (buffer.isWhole()) {
                throw unclosedQuote();
            }
            buffer.grow();
            return false;
        }
        if (header.names().isEmpty()) {
            buffer.drop(buffer.to);
            return !buffer.isOver();
        }
        int[] places = header.places(settings.name(), schema.names());
        scanner = new RowScanner(places.length, settings.limits());
        block = new Block(places.length);
        parsers = parsers(places);
        lines = Swar.count(buffer.bytes, buffer.from, header.end(), Swar.repeat('\n'));
        buffer.drop(header.end());
        goToRestored();
        return true;
    }

    private ColumnParser[] parsers(int[] places) {
        NullWords nulls = new NullWords(settings.nullWords());
        ColumnParser[] made = new ColumnParser[places.length];
        for (int column = 0; column < made.length; column++) {
            Field field = schema.field(column);
            DeclaredType declared = settings.declaration(field.name());
            made[column] = ColumnParser.of(places[column], field.type(), declared != null && declared.epoch(), nulls);
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
        parse(batch);
        long firstLine = lines;
        lines += block.lines;
        rows += block.rows;
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
                while (good < block.rows && block.start(good, 0) < faults.get(0).from()) {
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
            faults.add(new Fault(block.start(row, 0), block.end(row, block.columns - 1), column, "bad-value", reason));
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
            rejected++;
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
        int quote = CarefulScan.unclosedQuote(buffer.bytes, buffer.from, buffer.to, settings.limits());
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
        settings.onProgress().accept(new CsvProgress(rows, rejected, buffer.offset(buffer.from), size));
    }

    @Override
    public Position position() {
        if (!(input instanceof FileInput file) || scanner == null) {
            return restored;
        }
        long offset = buffer.offset(buffer.from);
        try {
            return Position.START
                    .with("file", file.identity())
                    .with("offset", offset)
                    .with("lines", lines)
                    .with("fingerprint", file.fingerprint(offset));
        } catch (IOException e) {
            throw Complaints.reading(settings.name(), e);
        }
    }

    @Override
    public void restore(Position position) {
        restored = position;
    }

    private void goToRestored() throws IOException {
        if (restored.equals(Position.START)) {
            return;
        }
        long offset = restored.number("offset");
        if (!(input instanceof FileInput file)
                || !file.identity().equals(restored.text("file"))
                || file.fingerprint(offset) != restored.number("fingerprint")) {
            throw Complaints.changed(settings.name(), offset);
        }
        file.seek(offset);
        buffer.restart(offset);
        lines = restored.number("lines");
    }

    @Override
    public void close() {
        if (input != null) {
            input.close();
        }
    }
}

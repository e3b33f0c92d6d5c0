package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.core.DataException;
import io.streamz.frames.Drift;
import io.streamz.frames.Field;
import io.streamz.frames.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The first look at a file: its header, and the types of columns that are not declared, from the rows that lie whole in its
 * first megabyte.
 */
public final class Opening {
    private static final int SAMPLE = 1 << 20;
    private static final int LEAST = 64 << 10;

    private final CsvSettings settings;
    private final Input input;
    private byte[] bytes = new byte[RowScanner.PAD];
    private int to = RowScanner.PAD;
    private boolean ended;
    /** Whether more may come behind what there is now. */
    private boolean isOpen;

    private IOException failure;
    private int last = -1;

    private Opening(CsvSettings settings, Input input) {
        this.settings = settings;
        this.input = input;
    }

    /**
     * What the first look found.
     *
     * @param sample the bytes that were read from the input
     */
    public record Found(Schema schema, byte[] sample) {}

    /**
     * Takes the first look.
     *
     * @throws DataException when the input cannot be read or is no CSV file, or has no header and no types are declared
     */
    static Found look(CsvSettings settings, Input input) {
        try {
            Opening opening = new Opening(settings, input);
            Schema schema = opening.schema();
            int length = opening.last >= 0 ? opening.last : opening.to;
            return new Found(schema, Arrays.copyOfRange(opening.bytes, RowScanner.PAD, length));
        } catch (IOException e) {
            throw Complaints.reading(settings.name(), e);
        }
    }

    private Schema schema() throws IOException {
        if (settings.format().learnsColumns()) {
            readRows();
        }
        Header header = null;
        while (header == null) {
            // Not more than there is: a slow stream whose types are declared need not be waited for.
            makeRoom(Math.max(LEAST, to * 2));
            read(bytes.length - 2 * RowScanner.PAD - to);
            boolean isWhole = ended && !isOpen;
            header = settings.format().header(settings, bytes, RowScanner.PAD, to, last, isWhole, null);
            if (header == null && isOpen) {
                checkFailure();
                return declared();
            }
            checkOpenQuote(header);
        }
        if (header.names().isEmpty()) {
            return declared();
        }
        if (settings.drift() == Drift.FAIL && !settings.format().mayLack()) {
            checkDeclared(header.names());
        }
        return inferred(header);
    }

    /** Reads the first megabyte, or as much as it takes to have one whole line. */
    private void readRows() throws IOException {
        int size = SAMPLE;
        do {
            fill(size);
            size *= 2;
        } while (!ended && Swar.find(bytes, RowScanner.PAD, to, Swar.repeat('\n')) == to);
    }

    /** Reads on until the sample has {@code size} bytes or the input is over. */
    private void fill(int size) throws IOException {
        while (!ended && to < RowScanner.PAD + size) {
            makeRoom(Math.min(size, to * 2));
            read(Math.min(RowScanner.PAD + size, bytes.length - 2 * RowScanner.PAD) - to);
        }
    }

    private void makeRoom(int size) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length, size + 3 * RowScanner.PAD));
    }

    private void read(int room) throws IOException {
        int count = ended ? -1 : readUntilItFails(room);
        to += Math.max(0, count);
        isOpen |= count == 0;
        ended = count <= 0;
        if (ended && !isOpen && last < 0 && to > RowScanner.PAD && bytes[to - 1] != '\n') {
            last = to;
            bytes[to++] = '\n';
        }
    }

    /** An input that breaks off later is read up to there first, so the rows before that are good to learn from. */
    private int readUntilItFails(int room) throws IOException {
        try {
            input.await();
            return input.read(bytes, to, room);
        } catch (IOException e) {
            failure = e;
            return 0;
        }
    }

    private void checkFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private void checkOpenQuote(Header header) {
        if (header == null && ended) {
            int quote = settings.format().unclosedQuote(bytes, RowScanner.PAD, to, settings.limits());
            int line = 1 + Swar.count(bytes, RowScanner.PAD, Math.max(RowScanner.PAD, quote), Swar.repeat('\n'));
            throw Complaints.unclosedQuote(settings.name(), line);
        }
    }

    private Schema declared() {
        if (settings.declared().isEmpty()) {
            throw Complaints.empty(settings.name());
        }
        return declared(settings);
    }

    /** The columns that are declared, which is all there is to know where there is no file yet. */
    static Schema declared(CsvSettings settings) {
        return Schema.of(settings.declared().stream()
                .map(type -> new Field(type.column(), type.type()))
                .toList());
    }

    private void checkDeclared(List<String> names) {
        Schema schema = Schema.of(
                names.stream().map(name -> new Field(name, DataType.UTF8)).toList());
        settings.declared().forEach(type -> schema.column(type.column(), settings.name()));
    }

    private Schema inferred(Header header) throws IOException {
        List<Field> fields = new ArrayList<>();
        boolean allDeclared = header.names().stream().allMatch(name -> settings.declaration(name) != null);
        Inference inference = allDeclared ? null : sample(header);
        for (int column = 0; column < header.names().size(); column++) {
            String name = header.names().get(column);
            DeclaredType declared = settings.declaration(name);
            fields.add(declared != null ? new Field(name, declared.type()) : inference.field(name, column));
        }
        for (DeclaredType declared : settings.declared()) {
            // Missing here, which only a policy of drift lets pass.
            if (!header.names().contains(declared.column())) {
                fields.add(new Field(declared.column(), declared.type()));
            }
        }
        return Schema.of(fields);
    }

    /** Looks at the rows of the first megabyte; where not one is whole in it, of as much as it takes. */
    private Inference sample(Header header) throws IOException {
        int columns = header.names().size();
        RowScan scanner = settings.format().scan(settings, header.names());
        List<Block> blocks = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        boolean some = false;
        for (int size = SAMPLE; !some; size *= 2) {
            fill(size);
            int at = header.end();
            Block block;
            do {
                faults.clear();
                block = settings.format().block(columns);
                scan(scanner, at, block, faults);
                blocks.add(block);
                some |= block.consumed > at;
                at = block.consumed;
            } while (block.rows + faults.size() > 0);
            some |= ended;
        }
        boolean isEmpty = blocks.stream().allMatch(found -> found.rows == 0);
        if (isOpen && isEmpty) {
            checkFailure();
            throw Complaints.noRows(settings.name());
        }
        return new Inference(settings.format(), blocks, new NullWords(settings.nullWords()), isEmpty && ended);
    }

    private void scan(RowScan scanner, int at, Block block, List<Fault> faults) {
        try {
            scanner.scan(bytes, at, to, last, block, faults);
        } catch (CarefulScan.LimitReached e) {
            int line = 1 + Swar.count(bytes, RowScanner.PAD, e.at, Swar.repeat('\n'));
            throw Complaints.limit(settings.name(), line, e.getMessage());
        }
    }
}

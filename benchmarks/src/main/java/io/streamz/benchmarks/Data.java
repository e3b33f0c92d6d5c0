package io.streamz.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The rows of one race: Arrow batches in memory, or a CSV file, whichever is asked for. */
final class Data implements AutoCloseable {
    static final int BATCH = 65_536;

    private final BufferAllocator allocator;
    private final Path folder;
    private final List<Column> columns;
    private final int rows;
    private final long seed;
    private List<VectorSchemaRoot> batches;

    /**
     * @param folder where files are made
     */
    Data(BufferAllocator allocator, Path folder, List<Column> columns, int rows, long seed) {
        this.allocator = allocator;
        this.folder = folder;
        this.columns = columns;
        this.rows = rows;
        this.seed = seed;
    }

    int rows() {
        return rows;
    }

    List<Column> columns() {
        return columns;
    }

    Column column(String name) {
        return columns.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    }

    Path folder() {
        return folder;
    }

    BufferAllocator allocator() {
        return allocator;
    }

    /** The rows as Arrow batches, made at the first call. */
    List<VectorSchemaRoot> batches() {
        if (batches == null) {
            batches = new ArrayList<>();
            for (int first = 0; first < rows; first += BATCH) {
                List<FieldVector> vectors = new ArrayList<>();
                for (Column column : columns) {
                    vectors.add(column.vector(allocator, seed, first, Math.min(BATCH, rows - first)));
                }
                batches.add(new VectorSchemaRoot(vectors));
            }
        }
        return batches;
    }

    /** A CSV file of the columns time, symbol, price and qty, 41 bytes a row, made once for a number of rows and a seed. */
    Path csv() throws IOException {
        Path file = folder.resolve("trades-" + rows + "-" + seed + ".csv");
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            Path part = folder.resolve(file.getFileName() + ".part");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
                out.write("time,symbol,price,qty\n".getBytes(StandardCharsets.US_ASCII));
                writeTrades(out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    /** Rows such as {@code 2026-01-05T00:00:00.042,SYM017,1512.75,9}. */
    private void writeTrades(OutputStream out) throws IOException {
        Column symbols = Column.text("symbol", 1000);
        Column prices = Column.dense("price", 900_000);
        byte[] line = "2026-01-05T00:00:00.000,SYM000,0000.00,0\n".getBytes(StandardCharsets.US_ASCII);
        for (int row = 0; row < rows; row++) {
            int day = row / 86_400_000;
            int milli = row % 86_400_000;
            digits(line, 8, 2, 5 + day);
            digits(line, 11, 2, milli / 3_600_000);
            digits(line, 14, 2, milli / 60_000 % 60);
            digits(line, 17, 2, milli / 1000 % 60);
            digits(line, 20, 3, milli % 1000);
            digits(line, 27, 3, symbols.key(seed, row));
            int cents = 100_000 + prices.key(seed, row);
            digits(line, 31, 4, cents / 100);
            digits(line, 36, 2, cents % 100);
            digits(line, 39, 1, row % 10);
            out.write(line);
        }
    }

    private static void digits(byte[] line, int at, int count, int value) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            line[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    @Override
    public void close() {
        if (batches != null) {
            batches.forEach(VectorSchemaRoot::close);
            batches = null;
        }
    }
}

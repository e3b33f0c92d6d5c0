package io.streamz.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.DataException;
import io.streamz.frames.BatchPool;
import io.streamz.frames.Field;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files end in rows or in one error that names them, soon, and leave nothing behind; the heap here is 512 MB. */
final class BadFilesTest {
    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(20);
    private static final long SEED = 20261128;

    @TempDir
    private Path directory;

    /** Reads a file, and says what is wrong with the way it ended; null where it ended as it should. */
    private static String ending(Path file) {
        long start = System.nanoTime();
        String wrong = null;
        try {
            Read.all(Parquet.read(file));
        } catch (DataException e) {
            wrong = e.getMessage().contains(file.toString()) ? null : "does not name the file: " + e.getMessage();
        } catch (RuntimeException | Error e) {
            wrong = "ends in " + e;
        }
        if (System.nanoTime() - start > DEADLINE) {
            wrong = "took longer than the deadline";
        }
        return RecordBatch.arrowBytes() == 0 ? wrong : RecordBatch.arrowBytes() + " bytes are left";
    }

    @Test
    void everyDamagedFileEndsInOneError() throws Exception {
        List<String> wrong = new ArrayList<>();
        List<Path> files = Read.shared("data/bad/parquet");
        for (Path file : files) {
            String ending = ending(file);
            if (ending != null) {
                wrong.add(file.getFileName() + " " + ending);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(files).hasSizeGreaterThan(100);
    }

    @Test
    @Timeout(120)
    void aFileWithChangedBytesEndsInRowsOrOneError() throws Exception {
        Path good = directory.resolve("good.parquet");
        RandomFile.write(good, 500, new Random(SEED));
        byte[] bytes = Files.readAllBytes(good);
        Path bad = directory.resolve("bad.parquet");
        Random random = new Random(SEED);
        for (int attempt = 0; attempt < Integer.getInteger("streamz.tries", 300); attempt++) {
            byte[] changed = bytes.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                // Half of them in the footer, where lengths and places stand.
                int from = random.nextBoolean() ? 0 : changed.length - 2000;
                changed[from + random.nextInt(changed.length - from)] = (byte) random.nextInt();
            }
            Files.write(bad, changed);
            assertThat(ending(bad)).as("attempt %s of seed %s", attempt, SEED).isNull();
        }
    }

    /** No time at all is too short for any page, which stands for a page that takes longer than any time. */
    @Test
    void pagesThatTakeTooLongAreAnError() throws Exception {
        Path file = directory.resolve("slow.parquet");
        RandomFile.write(file, 100, new Random(SEED));
        try (ParquetRows rows = ParquetRows.open(file, new Deadline(Duration.ofNanos(-1), Duration.ofMinutes(1)))) {
            Schema schema = Schema.of(rows.fields().toArray(Field[]::new));
            try (RecordBatch batch = new BatchPool(schema, "test").take()) {
                int[] places = IntStream.range(0, schema.size()).toArray();
                assertThatThrownBy(() -> rows.read(batch, places))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("took more than");
            }
        }
    }

    @Test
    void aFileThatIsCutOffIsAnErrorThatSaysSo() throws Exception {
        Path file = directory.resolve("cut.parquet");
        RandomFile.write(file, 100, new Random(SEED));
        byte[] bytes = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, 4, 12, bytes.length / 2, bytes.length - 1}) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThat(ending(file)).isNull();
            assertThatThrownBy(() -> Read.all(Parquet.read(file)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("cut.parquet is not a Parquet file, or is not written to its end");
        }
    }
}

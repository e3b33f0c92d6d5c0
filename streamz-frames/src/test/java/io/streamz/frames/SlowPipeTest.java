package io.streamz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.core.Progress;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stream that may block holds up nothing but its own rows. */
@Timeout(60)
class SlowPipeTest {
    private final PipedOutputStream writer = new PipedOutputStream();

    private Csv pipe() throws Exception {
        write("a,b\n");
        return Csv.read(reader, "pipe").types("a:int64, b:utf8");
    }

    private final PipedInputStream reader = new PipedInputStream();

    private void write(String text) throws Exception {
        if (text.startsWith("a,b")) {
            reader.connect(writer);
        }
        writer.write(text.getBytes(StandardCharsets.UTF_8));
        writer.flush();
    }

    @Test
    void aPollNeverWaits() throws Exception {
        List<Integer> rows = new ArrayList<>();
        var source = pipe().open(column -> true);
        try {
            Progress progress;
            do {
                progress = source.poll(batch -> rows.add(batch.rows()));
            } while (!progress.isIdle());
            assertThat(rows).isEmpty();
            write("1,x\n2,y\n3");
            while (rows.isEmpty()) {
                progress = source.poll(batch -> rows.add(batch.rows()));
            }
            assertThat(rows).containsExactly(2);
            writer.close();
            do {
                progress = source.poll(batch -> rows.add(batch.rows()));
            } while (progress != Progress.END && rows.size() < 2);
        } catch (io.streamz.core.DataException e) {
            assertThat(e).hasMessageContaining("1 field");
        } finally {
            source.close();
        }
    }

    @Test
    void rowsComeWhileThePipeStaysOpenAndCloseIsPrompt() throws Exception {
        BlockingQueue<Long> seen = new LinkedBlockingQueue<>();
        long start;
        try (var pipeline = Pipeline.create("pipe")) {
            pipeline.read(pipe()).sink(row -> seen.add((Long) row.value("a")));
            pipeline.start();
            write("7,x\n");
            assertThat(seen.take()).isEqualTo(7);
            write("8,x\n9,");
            assertThat(seen.take()).isEqualTo(8);
            start = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
        assertThat(seen).isEmpty();
    }

    @Test
    void otherSourcesGoOn(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("other.csv");
        java.nio.file.Files.writeString(file, "v\n1\n2\n");
        BlockingQueue<Long> seen = new LinkedBlockingQueue<>();
        try (var pipeline = Pipeline.create("pipe")) {
            pipeline.read(pipe()).sink(row -> {});
            pipeline.read(Csv.read(file)).sink(row -> seen.add((Long) row.value("v")));
            pipeline.start();
            assertThat(seen.take()).isEqualTo(1);
            assertThat(seen.take()).isEqualTo(2);
        }
    }
}

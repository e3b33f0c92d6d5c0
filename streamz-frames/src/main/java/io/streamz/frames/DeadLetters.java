package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.core.DataException;
import io.streamz.frames.internal.text.Complaints;
import io.streamz.frames.internal.text.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Keeps rows that were left out in a CSV file, to be mended and read again: {@code reason, column, raw, source, offset, line}.
 * Each is written when it is found, so that it is there whatever becomes of the job; column, offset and line are null where
 * there are none. May be told by several threads.
 *
 * <pre>{@code
 * try (var letters = DeadLetters.create(Path.of("rejects.csv"))) {
 *     pipeline.read(Csv.read("trades.csv").badRows(BadRows.SKIP).onReject(letters));
 *     pipeline.run();
 * }
 * }</pre>
 */
public final class DeadLetters implements Consumer<Reject>, AutoCloseable {
    private static final Schema SCHEMA = Schema.of(
            new Field("reason", DataType.UTF8),
            new Field("column", DataType.UTF8),
            new Field("raw", DataType.UTF8),
            new Field("source", DataType.UTF8),
            new Field("offset", DataType.INT64),
            new Field("line", DataType.INT64));

    private final Path file;
    private final OutputStream out;
    private final CsvWriter writer = new CsvWriter();

    private DeadLetters(Path file, boolean appends) {
        this.file = file;
        try {
            boolean goesOn = appends && Files.exists(file) && Files.size(file) > 0;
            out = appends
                    ? Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    : Files.newOutputStream(file);
            if (goesOn) {
                writer.resume(SCHEMA, out);
            } else {
                writer.begin(SCHEMA, out);
            }
        } catch (IOException e) {
            throw Complaints.writing(file, e);
        }
    }

    /** A new file, in place of one that is there. */
    public static DeadLetters create(Path file) {
        return new DeadLetters(file, false);
    }

    /** A file that goes on where there is one. */
    public static DeadLetters append(Path file) {
        return new DeadLetters(file, true);
    }

    /**
     * Writes a row.
     *
     * @throws DataException when that fails
     */
    @Override
    public synchronized void accept(Reject reject) {
        Lane[] lanes = {
            text(reject.reason()),
            text(reject.column()),
            text(reject.raw()),
            text(reject.source()),
            number(reject.offset()),
            number(reject.line())
        };
        try (RecordBatch batch = RecordBatch.of(SCHEMA, lanes)) {
            writer.write(batch);
        } catch (IOException e) {
            throw Complaints.writing(file, e);
        }
    }

    private static Lane text(String value) {
        TextLane lane = new TextLane();
        lane.reset(1);
        if (value == null) {
            lane.setNull(0);
        } else {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            lane.set(0, bytes, 0, bytes.length);
        }
        return lane;
    }

    private static Lane number(long value) {
        LongLane lane = new LongLane();
        lane.reset(1);
        lane.values()[0] = value;
        if (value < 0) {
            lane.setNull(0);
        }
        return lane;
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw Complaints.writing(file, e);
        }
    }
}

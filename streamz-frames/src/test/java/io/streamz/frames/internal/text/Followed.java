package io.streamz.frames.internal.text;

import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.FrameSource;
import io.streamz.frames.RecordBatch;
import java.util.ArrayList;
import java.util.List;

/** A followed file, looked at when a test says so. */
final class Followed implements AutoCloseable {
    private static final int PATIENCE = 100_000;

    final List<String> rows = new ArrayList<>();
    private FrameSource csv;
    private Source<RecordBatch> source;

    Followed(FrameSource csv) {
        this.csv = csv;
        this.source = csv.open(column -> true);
    }

    /** Looks until there is nothing more, and once again to see that it stays so. */
    List<String> look() {
        until(Progress::isIdle);
        return rows;
    }

    /** As often as a rotation needs that leaves an empty file behind. */
    List<String> lookTwice() {
        look();
        return look();
    }

    private interface Enough {
        boolean test(Progress progress);
    }

    private void until(Enough enough) {
        for (int poll = 0; poll < PATIENCE; poll++) {
            if (enough.test(poll())) {
                return;
            }
        }
        throw new AssertionError("no end after " + PATIENCE + " polls");
    }

    Progress poll() {
        try {
            return source.poll(batch -> CsvRows.add(batch, csv.schema(), rows));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    Position position() {
        return source.position();
    }

    /** Stops, as a kill does, and goes on from the position that was saved last. */
    void restart() throws Exception {
        Position saved = source.position();
        source.close();
        resume(saved);
    }

    /** Begins with a source that has not looked at anything yet, and does so now. */
    void begin(FrameSource fresh) {
        source.close();
        csv = fresh;
        source = csv.open(column -> true);
    }

    void stop() {
        source.close();
    }

    void resume(Position saved) throws Exception {
        source = csv.open(column -> true);
        source.restore(saved);
    }

    @Override
    public void close() {
        source.close();
    }
}

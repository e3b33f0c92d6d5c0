package io.streamz.aggregations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Rolling answers: for each row that comes in, one row of answers over the {@link Span} that it sees, of all rows or of those of
 * its key. Rows are taken one after the other, so that where batches are cut never shows. By time, rows must come in the
 * order of their times.
 *
 * <p>A key holds its last rows until it is {@linkplain #free freed}; by time it also ends with its last row, and is then listed
 * by {@link #gone}. Not thread-safe.
 */
public final class Rolling {
    private static final int MOST_ROWS = 1 << 30;

    /** Since the second version variances over all rows are saved as the grids they stand on. */
    private static final int VERSION = 2;

    private final Span span;
    private final boolean keyed;
    private final KeptInOrder kept;
    private final Moves moves = new Moves();
    private final Slide[] slides;
    private final Rings rings;
    private final RingSlide[] ringSlides;
    private final boolean playsRuns;
    private final boolean playsOlds;
    private final boolean readsOlds;
    private final LiveIds live = new LiveIds();
    private int[] gone = {};
    private int goneCount;
    private int[] waiting = {};
    private int waitingCount;
    private long number;
    private long latest = Long.MIN_VALUE;

    /**
     * Empty state.
     *
     * @param keyed whether each key sees its own rows only
     * @param columns the types of the columns of each batch
     * @throws IllegalArgumentException where a measure does not take its columns
     */
    public Rolling(Span span, boolean keyed, DataType[] columns, Measure... measures) {
        this.span = span;
        this.keyed = keyed;
        if (!span.byTime() && span.length() > MOST_ROWS) {
            throw new IllegalArgumentException(
                    "a rolling window of " + span.length() + " rows; it takes at most " + MOST_ROWS);
        }
        kept = new KeptInOrder(columns, true);
        rings = new Rings(span.byTime() ? 1 : (int) span.length(), keyed, columns);
        slides = new Slide[span.byTime() ? measures.length : 0];
        ringSlides = new RingSlide[span.byTime() ? 0 : measures.length];
        for (int i = 0; i < measures.length; i++) {
            Measure measure = measures[i].rolling(span.minPeriods());
            if (span.byTime()) {
                slides[i] = Slide.of(measure, columns, kept, true);
            } else {
                ringSlides[i] = RingSlide.of(measure, columns, rings);
            }
        }
        playsRuns = Arrays.stream(ringSlides).allMatch(RingSlide::playsRuns);
        playsOlds = Arrays.stream(ringSlides).allMatch(RingSlide::playsOlds);
        readsOlds = Arrays.stream(ringSlides).anyMatch(RingSlide::playsOlds);
    }

    /**
     * Takes the rows of a batch and answers each.
     *
     * @param ids the key of each row, none negative; not used where all rows are one
     * @param times the event times, none null, none below one before it; not used by rows
     * @param columns the columns, of the types given when this was made
     * @param out a lane of each measure's result type, whose whole contents become the answers
     * @param overflow told each answer that does not fit its type; that cell is null
     */
    public void add(int[] ids, int rows, LongLane times, Lane[] columns, Lane[] out, Overflow overflow) {
        live.begin();
        goneCount = 0;
        for (Lane lane : out) {
            lane.reset(rows);
            if (lane instanceof TextLane text) {
                text.clearBytes();
            }
        }
        int[] keys = keyed ? ids : null;
        if (!span.byTime()) {
            byRows(keys, rows, columns, out, overflow);
            return;
        }
        byTime(keys, rows, times, columns, out, overflow);
        collectGone();
    }

    private void byTime(int[] keys, int rows, LongLane times, Lane[] columns, Lane[] out, Overflow overflow) {
        check(times, rows);
        kept.ensureKeys(live.room(keys, rows));
        for (int from = 0; from < rows; ) {
            int to = from + kept.sideBySide(rows - from, Long.MAX_VALUE);
            script(kept.take(keys, from, to, times, columns), to - from);
            for (int i = 0; i < slides.length; i++) {
                slides[i].ensure(kept.counts.length);
                slides[i].play(moves, out[i], from, i, overflow);
            }
            kept.release();
            from = to;
        }
    }

    /** Before anything changes. */
    private void check(LongLane times, int rows) {
        long before = latest;
        for (int row = 0; row < rows; row++) {
            if (times.isNull(row)) {
                throw new IllegalArgumentException("row " + row + " has no event time");
            }
            long time = times.values()[row];
            if (time < before) {
                throw new IllegalArgumentException("row " + row + " has the time " + time + ", after a row at " + before
                        + "; rolling by time takes rows in the order of their times");
            }
            before = time;
        }
    }

    /**
     * For each of these rows: what waited for a later time enters, what is behind leaves, and the row enters, or waits where the right end is
     * open.
     */
    private void script(int first, int rows) {
        boolean enters = span.closed().right();
        moves.clear(enters);
        int old = kept.oldest();
        for (int slot = first; slot < first + rows; slot++) {
            long time = kept.places[slot];
            if (time != latest) {
                enterWaiting();
                latest = time;
            }
            while (span.leaves(kept.places[old], time)) {
                leave();
                old = kept.oldest();
            }
            int id = kept.ids[slot];
            if (kept.counts[id]++ == 0) {
                live.add(id);
            }
            live.touch(id);
            if (enters) {
                moves.enter(slot);
            } else {
                waiting(slot);
                moves.answer(id);
            }
        }
        number += rows;
    }

    private void byRows(int[] keys, int rows, Lane[] columns, Lane[] out, Overflow overflow) {
        int room = live.see(keys, rows);
        rings.ensureKeys(room);
        for (RingSlide slide : ringSlides) {
            slide.bind(columns);
        }
        for (int from = 0; from < rows; ) {
            if (keys == null && playsRuns && rings.count(0) == rings.n) {
                run(from, rows, columns, out, overflow);
                return;
            }
            int to = rings.take(keys, from, rows);
            if (playsOlds) {
                rings.swap(columns);
            } else if (readsOlds) {
                rings.readOlds();
            }
            for (int i = 0; i < ringSlides.length; i++) {
                ringSlides[i].ensure(room);
                ringSlides[i].play(from, out[i], i, overflow);
            }
            if (!playsOlds) {
                rings.store(columns);
            }
            from = to;
        }
    }

    /** The rest of a batch, once the one ring is full: the old row of each is n rows before it, in the ring or in the batch. */
    private void run(int from, int to, Lane[] columns, Lane[] out, Overflow overflow) {
        for (int i = 0; i < ringSlides.length; i++) {
            ringSlides[i].ensure(1);
            ringSlides[i].playRun(from, to, out[i], i, overflow);
        }
        rings.storeRun(columns, from, to);
    }

    private void waiting(int slot) {
        if (waitingCount == waiting.length) {
            waiting = Arrays.copyOf(waiting, Lane.grown(waitingCount, waitingCount + 1));
        }
        waiting[waitingCount++] = slot;
    }

    private void enterWaiting() {
        for (int i = 0; i < waitingCount; i++) {
            moves.enter(waiting[i]);
        }
        waitingCount = 0;
    }

    private void leave() {
        int slot = kept.drop();
        int id = kept.ids[slot];
        moves.leave(slot);
        live.touch(id);
        if (kept.counts[id] == 0) {
            live.remove(id);
        }
    }

    private void collectGone() {
        for (int i = 0; i < live.touchedCount(); i++) {
            int id = live.touched()[i];
            if (!live.isLive(id)) {
                if (goneCount == gone.length) {
                    gone = Arrays.copyOf(gone, Lane.grown(goneCount, goneCount + 1));
                }
                gone[goneCount++] = id;
                freeSlides(id);
            }
        }
    }

    private void freeSlides(int id) {
        for (Slide slide : slides) {
            slide.free(id);
        }
        for (RingSlide slide : ringSlides) {
            slide.free(id);
        }
    }

    /** The keys whose last row left during the last batch, and that have none; {@link #goneCount} count. Only by time. */
    public int[] gone() {
        return gone;
    }

    public int goneCount() {
        return goneCount;
    }

    /** Forgets all rows of a key, between batches; the id may then be another key's. */
    public void free(int id) {
        if (!live.isLive(id)) {
            return;
        }
        live.remove(id);
        freeSlides(id);
        if (!span.byTime()) {
            rings.free(id);
            return;
        }
        int others = 0;
        for (int i = 0; i < waitingCount; i++) {
            if (kept.ids[waiting[i]] != id) {
                waiting[others++] = waiting[i];
            }
        }
        waitingCount = others;
        kept.dropKey(id);
    }

    /** The number of keys held. */
    public int size() {
        return live.size();
    }

    /**
     * The keys held, in the order in which they came.
     *
     * @param reuse an array to write them to; a longer one is made where it does not hold {@link #size()} ids
     */
    public int[] liveIds(int[] reuse) {
        return live.list(reuse);
    }

    /** The number of rows held. */
    public long rows() {
        long rows = kept.live();
        for (int id : span.byTime() ? new int[0] : Arrays.copyOf(live.list(new int[0]), live.size())) {
            rows += rings.count(id);
        }
        return rows;
    }

    /** The bytes of memory that rows and state take. */
    public long bytes() {
        long bytes = kept.bytes() + rings.bytes() + moves.bytes() + live.bytes() + 4L * (gone.length + waiting.length);
        for (Slide slide : slides) {
            bytes += slide.bytes();
        }
        for (RingSlide slide : ringSlides) {
            bytes += slide.bytes();
        }
        return bytes;
    }

    /** Writes the state, keys in the order in which they came: the same bytes however rows were cut. */
    public void write(OutputStream target) throws IOException {
        var out = new StateOut(target);
        out.u8(VERSION);
        out.i64(number);
        out.i64(latest);
        int[] ids = live.list(new int[0]);
        int[] numbers = live.numbers();
        out.i32(live.size());
        if (!span.byTime()) {
            rings.write(ids, live.size(), out);
            for (RingSlide slide : ringSlides) {
                slide.write(ids, live.size(), out);
            }
            out.flush();
            return;
        }
        kept.write(numbers, 0, kept.live() - waitingCount, out);
        for (Slide slide : slides) {
            slide.write(ids, live.size(), out);
        }
        kept.write(numbers, kept.live() - waitingCount, kept.live(), out);
        out.flush();
    }

    /** Reads state that was written, into an object that is still empty; keys get the ids 0 to {@code n - 1} in their order. */
    public void read(InputStream source) throws IOException {
        var in = new StateIn(source);
        int version = in.version(VERSION);
        if (version < VERSION && Arrays.stream(ringSlides).anyMatch(RingMoments.class::isInstance)) {
            throw new IOException(
                    "state of a rolling variance has version " + version + "; this library reads version " + VERSION);
        }
        number = in.i64();
        latest = in.i64();
        int keys = in.size();
        live.restore(keys);
        if (!span.byTime()) {
            rings.read(keys, in);
            for (RingSlide slide : ringSlides) {
                slide.ensure(keys);
                slide.read(keys, in);
            }
            return;
        }
        kept.read(keys, in);
        for (Slide slide : slides) {
            slide.ensure(kept.counts.length);
            slide.read(keys, in);
        }
        int entered = kept.live();
        kept.read(keys, in);
        int[] slots = new int[kept.live()];
        kept.order(slots, new long[slots.length]);
        for (int i = entered; i < kept.live(); i++) {
            waiting(slots[i]);
        }
    }
}

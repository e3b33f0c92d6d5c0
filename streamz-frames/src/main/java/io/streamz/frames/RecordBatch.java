package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.core.Shared;
import io.streamz.frames.internal.ArrowDecoder;
import io.streamz.frames.internal.ArrowEncoder;
import io.streamz.frames.internal.Columns;
import io.streamz.frames.internal.Memory;
import io.streamz.frames.internal.Types;
import io.streamz.frames.internal.expr.BoundExpr;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Some rows of a table, column by column.
 *
 * <p><b>Lent.</b> Who makes a batch closes it. A receiver borrows it until its call returns; to keep it longer it calls
 * {@link #retain} and later {@link #close}, from any thread. Reading a batch that nobody holds throws and says who closed
 * it. Its producer fills the same object again once nobody holds it.
 *
 * <p><b>Forms of a column.</b> Plain arrays ({@link #lane}) are what everything computes on; Arrow vectors ({@link #root})
 * stand at the doors. Either is made from the other at first use, once.
 *
 * <p><b>Derived batches.</b> An operator's output borrows the columns it does not change from its input, which it holds as
 * long as it is held itself. A filter adds a selection; a column is gathered to a dense lane when it is first read.
 *
 * <p>A batch that was handed to several threads may be read by all of them.
 */
public final class RecordBatch implements Columns, Shared, AutoCloseable {
    static final int OWN = -1;
    private static final VarHandle HOLDERS;
    private static final VarHandle PRESENT = MethodHandles.arrayElementVarHandle(boolean[].class);

    static {
        try {
            HOLDERS = MethodHandles.lookup().findVarHandle(RecordBatch.class, "holders", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Schema schema;
    private final String owner;
    /** Per column the input's column that it is, or {@link #OWN}. */
    private final int[] from;

    private final Lane[] lanes;
    private final boolean[] present;
    private int rows;
    private long epoch;
    private long watermark = Long.MIN_VALUE;
    private LongLane watermarks;
    private LongLane gatheredWatermarks;
    /** Where the first row stands in the input, where this is a batch of an input. */
    private long place = -1;
    /** The rows of the input that were left out before these. */
    private long behind;
    /** Where each row stands in the input, where they came in another order; null elsewhere. */
    private LongLane places;

    private LongLane ownPlaces;

    private boolean idle;
    private boolean whole;

    private RecordBatch input;
    private int[] selection = {};
    private boolean selected;
    private VectorSchemaRoot root;
    private BoundExpr[] kernels;
    private Deltas deltas;
    private boolean changes;
    private volatile Thread closer;

    @SuppressWarnings("unused") // through HOLDERS
    private volatile int holders = 1;

    RecordBatch(Schema schema, String owner, int[] from) {
        this.schema = schema;
        this.owner = owner;
        this.from = from;
        this.lanes = new Lane[schema.size()];
        this.present = new boolean[schema.size()];
    }

    /**
     * A batch of these lanes, one a column and all of one size, which the batch takes over.
     *
     * @throws IllegalArgumentException when lanes and schema do not fit
     */
    public static RecordBatch of(Schema schema, Lane... lanes) {
        if (lanes.length != schema.size()) {
            throw new IllegalArgumentException(lanes.length + " lanes for the columns " + schema);
        }
        RecordBatch batch = new RecordBatch(schema, "a batch of lanes", owned(schema.size()));
        for (int column = 0; column < lanes.length; column++) {
            batch.lanes[column] = lanes[column];
            batch.present[column] = true;
        }
        batch.filled(lanes.length == 0 ? 0 : lanes[0].size());
        return batch;
    }

    /** A batch of Arrow vectors, which the batch takes over: they are released when it is closed. */
    public static RecordBatch of(VectorSchemaRoot root) {
        Schema schema = Types.of(root.getSchema());
        RecordBatch batch = new RecordBatch(schema, "a batch of Arrow vectors", owned(schema.size()));
        batch.root = root;
        batch.rows = root.getRowCount();
        return batch;
    }

    /** The bytes of Arrow memory that all batches of this process hold now: 0 when every batch was closed. */
    public static long arrowBytes() {
        return Memory.held();
    }

    static int[] owned(int columns) {
        int[] from = new int[columns];
        Arrays.fill(from, OWN);
        return from;
    }

    public Schema schema() {
        return schema;
    }

    @Override
    public int rows() {
        return rows;
    }

    /** The number of the input batch, counted from 1, that this one was made from. */
    public long epoch() {
        return epoch;
    }

    /** The watermark after the last row, in the unit of the event time column; {@link Long#MIN_VALUE} where no event time is declared. */
    public long watermark() {
        return watermark;
    }

    /** The watermark before each row, or null where no event time is declared. */
    public LongLane watermarks() {
        checkOpen();
        if (watermarks != null || input == null) {
            return watermarks;
        }
        return inputWatermarks();
    }

    private synchronized LongLane inputWatermarks() {
        LongLane dense = input.watermarks();
        if (dense == null || !selected) {
            return dense;
        }
        dense.gather(selection, rows, ownWatermarks());
        watermarks = gatheredWatermarks;
        return watermarks;
    }

    /**
     * The column as a dense lane of {@link #rows()} rows: borrowed like the batch, and never to be written.
     *
     * @throws IllegalStateException when nobody holds the batch, or when its source left the column out because no plan said
     *     that it reads it
     */
    @Override
    public Lane lane(int column) {
        checkOpen();
        if ((boolean) PRESENT.getAcquire(present, column)) {
            return lanes[column];
        }
        if (from[column] != OWN && !selected) {
            return input.lane(from[column]);
        }
        return load(column);
    }

    /** Whether none of these columns was left out. */
    boolean has(int[] columns) {
        for (int column : columns) {
            if (!has(column)) {
                return false;
            }
        }
        return true;
    }

    private boolean has(int column) {
        return (boolean) PRESENT.getAcquire(present, column)
                || root != null
                || (from[column] != OWN && input.has(from[column]));
    }

    private synchronized Lane load(int column) {
        if (!present[column]) {
            if (lanes[column] == null) {
                lanes[column] = schema.type(column).kind().lane();
            }
            if (from[column] != OWN) {
                input.lane(from[column]).gather(selection, rows, lanes[column]);
            } else if (root != null) {
                ArrowDecoder.decode(root.getVector(column), rows, lanes[column]);
            } else {
                throw new IllegalStateException(
                        "column '" + schema.field(column).name() + "' was left out of a batch of " + owner
                                + ", because no plan reads it");
            }
            PRESENT.setRelease(present, column, true);
        }
        return lanes[column];
    }

    /**
     * The rows as Arrow vectors: borrowed like the batch, released with it.
     *
     * @throws IllegalStateException when nobody holds the batch
     */
    public synchronized VectorSchemaRoot root() {
        checkOpen();
        if (root == null) {
            root = ArrowEncoder.encode(this, schema, Memory.shared());
        }
        return root;
    }

    /** Holds the batch beyond the call that was given it; each retain needs one {@link #close}. */
    @Override
    public RecordBatch retain() {
        if ((int) HOLDERS.getAndAdd(this, 1) <= 0) {
            HOLDERS.getAndAdd(this, -1);
            checkOpen();
        }
        return this;
    }

    /** Gives one hold back; with the last one the batch ends, and what it borrowed goes back too. */
    @Override
    public void close() {
        int before = (int) HOLDERS.getAndAdd(this, -1);
        if (before == 1) {
            closer = Thread.currentThread();
            if (input != null) {
                input.close();
            }
            if (root != null) {
                root.close();
                root = null;
            }
        } else if (before <= 0) {
            HOLDERS.getAndAdd(this, 1);
            checkOpen();
        }
    }

    boolean isHeld() {
        return holders > 0;
    }

    private void checkOpen() {
        if (holders <= 0) {
            throw new IllegalStateException("this batch of " + owner + " was closed by "
                    + (closer == null ? "another thread" : "thread " + closer.getName())
                    + "; a batch is lent until the call that was given it returns: retain() keeps it longer");
        }
    }

    /** Whether the input has been silent for so long that other inputs should not wait for it; the batch has no rows then. */
    boolean idle() {
        return idle;
    }

    /**
     * The watermark before each row and, behind them, the one after the last: {@code rows + 1} values.
     *
     * @param reuse an array to write them to; a longer one is made where they do not fit
     */
    long[] watermarks(long[] reuse) {
        long[] all = reuse.length > rows ? reuse : new long[Math.max(rows + 1, reuse.length * 2)];
        System.arraycopy(watermarks().values(), 0, all, 0, rows);
        all[rows] = watermark;
        return all;
    }

    // For producers.

    /**
     * The lane of a column for the producer to fill; a column that it does not ask for is absent from the batch.
     *
     * @return an own lane with whatever it held before
     */
    public Lane fill(int column) {
        if (lanes[column] == null) {
            lanes[column] = schema.type(column).kind().lane();
        }
        present[column] = true;
        return lanes[column];
    }

    /** The lanes of all columns to fill. */
    Lane[] fillAll() {
        for (int column = 0; column < lanes.length; column++) {
            fill(column);
        }
        return lanes;
    }

    /** Ends the filling: each lane that was filled has this many rows. */
    public void filled(int rowCount) {
        for (int column = 0; column < lanes.length; column++) {
            if (present[column] && lanes[column].size() != rowCount) {
                throw new IllegalArgumentException(
                        "column '" + schema.field(column).name() + "' has " + lanes[column].size() + " rows, the batch "
                                + rowCount);
            }
        }
        rows = rowCount;
    }

    /** {@link #filled} where the lanes have room for more rows. */
    void filledUpTo(int rowCount) {
        for (int column = 0; column < lanes.length; column++) {
            if (present[column]) {
                lanes[column].resize(rowCount);
            }
        }
        rows = rowCount;
    }

    /** Opens a batch that nobody holds for another use. */
    RecordBatch reopen() {
        Arrays.fill(present, false);
        rows = 0;
        watermarks = null;
        watermark = Long.MIN_VALUE;
        idle = false;
        whole = false;
        input = null;
        place = -1;
        places = null;
        behind = 0;
        selected = false;
        changes = false;
        closer = null;
        HOLDERS.setRelease(this, 1);
        return this;
    }

    /** Makes this the output for an input: all its rows, its columns where {@code from} says so. */
    void over(RecordBatch batch) {
        batch.retain();
        input = batch;
        rows = batch.rows;
        epoch = batch.epoch;
        watermark = batch.watermark;
        idle = batch.idle;
        whole = batch.whole;
    }

    /** Makes this a batch without rows that moves event time on. */
    void empty(long newEpoch, long after) {
        for (Lane lane : fillAll()) {
            lane.reset(0);
        }
        filled(0);
        LongLane before = ownWatermarks();
        before.reset(0);
        watermarks(before, after);
        epoch = newEpoch;
    }

    /** Says that all rows of a table have come: further ones are of another reading. */
    void whole() {
        whole = true;
    }

    boolean isWhole() {
        return whole;
    }

    void idle(boolean silent) {
        idle = silent;
    }

    /** The lane for {@link #watermarks(LongLane, long)} that belongs to this batch. */
    LongLane ownWatermarks() {
        if (gatheredWatermarks == null) {
            gatheredWatermarks = new LongLane();
        }
        return gatheredWatermarks;
    }

    /** The array for {@link #select}, with room for this many rows. */
    int[] selection(int room) {
        if (selection.length < room) {
            selection = new int[Math.max(room, selection.length * 2)];
        }
        return selection;
    }

    /** Keeps only the first {@code count} rows that {@link #selection} names, rows of the input in their order. */
    void select(int count) {
        selected = true;
        rows = count;
    }

    /** Sets a lane that belongs to somebody who keeps it unchanged while this batch is held. */
    void set(int column, Lane lane) {
        lanes[column] = lane;
        present[column] = true;
    }

    /** The kernels that belong to this batch, made at first use. */
    BoundExpr[] kernels(Supplier<BoundExpr[]> maker) {
        if (kernels == null) {
            kernels = maker.get();
        }
        return kernels;
    }

    /** Makes this the changes of a live table, and gives what is to be filled with how its rows came about. */
    Deltas changes(int changedRows) {
        if (deltas == null) {
            deltas = new Deltas();
        }
        deltas.reset(changedRows);
        changes = true;
        return deltas;
    }

    /** How the rows of a live table's changes came about; null where rows are appended. */
    Deltas deltas() {
        return changes ? deltas : null;
    }

    String owner() {
        return owner;
    }

    /**
     * Says how event time goes on through this batch.
     *
     * @param before the watermark before each row
     * @param after the watermark after the last row
     */
    void watermarks(LongLane before, long after) {
        watermarks = before;
        watermark = after;
    }

    /** Says where event time stood for the rows that these changes are made of; the changes themselves have no time. */
    void moment(long reached) {
        watermark = reached;
    }

    void stamp(long newEpoch) {
        epoch = newEpoch;
    }

    /** Says how many rows of the source were left out before these, because nobody reads them ({@link Projection#mayWant}). */
    public void behind(long rowsLeftOut) {
        behind = rowsLeftOut;
    }

    long behind() {
        return behind;
    }

    /** Says where the first row of a batch of an input stands in it. */
    void place(long first) {
        place = first;
    }

    /** The lane for {@link #places} that belongs to this batch. */
    LongLane ownPlaces() {
        if (ownPlaces == null) {
            ownPlaces = new LongLane();
        }
        return ownPlaces;
    }

    /** Says where each row stands in the input, {@code -1} where that is not known. */
    void places(LongLane all) {
        places = all;
    }

    @Override
    public long place(int row) {
        if (places != null) {
            return places.values()[row];
        }
        if (input != null) {
            return input.place(selected ? selection[row] : row);
        }
        return place < 0 ? -1 : place + row;
    }

    /** Writes {@link #place} of each row. */
    void writePlaces(LongLane into) {
        if (places == null && input != null && selected) {
            // Of several rows that were made of one each has its place, so they cannot be moved within one array.
            input.writePlaces(ownPlaces());
            ownPlaces.gather(selection, rows, into);
        } else if (places == null && input != null) {
            input.writePlaces(into);
        } else {
            into.reset(rows);
            for (int row = 0; row < rows; row++) {
                into.values()[row] = place(row);
            }
        }
    }

    /** Some rows of this batch, one behind the other, as a batch that holds it. */
    RecordBatch cut(int start, int end) {
        RecordBatch part = new RecordBatch(schema, owner, TableOrder.firstRows(schema.size()));
        part.over(this, start, end);
        return part;
    }

    /** Makes this the output for some rows of an input, one behind the other. */
    void over(RecordBatch batch, int start, int end) {
        over(batch);
        int[] chosen = selection(end - start);
        for (int row = start; row < end; row++) {
            chosen[row - start] = row;
        }
        select(end - start);
        if (end < batch.rows && batch.watermarks() != null) {
            watermark = batch.watermarks().values()[end];
        }
    }

    /** How many rows of which columns; what stands in them is not read. */
    @Override
    public String toString() {
        return rows + (rows == 1 ? " row of " : " rows of ") + schema;
    }
}

package io.streamz.frames;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.core.PlanException;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.ArrowEncoder;
import io.streamz.frames.internal.Cells;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * An immutable table: some rows as they stood after one batch. There is nothing to close, and any thread may read it.
 *
 * <p>Cells are asked for by row, counted from 0, and column name. A name that is not there is a {@link PlanException} that
 * names the columns.
 */
public final class Table implements Columns {
    private static final int PRINTED = 20;

    private final Schema schema;
    private final long epoch;
    private final int rows;
    private final Lane[] lanes;

    private Table(Schema schema, long epoch, int rows, Lane[] lanes) {
        this.schema = schema;
        this.epoch = epoch;
        this.rows = rows;
        this.lanes = lanes;
    }

    /** A table of a copy of these rows. */
    public static Table of(RecordBatch batch) {
        Lane[] lanes = new Lane[batch.schema().size()];
        for (int column = 0; column < lanes.length; column++) {
            lanes[column] = Lanes.copy(batch.lane(column));
        }
        return new Table(batch.schema(), batch.epoch(), batch.rows(), lanes);
    }

    /** A table of these lanes, which nobody writes any more. */
    static Table of(Schema schema, long epoch, int rows, Lane[] lanes) {
        return new Table(schema, epoch, rows, lanes);
    }

    /** Reads what {@link #write} wrote of a table with these columns. */
    public static Table read(Schema schema, StateReader in) throws IOException {
        long epoch = in.readLong();
        int rows = in.readInt();
        Lane[] lanes = new Lane[schema.size()];
        for (int column = 0; column < lanes.length; column++) {
            lanes[column] = schema.type(column).kind().lane();
            LaneState.read(lanes[column], rows, in);
        }
        return new Table(schema, epoch, rows, lanes);
    }

    /** Writes the rows into a state, for a sink that holds a table. */
    public void write(StateWriter out) throws IOException {
        out.writeLong(epoch);
        out.writeInt(rows);
        for (Lane lane : lanes) {
            LaneState.write(lane, out);
        }
    }

    /**
     * A table of these rows, each with a value per column as {@link #value} gives them.
     *
     * @throws io.streamz.core.DataException when a value does not stand for one of its column's type
     */
    public static Table of(Schema schema, List<Object[]> rows) {
        return Generated.of(schema, rows);
    }

    /** The rows as Arrow vectors, which belong to the caller: closing the root gives their memory back to the allocator. */
    public VectorSchemaRoot toArrow(BufferAllocator allocator) {
        return ArrowEncoder.encode(this, schema, allocator);
    }

    /** The rows as the input of a frame, in batches of at most 10,000. */
    public FrameSource source(String name) {
        return Generated.table(name, this, 10_000);
    }

    public Schema schema() {
        return schema;
    }

    @Override
    public int rows() {
        return rows;
    }

    /** The number of the batch after which the table stood like this; 0 before the first. */
    public long epoch() {
        return epoch;
    }

    /** The column as plain arrays; never to be written. */
    @Override
    public Lane lane(int column) {
        return lanes[column];
    }

    public boolean isNull(int row, String column) {
        return lanes[place(row, column)].isNull(row);
    }

    /** The cell as Boolean, Long, Double, BigDecimal, String, byte[], LocalDate, LocalTime, Instant or Duration; null where it is null. */
    public Object value(int row, String column) {
        int place = place(row, column);
        return Cells.value(schema.type(place), lanes[place], row);
    }

    /**
     * The cell of an integer column, or the count of units of a time column.
     *
     * @throws PlanException when the column is neither
     * @throws NullPointerException when the cell is null
     */
    public long int64(int row, String column) {
        int place = place(row, column);
        if (lanes[place] instanceof LongLane lane) {
            return lane.values()[notNull(row, place)];
        }
        throw mismatch(place, "an integer");
    }

    /**
     * The cell of a number column as a double.
     *
     * @throws PlanException when the column holds no numbers
     * @throws NullPointerException when the cell is null
     */
    public double float64(int row, String column) {
        int place = place(row, column);
        if (lanes[place] instanceof DoubleLane lane) {
            return lane.values()[notNull(row, place)];
        }
        if (schema.type(place).kind().isNumber()) {
            notNull(row, place);
            return ((Number) Cells.value(schema.type(place), lanes[place], row)).doubleValue();
        }
        throw mismatch(place, "a number");
    }

    /**
     * The cell of a text column; null where it is null.
     *
     * @throws PlanException when the column holds no text
     */
    public String text(int row, String column) {
        int place = place(row, column);
        if (schema.type(place).kind() != Kind.TEXT) {
            throw mismatch(place, "text");
        }
        return (String) Cells.value(schema.type(place), lanes[place], row);
    }

    /** The cell at a place as {@link #toString()} shows it, but for control characters, which stay; a null is {@code null}. */
    public String shown(int row, int column) {
        checkRow(row);
        return Cells.text(schema.type(column), lanes[column], row);
    }

    /** What the table can be drawn as. */
    public Plots plot() {
        return View.of(this).plot();
    }

    /** One row, which stays as it is. */
    public Row row(int row) {
        checkRow(row);
        return new Rows(schema, this).row(row);
    }

    /** All rows in their order. */
    public List<Row> toRows() {
        List<Row> all = new ArrayList<>(rows);
        Rows maker = new Rows(schema, this);
        for (int row = 0; row < rows; row++) {
            all.add(maker.row(row));
        }
        return all;
    }

    /** The first rows, at most {@code count}. */
    public Table head(int count) {
        return count >= rows ? this : gathered(TableOrder.firstRows(Math.max(count, 0)));
    }

    /** The last rows, at most {@code count}. */
    public Table tail(int count) {
        int from = Math.max(0, rows - Math.max(count, 0));
        return from == 0 ? this : gathered(TableOrder.rows(from, rows));
    }

    /**
     * The rows in another order: by the first named column, equal ones by the next, and so on, what is still equal as it
     * stands. A name may be followed by {@code desc}; backticks around it keep whatever is inside as the name. NaN stands above every number, nulls stand last.
     */
    public Table sort(String... by) {
        return gathered(TableOrder.of(this, by));
    }

    /** Some of the columns, of these names and types, after no batch. */
    Table columns(Schema chosen, int[] places) {
        Lane[] some = new Lane[places.length];
        for (int column = 0; column < some.length; column++) {
            some[column] = lanes[places[column]];
        }
        return new Table(chosen, 0, rows, some);
    }

    /** The rows that are named, in that order. */
    Table gathered(int[] order) {
        Lane[] sorted = new Lane[lanes.length];
        for (int column = 0; column < sorted.length; column++) {
            sorted[column] = lanes[column].fresh();
            lanes[column].gather(order, order.length, sorted[column]);
        }
        return new Table(schema, epoch, order.length, sorted);
    }

    /** The table as aligned text: its shape, names, types and the first rows. */
    @Override
    public String toString() {
        return toString(PRINTED);
    }

    /** The table as aligned text with at most {@code most} rows. */
    public String toString(int most) {
        return TablePrinter.print(this, most);
    }

    private int place(int row, String column) {
        checkRow(row);
        return schema.column(column, "table");
    }

    private void checkRow(int row) {
        if (row < 0 || row >= rows) {
            throw new IndexOutOfBoundsException("no row " + row + " in a table of " + rows + " rows");
        }
    }

    private int notNull(int row, int column) {
        if (lanes[column].isNull(row)) {
            throw new NullPointerException(
                    "row " + row + " of '" + schema.field(column).name() + "' is null; ask isNull first");
        }
        return row;
    }

    private PlanException mismatch(int column, String wanted) {
        return new PlanException(
                "type-mismatch",
                "table",
                "column " + schema.field(column) + " is not " + wanted,
                "value(row, name) gives a cell of any type");
    }
}

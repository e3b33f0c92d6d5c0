package io.streamz.aggregations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Exponentially weighted answers: for each row that comes in, one row of answers over all rows up to and including it, of all rows
 * or of those of its key. A null row repeats the last answer.
 *
 * <p>With {@code w} the weight of what was, aged, {@code v} the weight of the new value x (1, or alpha where not adjusted),
 * {@code g = v / (w + v)} and {@code h = w / (w + v)}:
 *
 * <pre>
 *   mean' = mean + g (x - mean)
 *   cov'  = h (cov + g (x - mean)^2)
 *   u'    = h (2 g + h u)            u = 1 - sum of the squared shares: var = cov / u
 *   sum'  = aged sum + x
 * </pre>
 *
 * which is what pandas computes, in a form whose chain from row to row is one subtraction and one fused multiply-add, and in
 * which equal values have exactly their mean and no variance. NaN and infinities never leave.
 *
 * <p>That chain bounds the rows a second. So where only the mean of all rows is asked, {@code w >= v}, and weights have settled
 * ({@code w + v} is the weight that was aged), four values in a row are a block. With {@code m} the mean before it and {@code x1} its first value:
 *
 * <pre>
 *   p1 = 0    pk = h pk-1 + g (xk - x1)    meank = x1 + (h^k (m - x1) + pk)
 * </pre>
 *
 * Only the last of the four waits for {@code m}. Which rows are a block depends on the values so far alone: a null or a mean that is not
 * finite ends it, and the next begins where the number of values is a multiple of four. Not thread-safe.
 */
public final class Ewm {
    /** What is answered, all of float64. */
    public enum Function {
        MEAN,
        SUM,
        VAR,
        STD
    }

    private static final int SHIFT = 3;
    private static final int MEAN = 0;
    private static final int COV = 1;
    private static final int WEIGHT = 2;
    private static final int SPREAD = 3;
    private static final int COUNT = 4;
    private static final int SUM = 5;
    private static final int AGED = 6;

    // Where blocks are made nobody asks for the spread and the sum; their cells hold the block that is not whole yet.
    private static final int FIRST = COV; // NaN where there is none
    private static final int GAP = SPREAD;
    private static final int REST = SUM;
    private static final int BLOCK = 4;
    private static final int BLOCKS_VERSION = 2;
    /** A value that begins a block is rounded as it stands, 1 / alpha times as large as what it adds to the mean. */
    private static final double LEAST_IN_BLOCKS = 1e-4;

    private final Decay decay;
    private final DataType type;
    private final Function[] functions;
    private final boolean meanOnly;
    private final boolean mayBlock;
    private final double factor;
    private final double fresh;
    private final LiveIds live = new LiveIds();
    private final DoubleLane numbers = new DoubleLane();

    /** The shares of new and old values at a settled weight: of the first, and after 1 to 4 rows. */
    private double share;

    private final double[] keeps = new double[BLOCK];
    private double sharesOf = Double.NaN;
    private double[] cells = {};
    private long[] times = {};

    /**
     * Empty state.
     *
     * @param type the type of the column: numbers or bools
     * @throws IllegalArgumentException where the column is of another type, or a sum is not adjusted
     */
    public Ewm(Decay decay, DataType type, Function... functions) {
        if (!type.kind().isNumber() && type.kind() != Kind.BOOL) {
            throw new IllegalArgumentException("ewm needs a number or a bool but got " + type);
        }
        this.decay = decay;
        this.type = type;
        this.functions = functions.clone();
        if (!decay.adjust() && Arrays.asList(functions).contains(Function.SUM)) {
            throw new IllegalArgumentException("an ewm sum has no shares: leave adjust on");
        }
        meanOnly = functions.length == 1 && functions[0] == Function.MEAN;
        mayBlock = meanOnly && !decay.byTime() && decay.alpha() <= 0.5 && decay.alpha() >= LEAST_IN_BLOCKS;
        factor = 1 - decay.alpha();
        fresh = decay.adjust() ? 1 : decay.alpha();
    }

    /**
     * Takes the rows of a batch and answers each.
     *
     * @param ids the key of each row, none negative; null, in every batch, where all rows are one
     * @param times the event times, none null, in order; used only where weights fall by time
     * @param values the column
     * @param out a lane for each function, whose whole contents become the answers
     */
    public void add(int[] ids, int rows, LongLane times, Lane values, DoubleLane[] out) {
        ensure(live.see(ids, rows));
        DoubleLane column = Numbers.doubles(values, type, rows, numbers);
        for (DoubleLane lane : out) {
            lane.reset(rows);
        }
        boolean blocks = mayBlock && ids == null;
        boolean plain = meanOnly && !decay.byTime() && decay.minPeriods() == 1 && column.nullCount() == 0;
        for (int row = plain ? means(ids, rows, column.values(), out[0].values()) : 0; row < rows; row++) {
            int at = (ids == null ? 0 : ids[row]) << SHIFT;
            if (column.isNull(row)) {
                if (!decay.ignoreNulls()) {
                    cells[at + AGED] *= factor;
                }
            } else if (blocks) {
                takeInBlocks(column.values()[row]);
            } else {
                take(at, column.values()[row], decay.byTime() ? time(times, row) : 0);
            }
            answer(at, row, out);
        }
    }

    private int means(int[] ids, int rows, double[] values, double[] out) {
        if (mayBlock && ids == null) {
            return means(rows, values, out);
        }
        for (int row = 0; row < rows; row++) {
            int at = (ids == null ? 0 : ids[row]) << SHIFT;
            take(at, values[row], 0);
            out[row] = cells[at + MEAN];
        }
        return rows;
    }

    private int means(int rows, double[] values, double[] out) {
        int row = 0;
        while (row < rows) {
            if (cells[COUNT] > 0 && cells[AGED] == 1) {
                row = settle() ? settled(row, rows, values, out) : unsettled(row, rows, values, out);
            }
            if (row < rows) {
                takeInBlocks(values[row]);
                out[row++] = cells[MEAN];
            }
        }
        return rows;
    }

    /** The means with all state in registers, as far as new values weigh less than old ones, weights grow and means are finite. */
    private int unsettled(int from, int rows, double[] values, double[] out) {
        double mean = cells[MEAN];
        double weight = cells[WEIGHT];
        int row = from;
        for (; row < rows; row++) {
            double aged = weight * factor;
            double total = aged + fresh;
            double next = Math.fma(values[row] - mean, fresh / total, mean);
            if (total == weight || aged < fresh || !(Math.abs(next) <= Double.MAX_VALUE)) {
                break;
            }
            mean = next;
            out[row] = mean;
            weight = total;
        }
        cells[MEAN] = mean;
        cells[WEIGHT] = weight;
        cells[COUNT] += row - from;
        return row;
    }

    /** The means at a settled weight, as far as they are finite. */
    private int settled(int from, int rows, double[] values, double[] out) {
        int row = from;
        while (row < rows) {
            row = wholeBlocks(row, rows, values, out);
            if (row < rows) {
                if (!inBlock(values[row])) {
                    break;
                }
                out[row++] = cells[MEAN];
            }
        }
        return row;
    }

    /** Whether the weight of what was is settled, and large enough for blocks; the shares are then those of this weight. */
    private boolean settle() {
        double weight = cells[WEIGHT];
        if (weight == sharesOf) {
            return true;
        }
        double aged = weight * factor;
        if (aged + fresh != weight || aged < fresh) {
            return false;
        }
        share = fresh / weight;
        keeps[0] = aged / weight;
        for (int i = 1; i < BLOCK; i++) {
            keeps[i] = keeps[i - 1] * keeps[0];
        }
        sharesOf = weight;
        return true;
    }

    /** What {@link #inBlock} gives row by row, as far as blocks begin here, end before {@code rows} and are finite. */
    private int wholeBlocks(int from, int rows, double[] values, double[] out) {
        if (place() != 0) {
            return from;
        }
        double keep1 = keeps[0];
        double keep2 = keeps[1];
        double keep3 = keeps[2];
        double keep4 = keeps[3];
        double mean = cells[MEAN];
        int row = from;
        for (; row <= rows - BLOCK; row += BLOCK) {
            double first = values[row];
            double gap = mean - first;
            double rest2 = Math.fma(keep1, 0, share * (values[row + 1] - first));
            double rest3 = Math.fma(keep1, rest2, share * (values[row + 2] - first));
            double rest4 = Math.fma(keep1, rest3, share * (values[row + 3] - first));
            double mean1 = first + Math.fma(keep1, gap, 0);
            double mean2 = first + Math.fma(keep2, gap, rest2);
            double mean3 = first + Math.fma(keep3, gap, rest3);
            double mean4 = first + Math.fma(keep4, gap, rest4);
            if (!(Math.abs(mean1 + mean2 + (mean3 + mean4)) <= Double.MAX_VALUE)) {
                break;
            }
            out[row] = mean1;
            out[row + 1] = mean2;
            out[row + 2] = mean3;
            out[row + 3] = mean4;
            mean = mean4;
        }
        cells[MEAN] = mean;
        cells[COUNT] += row - from;
        return row;
    }

    private void takeInBlocks(double x) {
        boolean settled = cells[COUNT] > 0 && cells[AGED] == 1 && settle();
        if (!settled || !inBlock(x)) {
            take(0, x, 0);
            endBlock();
        }
    }

    /** Takes a value at a settled weight; false, and nothing is taken, where the block has ended early or the mean would not be finite. */
    private boolean inBlock(double x) {
        int place = place();
        if (place == 0) {
            cells[FIRST] = x;
            cells[GAP] = cells[MEAN] - x;
        }
        double first = cells[FIRST];
        double rest = Math.fma(keeps[0], cells[REST], share * (x - first));
        double mean = first + Math.fma(keeps[place], cells[GAP], rest);
        if (!(Math.abs(mean) <= Double.MAX_VALUE)) {
            return false;
        }
        cells[MEAN] = mean;
        cells[COUNT]++;
        cells[REST] = rest;
        if (place == BLOCK - 1) {
            endBlock();
        }
        return true;
    }

    /** How many values the block has. */
    private int place() {
        return (int) (long) cells[COUNT] & BLOCK - 1;
    }

    private void endBlock() {
        cells[FIRST] = Double.NaN;
        cells[GAP] = 0;
        cells[REST] = 0;
    }

    private void take(int at, double x, long time) {
        if (cells[at + COUNT]++ == 0) {
            cells[at + MEAN] = x;
            cells[at + COV] = Double.isFinite(x) ? 0 : Double.NaN;
            cells[at + WEIGHT] = 1;
            cells[at + SUM] = x;
        } else {
            double faded = decay.byTime() ? faded(at, time) : cells[at + AGED] * factor;
            double aged = cells[at + WEIGHT] * faded;
            double share = fresh / (aged + fresh);
            double mean = cells[at + MEAN];
            cells[at + MEAN] = mean(mean, x, aged, share);
            if (!meanOnly) {
                takeSpread(at, x - mean, aged / (aged + fresh), share);
                cells[at + SUM] = Math.fma(cells[at + SUM], faded, x);
            }
            cells[at + WEIGHT] = decay.adjust() ? aged + fresh : 1;
        }
        cells[at + AGED] = 1;
        times[at >> SHIFT] = time;
    }

    private double mean(double mean, double x, double aged, double share) {
        double distance = x - mean;
        double next = aged < fresh ? Math.fma(-distance, aged / (aged + fresh), x) : Math.fma(distance, share, mean);
        if (Math.abs(next) <= Double.MAX_VALUE) {
            return next;
        }
        boolean finite = Math.abs(x) <= Double.MAX_VALUE && Math.abs(mean) <= Double.MAX_VALUE;
        return finite ? 2 * Math.fma(x / 2 - mean / 2, share, mean / 2) : mean + x;
    }

    private void takeSpread(int at, double distance, double old, double share) {
        cells[at + COV] = old * (cells[at + COV] + share * distance * distance);
        cells[at + SPREAD] = old * (2 * share + old * cells[at + SPREAD]);
    }

    private double faded(int at, long time) {
        return StrictMath.pow(2, -((double) time - times[at >> SHIFT]) / decay.halfLife());
    }

    private long time(LongLane lane, int row) {
        if (lane.isNull(row)) {
            throw new IllegalArgumentException("row " + row + " has no event time");
        }
        return lane.values()[row];
    }

    private void answer(int at, int row, DoubleLane[] out) {
        boolean enough = cells[at + COUNT] >= decay.minPeriods();
        for (int i = 0; i < functions.length; i++) {
            boolean spread = functions[i] == Function.VAR || functions[i] == Function.STD;
            if (!enough || spread && cells[at + COUNT] < 2) {
                out[i].setNull(row);
                continue;
            }
            double variance = cells[at + COV] / cells[at + SPREAD];
            if (spread && cells[at + SPREAD] == 0 && Double.isNaN(variance) && cells[at + COV] == 0) {
                out[i].setNull(row); // all weight on one value
                continue;
            }
            out[i].values()[row] = switch (functions[i]) {
                case MEAN -> cells[at + MEAN];
                case SUM -> cells[at + SUM];
                case VAR -> variance;
                case STD -> Math.sqrt(variance);
            };
        }
    }

    private void ensure(int keys) {
        if (times.length < keys) {
            int from = times.length;
            int grown = Lane.grown(from, keys);
            times = Arrays.copyOf(times, grown);
            cells = Arrays.copyOf(cells, Math.multiplyExact(grown, 1 << SHIFT));
            for (int id = from; id < grown; id++) {
                cells[(id << SHIFT) + AGED] = 1;
            }
        }
    }

    /** Forgets a key; the id may then be another key's. */
    public void free(int id) {
        if (live.isLive(id)) {
            live.remove(id);
            Arrays.fill(cells, id << SHIFT, (id + 1) << SHIFT, 0);
            cells[(id << SHIFT) + AGED] = 1;
            times[id] = 0;
        }
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

    /** The bytes of memory that the state takes. */
    public long bytes() {
        return live.bytes() + 8L * (cells.length + times.length) + numbers.memory();
    }

    /** Writes the state, keys in the order in which they came: the same bytes however rows were cut. */
    public void write(OutputStream target) throws IOException {
        var out = new StateOut(target);
        out.u8(BLOCKS_VERSION);
        int[] ids = live.list(new int[0]);
        out.i32(live.size());
        for (int i = 0; i < live.size(); i++) {
            for (int cell = 0; cell <= AGED; cell++) {
                out.f64(cells[(ids[i] << SHIFT) + cell]);
            }
            out.i64(times[ids[i]]);
        }
        out.flush();
    }

    /** Reads state that was written, into an object that is still empty; keys get the ids 0 to {@code n - 1} in their order. */
    public void read(InputStream source) throws IOException {
        var in = new StateIn(source);
        int version = in.version(BLOCKS_VERSION);
        int keys = in.size();
        live.restore(keys);
        ensure(keys);
        for (int id = 0; id < keys; id++) {
            for (int cell = 0; cell <= AGED; cell++) {
                cells[(id << SHIFT) + cell] = in.f64();
            }
            times[id] = in.i64();
        }
        if (mayBlock && version < BLOCKS_VERSION && keys > 0) {
            endBlock();
        }
    }
}

package io.streamz.frames.internal.text;

import java.util.List;

/** Goes from line to line, and leaves to its kin what is in one. An empty line is no row. */
abstract class LineScan implements RowScan {
    private static final long FEEDS = Swar.repeat('\n');

    private final int columns;
    private final Limits limits;
    /** The bounds of the fields of the present line: start and end of each. */
    final int[] bounds;

    LineScan(int columns, Limits limits) {
        this.columns = columns;
        this.limits = limits;
        this.bounds = new int[2 * columns];
    }

    @Override
    public final void scan(byte[] bytes, int from, int to, int last, Block block, List<Fault> faults) {
        block.clear(bytes, from);
        block.quoted = quotes();
        int at = from;
        while (at < to && block.rows + faults.size() < RowScanner.MAX_ROWS) {
            int feed = Swar.find(bytes, at, to, FEEDS);
            if (Math.min(feed, to) - at > limits.rowBytes()) {
                throw new CarefulScan.LimitReached(at, "a line has more than " + limits.rowBytes() + " bytes");
            }
            if (feed >= to) {
                break;
            }
            int end = feed > at && bytes[feed - 1] == '\r' && feed != last ? feed - 1 : feed;
            if (end > at) {
                line(bytes, at, end, block, faults);
            }
            at = feed + 1;
            block.lines++;
        }
        block.consumed = at;
    }

    private void line(byte[] bytes, int from, int to, Block block, List<Fault> faults) {
        Fault fault = Utf8.firstInvalid(bytes, from, to) == to
                ? fields(bytes, from, to)
                : new Fault(from, to, -1, "invalid-text", "the line is not valid UTF-8");
        if (fault != null) {
            faults.add(fault);
            return;
        }
        int base = block.rows * block.stride;
        block.ensure(base + block.stride);
        System.arraycopy(bounds, 0, block.bounds, base, 2 * columns);
        block.bounds[base + 2 * columns] = from;
        block.bounds[base + 2 * columns + 1] = to;
        block.rows++;
    }

    /** Whether a field that begins with a quote stands in quotes. */
    abstract boolean quotes();

    /** Notes the fields of a line in {@link #bounds}, or says what is wrong with it; a null is empty. */
    abstract Fault fields(byte[] bytes, int from, int to);
}

package io.streamz.frames.internal.text;

import java.util.List;

/**
 * Finds where the fields of CSV rows end.
 *
 * <p>Most blocks are regular: every row has as many fields as the header. One pass over such a block notes
 * every separator and line feed without a branch that depends on the data ({@link PlainScan}), so that the lengths of
 * fields cost no mispredicted jumps. That they stand where they should is proved afterwards: when the
 * n-th line feed is the last bound of the n-th row, for all n, then all others are separators. A block with quotes goes the same way
 * with the separators inside of them masked out ({@link QuotedScan}). Whatever is not regular takes the careful way, field
 * by field, which is the definition: it knows empty lines, damaged text, stray quotes and rows of the wrong length.
 *
 * <p>Neither way keeps state between blocks: a row that is not whole is left where it is and scanned again from its start
 * when more bytes are there. So it never matters where reads cut the file.
 */
final class RowScanner implements RowScan {
    /** The most rows of one block. */
    static final int MAX_ROWS = 1 << 16;
    /** Bytes before and behind the text that may be looked at, and are not part of it. */
    static final int PAD = 16;

    private static final long FEEDS = Swar.repeat('\n');
    /** A block above this size holds a giant row; its field lengths must be checked. */
    private static final int PLAIN_LIMIT = 1 << 20;

    private static final int PIECE = 4096;

    private final int columns;
    private final Limits limits;
    private final CarefulScan careful;
    private final PlainScan plain;
    private final QuotedScan quoted;
    /** Whether the last block had quotes, so that the next one is not tried without them first. */
    private boolean expectsQuotes;
    /** Whether the last block was regular. */
    private boolean fast;

    RowScanner(int columns, byte separator, Limits limits) {
        this.columns = columns;
        this.limits = limits;
        this.careful = new CarefulScan(columns, separator, limits);
        this.plain = new PlainScan(separator);
        this.quoted = new QuotedScan(separator);
    }

    @Override
    public void scan(byte[] bytes, int from, int to, int last, Block block, List<Fault> faults) {
        block.clear(bytes, from);
        boolean lastIsOdd = last >= 0 && last > from && bytes[last - 1] == '\r';
        boolean mayBeFast = to - from <= PLAIN_LIMIT && to - from <= limits.fieldBytes() && !lastIsOdd;
        fast = mayBeFast && isNoted(bytes, from, to, block);
        if (!fast) {
            block.clear(bytes, from);
            careful.scan(bytes, from, to, last, block, faults);
        }
    }

    /** Whether the last block needed no careful look. */
    boolean isFast() {
        return fast;
    }

    private boolean isNoted(byte[] bytes, int from, int to, Block block) {
        block.ensure(to - from + PAD + 1 + QuotedScan.AT_ONCE);
        block.bounds[0] = from - 1;
        int plain = expectsQuotes ? -1 : plain(bytes, from, to, block);
        return plain < 0 ? quoted(bytes, from, to, block) : plain > 0;
    }

    private boolean quoted(byte[] bytes, int from, int to, Block block) {
        quoted.begin();
        for (int piece = from; piece < to; piece += PIECE) {
            quoted.note(bytes, piece, Math.min(to, piece + PIECE), block.bounds);
        }
        expectsQuotes = quoted.hasQuotes();
        block.quoted = quoted.hasQuotes();
        block.escaped = quoted.hasEscapes();
        boolean good = quoted.isRight()
                && isRegular(bytes, quoted.feeds(), quoted.count(), block)
                && (quoted.isAscii() || isText(bytes, block));
        if (good && quoted.hasInnerFeeds()) {
            block.lines = Swar.count(bytes, block.from, block.consumed, FEEDS);
        }
        return good;
    }

    /** Positive where the block is regular, negative where it has a quote, else 0. */
    private int plain(byte[] bytes, int from, int to, Block block) {
        if (!plain.scan(bytes, from, to, block.bounds)) {
            return -1;
        }
        boolean isRegular = isRegular(bytes, plain.feeds(), plain.count(), block);
        return isRegular && (plain.isAscii() || isText(bytes, block)) ? 1 : 0;
    }

    /** Whether every row has as many fields as it must; then the block holds them. */
    private boolean isRegular(byte[] bytes, int feeds, int count, Block block) {
        if ((long) feeds * columns > count - 1) {
            return false;
        }
        int returns = 0;
        int[] bounds = block.bounds;
        for (int row = 1; row <= feeds; row++) {
            int end = bounds[row * columns];
            if (bytes[end] != '\n') {
                return false;
            }
            returns += bytes[end - 1] == '\r' ? 1 : 0;
        }
        int rows = Math.min(feeds, MAX_ROWS);
        block.stride = columns;
        block.rows = rows;
        block.lines = rows;
        block.consumed = bounds[rows * columns] + 1;
        if (returns > 0) {
            block.trimReturns();
        }
        return true;
    }

    private static boolean isText(byte[] bytes, Block block) {
        return Utf8.firstInvalid(bytes, block.from, block.consumed) == block.consumed;
    }
}

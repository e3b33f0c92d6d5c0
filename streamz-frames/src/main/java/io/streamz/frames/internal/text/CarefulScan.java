package io.streamz.frames.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds the fields of rows one after the other: quotes, empty lines, damaged text and rows of the wrong length included. */
final class CarefulScan {
    private static final long FEEDS = Swar.repeat('\n');
    private static final long QUOTES = Swar.repeat('"');

    private final int columns;
    private final Limits limits;
    private final long separators;

    private byte[] bytes;
    private int to;
    private int last;
    /** Where the field that was found last ends. */
    private int fieldEnd;
    /** Where the separator or line feed behind it stands. */
    private int stop;

    private boolean damaged;
    private boolean quoted;
    private int openQuote;
    /** Where the row starts that is looked at; -1 in a header. */
    private int rowStart = -1;

    CarefulScan(int columns, byte separator, Limits limits) {
        this.columns = columns;
        this.limits = limits;
        this.separators = Swar.repeat(separator);
    }

    /** See {@link RowScanner#scan}. */
    void scan(byte[] source, int from, int end, int lastRowEnd, Block block, List<Fault> faults) {
        bytes = source;
        to = end;
        last = lastRowEnd;
        quoted = false;
        boolean text = Utf8.firstInvalid(bytes, from, to) == to;
        int at = from;
        while (at < to && block.rows + faults.size() < RowScanner.MAX_ROWS) {
            int next = columns > 1 ? behindEmptyLine(at) : at;
            if (next == at) {
                next = row(at, block, faults, text);
            }
            if (next < 0) {
                break;
            }
            at = next;
        }
        block.quoted = quoted;
        block.escaped = quoted;
        block.consumed = at;
        block.lines = Swar.count(bytes, from, at, FEEDS);
    }

    /** Where the quote stands that the rest of the input does not close, or -1; to be asked when the input has ended. */
    static int unclosedQuote(byte[] bytes, int from, int to, byte separator, Limits limits) {
        CarefulScan scan = new CarefulScan(1, separator, limits);
        scan.bytes = bytes;
        scan.to = to;
        scan.last = -1;
        scan.openQuote = -1;
        int at = from;
        while (at < to && scan.field(at)) {
            at = scan.stop + 1;
        }
        return scan.openQuote;
    }

    /**
     * Reads a header.
     *
     * @param names takes the names of the columns
     * @return the start of the row behind it, or -1 where the header is not whole; {@code from} where the input is over
     */
    static int header(byte[] bytes, int from, int to, int last, byte separator, Limits limits, List<String> names) {
        CarefulScan scan = new CarefulScan(0, separator, limits);
        scan.bytes = bytes;
        scan.to = to;
        scan.last = last;
        int at = scan.behindEmptyLines(from);
        if (at >= to) {
            return at;
        }
        do {
            if (!scan.field(at)) {
                scan.checkLimits(at, to);
                scan.checkRow(from, to);
                return -1;
            }
            scan.checkLimits(at, scan.stop);
            if (names.size() == limits.columns()) {
                throw new LimitReached(from, "the header has more than " + limits.columns() + " columns");
            }
            names.add(scan.text(at));
            at = scan.stop + 1;
        } while (bytes[scan.stop] != '\n');
        return at;
    }

    private int behindEmptyLines(int from) {
        int at = from;
        while (at < to) {
            int next = behindEmptyLine(at);
            if (next == at) {
                break;
            }
            at = next;
        }
        return at;
    }

    private String text(int from) {
        if (fieldEnd == from || bytes[from] != '"') {
            return new String(bytes, from, fieldEnd - from, StandardCharsets.UTF_8);
        }
        String inner = new String(bytes, from + 1, Math.max(0, fieldEnd - from - 2), StandardCharsets.UTF_8);
        return inner.replace("\"\"", "\"");
    }

    private int behindEmptyLine(int at) {
        if (bytes[at] == '\n') {
            return at + 1;
        }
        return bytes[at] == '\r' && at + 1 < to && bytes[at + 1] == '\n' && at + 1 != last ? at + 2 : at;
    }

    /** Notes the row that starts at a place and gives the start of the next one; -1 where the row is not whole. */
    private int row(int start, Block block, List<Fault> faults, boolean text) {
        int base = block.rows * (columns + 1);
        block.ensure(base + columns + 1);
        block.bounds[base] = start - 1;
        damaged = false;
        rowStart = start;
        int fields = 0;
        int at = start;
        do {
            if (!field(at)) {
                checkLimits(at, to);
                checkRow(start, to);
                return -1;
            }
            checkLimits(at, stop);
            fields++;
            if (fields <= columns) {
                block.bounds[base + fields] = fieldEnd;
            }
            at = stop + 1;
        } while (bytes[stop] != '\n');
        checkRow(start, stop);
        Fault fault = fault(start, fields, text);
        if (fault == null) {
            block.rows++;
        } else {
            faults.add(fault);
        }
        return at;
    }

    private Fault fault(int start, int fields, boolean text) {
        int end = fieldEnd;
        if (!text && Utf8.firstInvalid(bytes, start, end) != end) {
            return new Fault(start, end, -1, "invalid-text", "the row is not valid UTF-8");
        }
        if (damaged) {
            return new Fault(start, end, -1, "bad-quote", "there is text behind a closing quote");
        }
        if (fields != columns) {
            String has = fields == 1 ? "1 field" : fields + " fields";
            return new Fault(start, end, -1, "field-count", "the row has " + has + ", the header has " + columns);
        }
        return null;
    }

    /** Finds the end of the field that starts at a place; false where it is not whole. */
    private boolean field(int start) {
        if (start < to && bytes[start] == '"') {
            quoted = true;
            int close = closingQuote(start);
            if (close < 0) {
                openQuote = start;
                return false;
            }
            if (!endField(close + 1)) {
                return false;
            }
            damaged |= fieldEnd != close + 1;
            return true;
        }
        return endField(start);
    }

    /** The place of the quote that closes the one at {@code open}, or -1. */
    private int closingQuote(int open) {
        int at = open + 1;
        while (true) {
            at = Swar.find(bytes, at, to, QUOTES);
            if (at >= to) {
                return -1;
            }
            if (at + 1 >= to || bytes[at + 1] != '"') {
                return at;
            }
            at += 2;
        }
    }

    /** Finds the next separator or line feed, and with it the end of the field; false where there is none. */
    private boolean endField(int from) {
        int at = from;
        while (true) {
            long word = Swar.load(bytes, at);
            long found = ~((Swar.differs(word, separators) & Swar.differs(word, FEEDS)) | word) & Swar.TOPS;
            if (found != 0) {
                at += Long.numberOfTrailingZeros(found) >>> 3;
                break;
            }
            at += 8;
            if (at >= to) {
                return false;
            }
        }
        if (at >= to) {
            return false;
        }
        stop = at;
        boolean isReturned = bytes[at] == '\n' && at > from && bytes[at - 1] == '\r' && at != last;
        fieldEnd = isReturned ? at - 1 : at;
        return true;
    }

    private void checkLimits(int start, int end) {
        if (end - start > limits.fieldBytes()) {
            int row = bytes[start] == '"' ? rowStart : -1;
            throw new LimitReached(start, row, "a field has more than " + limits.fieldBytes() + " bytes");
        }
    }

    private void checkRow(int start, int end) {
        if (end - start > limits.rowBytes()) {
            throw new LimitReached(start, "a row has more than " + limits.rowBytes() + " bytes");
        }
    }

    /** A limit was passed; the reader, which knows the file and the line, makes the message. */
    static final class LimitReached extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int at;
        /** Where the row starts in which a quoted field is too long; else -1. */
        final int row;

        LimitReached(int at, String message) {
            this(at, -1, message);
        }

        LimitReached(int at, int row, String message) {
            super(message, null, false, false);
            this.at = at;
            this.row = row;
        }
    }
}

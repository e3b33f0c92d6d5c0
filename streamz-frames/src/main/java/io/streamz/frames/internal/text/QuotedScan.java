package io.streamz.frames.internal.text;

/**
 * Notes the separators and line feeds that stand outside quotes, 64 bytes at a time and without a branch that depends on the data.
 *
 * <p>Each kind of byte becomes the bits of a long. Which bytes stand inside quotes is the parity of the quotes up to them. That
 * reading is right when each quote that opens stands at the start of a field, or right behind one that closes
 * (together they are one quote of the text), and each that closes stands at the end of a field or before one that opens.
 * Both are asked of neighbours, for 64 bytes at once, with what the last group leaves to the next one carried over.
 * Where they do not hold, as for a quote in the middle of an unquoted field, the careful way decides.
 */
final class QuotedScan {
    private static final int GROUP = 64;
    private static final long FEEDS = Swar.repeat('\n');
    private static final long QUOTES = Swar.repeat('"');
    static final int AT_ONCE = 8;

    private final long separators;
    private int count;
    private int feeds;

    // What the last group leaves to the next one, in the lowest bit; all bits for the parity.
    private long inQuotes;
    private long mayOpen;
    private long closed;
    private long returned;

    // Bits of all groups.
    private long tops;
    private long wrong;
    private long escapes;
    private long innerFeeds;
    private long quotes;

    QuotedScan(byte separator) {
        this.separators = Swar.repeat(separator);
    }

    /** Begins a block whose first byte is the first of a row; {@code bounds[0]} is taken. */
    void begin() {
        count = 1;
        feeds = 0;
        inQuotes = 0;
        mayOpen = 1;
        closed = 0;
        returned = 0;
        tops = 0;
        wrong = 0;
        escapes = 0;
        innerFeeds = 0;
        quotes = 0;
    }

    /**
     * Notes the separators of a piece; a group of it may be cut only at the end of the block.
     *
     * @param bounds has room for {@link #AT_ONCE} more than there are bytes
     */
    void note(byte[] bytes, int from, int to, int[] bounds) {
        int at = from;
        for (; at + GROUP <= to; at += GROUP) {
            group(bytes, at, GROUP, -1, bounds);
        }
        if (at < to) {
            group(bytes, at, to - at, (1L << (to - at)) - 1, bounds);
        }
    }

    private void group(byte[] bytes, int at, int length, long there, int[] bounds) {
        long quote = 0;
        long feed = 0;
        long separator = 0;
        long allTops = 0;
        for (int place = 0; place < length; place += 8) {
            long word = Swar.load(bytes, at + place);
            long notFeed = Swar.differs(word, FEEDS);
            long either = ~((Swar.differs(word, separators) & notFeed) | word) & Swar.TOPS;
            separator |= Swar.gather(either) << place;
            feed |= Swar.gather(either & ~notFeed) << place;
            quote |= Swar.gather(Swar.matches(word, QUOTES)) << place;
            allTops |= word;
        }
        tops |= allTops;
        note(bytes, at, quote & there, feed & there, separator & there, there, bounds);
    }

    private void note(byte[] bytes, int at, long quote, long feed, long separator, long there, int[] bounds) {
        long inside = parity(quote) ^ inQuotes;
        inQuotes = inside >> 63;
        long found = separator & ~inside;
        long opening = quote & inside;
        long closing = quote & ~inside;
        long behindClosing = closing << 1 | closed;
        wrong |= opening & ~((found | closing) << 1 | mayOpen);
        long stray = behindClosing & ~(found | quote) & there;
        if ((stray | returned) != 0) {
            wrong |= stray(bytes, at, stray, feed & ~inside, there);
        }
        escapes |= opening & behindClosing;
        mayOpen = (found | closing) >>> 63;
        closed = closing >>> 63;
        innerFeeds |= feed & inside;
        quotes |= quote;
        feeds += Long.bitCount(feed & ~inside);
        put(at, found, bounds, count);
        count += Long.bitCount(found);
    }

    /** Eight are put whether there are so many or not, so that their number costs no mispredicted jump. */
    static void put(int at, long found, int[] bounds, int first) {
        int next = first;
        long left = found;
        do {
            for (int i = 0; i < AT_ONCE; i++) {
                bounds[next + i] = at + Long.numberOfTrailingZeros(left);
                left &= left - 1;
            }
            next += AT_ONCE;
        } while (left != 0);
    }

    /** In each bit the parity of it and all lower bits. */
    private static long parity(long bits) {
        long x = bits ^ bits << 1;
        x ^= x << 2;
        x ^= x << 4;
        x ^= x << 8;
        x ^= x << 16;
        return x ^ x << 32;
    }

    /** What stands behind a closing quote and is neither separator nor quote may be the first half of CRLF. */
    private long stray(byte[] bytes, int at, long stray, long feed, long there) {
        long half = 0;
        for (long left = stray; left != 0; left &= left - 1) {
            half |= bytes[at + Long.numberOfTrailingZeros(left)] == '\r' ? left & -left : 0;
        }
        long needFeed = (half << 1 | returned) & there;
        returned = half >>> 63;
        return stray & ~half | needFeed & ~feed;
    }

    /** Whether every quote stood where the parity takes it for what it is. */
    boolean isRight() {
        return wrong == 0;
    }

    /** One more than the separators that were found. */
    int count() {
        return count;
    }

    int feeds() {
        return feeds;
    }

    boolean isAscii() {
        return (tops & Swar.TOPS) == 0;
    }

    boolean hasQuotes() {
        return quotes != 0;
    }

    boolean hasEscapes() {
        return escapes != 0;
    }

    boolean hasInnerFeeds() {
        return innerFeeds != 0;
    }
}

package io.streamz.aggregations;

import java.util.Arrays;
import java.util.List;

/**
 * Keys of several columns to dense ids, of the code that each column has for its part. While all codes fit into one word they stand
 * side by side in it, and a key is one lookup; a column whose codes outgrow their bits has all words written anew. Few bits are
 * kept close together, so that words are an array's places; where there are many, what is left of the word is room to grow.
 *
 * <p>Codes that do not fit into a word any more are looked up by pairs from then on: the id of what stands to the left with the code
 * of the next column. Ids stay what they are in any case. A code dies with the last key, or pair, that holds it; which keys hold it is
 * counted from the first time on that one goes.
 */
final class CompositeKeys {
    private static final int WORD = 63;

    /** So many bits are an array's places whatever they hold. */
    private static final int CLOSE = 16;

    private static final int BLOCK = 8192;

    private final List<KeyIndex> columns;
    private final boolean dropNullKeys;

    /** From words to ids; of the last pair, where there are pairs. */
    private final LongKeys last;

    /** Of all pairs but the last; null while one word holds all codes. */
    private LongKeys[] pairs;

    private int[] widths;

    /** Whether the columns count which of their codes are in use. */
    private boolean counted;

    private final LongLane packed = new LongLane();
    private int[][] joined = {};

    CompositeKeys(List<KeyIndex> columns, boolean dropNullKeys) {
        this.columns = columns;
        this.dropNullKeys = dropNullKeys;
        this.last = new LongKeys(dropNullKeys, true);
        this.widths = new int[columns.size()];
    }

    Ids ids() {
        return last.ids;
    }

    /** The id of each row's codes; -1 where one of them is. */
    void ids(int[][] codes, int rows, int[] out) {
        if (pairs == null && !fit()) {
            layOut();
        }
        if (pairs == null) {
            pack(codes, rows);
            int place = last.ids.logged();
            last.ids(packed, rows, out);
            if (counted) {
                useCodes(place);
            }
        } else {
            int[] left = left(codes, rows);
            join(last, pairs.length, left, codes[columns.size() - 1], rows, out);
        }
        if (dropNullKeys) {
            freeUnused(codes, rows, out);
        }
    }

    private boolean fit() {
        for (int column = 0; column < widths.length; column++) {
            if (columns.get(column).ids.top() > 1L << widths[column]) {
                return false;
            }
        }
        return true;
    }

    private void pack(int[][] codes, int rows) {
        packed.reset(rows);
        long[] words = packed.values();
        int[] first = codes[0];
        for (int row = 0; row < rows; row++) {
            words[row] = first[row];
        }
        for (int column = 1; column < widths.length; column++) {
            int width = widths[column];
            int[] parts = codes[column];
            for (int row = 0; row < rows; row++) {
                words[row] = words[row] << width | parts[row];
            }
        }
        if (dropNullKeys) {
            setNulls(codes, rows);
        }
    }

    private void setNulls(int[][] codes, int rows) {
        for (int row = 0; row < rows; row++) {
            int signs = 0;
            for (int[] parts : codes) {
                signs |= parts[row];
            }
            if (signs < 0) {
                packed.setNull(row);
            }
        }
    }

    /** Begins to count which codes are in use; no key has gone so far. */
    private void count() {
        if (!counted) {
            counted = true;
            useCodes(0);
        }
    }

    /** The words from that place of the log on are new. */
    private void useCodes(int place) {
        int shift = 0;
        for (int column = widths.length - 1; column >= 0; column--) {
            columns.get(column).useParts(last, place, shift, (1L << widths[column]) - 1);
            shift += widths[column];
        }
    }

    private static int code(long word, int width) {
        return (int) (word & (1L << width) - 1);
    }

    /** Gives each column as many bits as its codes need and some more, and writes all words anew. */
    private void layOut() {
        int[] wider = new int[widths.length];
        int sum = 0;
        for (int column = 0; column < wider.length; column++) {
            int top = columns.get(column).ids.top();
            wider[column] = Math.max(1, 32 - Integer.numberOfLeadingZeros(Math.max(0, top - 1)));
            sum += wider[column];
        }
        if (sum > WORD) {
            toPairs();
            return;
        }
        int spare = sum + wider.length <= CLOSE ? wider.length : WORD - sum;
        for (int column = 0; column < wider.length; column++) {
            int more = Math.min(31 - wider[column], spare / (wider.length - column));
            wider[column] += more;
            spare -= more;
        }
        int[] before = widths;
        widths = wider;
        for (int place = 0; place < last.ids.logged(); place++) {
            int id = last.ids.logged(place);
            if (id >= 0) {
                last.rekey(id, widened(last.key(id), before, wider));
            }
        }
        last.reindex();
    }

    private static long widened(long word, int[] before, int[] wider) {
        long rest = word;
        long result = 0;
        int shift = 0;
        for (int column = wider.length - 1; column >= 0; column--) {
            result |= (long) code(rest, before[column]) << shift;
            rest >>>= before[column];
            shift += wider[column];
        }
        return result;
    }

    /** Looks the codes of all keys up by pairs, a block of keys at a time. */
    private void toPairs() {
        int[] live = new int[last.ids.live()];
        last.ids.liveIds(live);
        columns.forEach(KeyIndex::clearUses);
        counted = true;
        int[] before = widths;
        int columnCount = columns.size();
        pairs = new LongKeys[columnCount - 2];
        Arrays.setAll(pairs, pair -> new LongKeys(dropNullKeys, false));
        joined = new int[pairs.length][0];
        int[][] codes = new int[columnCount][BLOCK];
        for (int from = 0; from < live.length; from += BLOCK) {
            int rows = Math.min(BLOCK, live.length - from);
            for (int row = 0; row < rows; row++) {
                unpack(last.key(live[from + row]), before, codes, row);
            }
            int[] left = left(codes, rows);
            for (int row = 0; row < rows; row++) {
                last.rekey(live[from + row], pair(left[row], codes[columnCount - 1][row]));
                left(pairs.length).use(left[row]);
                columns.get(columnCount - 1).use(codes[columnCount - 1][row]);
            }
        }
        last.reindex();
    }

    private static void unpack(long word, int[] widths, int[][] codes, int row) {
        long rest = word;
        for (int column = widths.length - 1; column >= 0; column--) {
            codes[column][row] = code(rest, widths[column]);
            rest >>>= widths[column];
        }
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right & 0xffffffffL;
    }

    /** The ids of what stands to the left of the last column. */
    private int[] left(int[][] codes, int rows) {
        int[] left = codes[0];
        for (int pair = 0; pair < pairs.length; pair++) {
            if (joined[pair].length < rows) {
                joined[pair] = new int[Lane.grown(joined[pair].length, rows)];
            }
            join(pairs[pair], pair, left, codes[pair + 1], rows, joined[pair]);
            left = joined[pair];
        }
        return left;
    }

    /** The ids of pairs of codes; each new pair holds its two codes. */
    private void join(LongKeys index, int pair, int[] left, int[] right, int rows, int[] out) {
        packed.reset(rows);
        long[] values = packed.values();
        for (int row = 0; row < rows; row++) {
            values[row] = pair(left[row], right[row]);
            if ((left[row] | right[row]) < 0) {
                packed.setNull(row);
            }
        }
        int place = index.ids.logged();
        index.ids(packed, rows, out);
        for (; place < index.ids.logged(); place++) {
            long key = index.key(index.ids.logged(place));
            left(pair).use((int) (key >>> 32));
            columns.get(pair + 1).use((int) key);
        }
    }

    /** What a pair joins with the next column. */
    private KeyIndex left(int pair) {
        return pair == 0 ? columns.get(0) : pairs[pair - 1];
    }

    /** Takes back the codes that only rows with a dropped key had asked for. */
    private void freeUnused(int[][] codes, int rows, int[] out) {
        for (int row = 0; row < rows; row++) {
            if (out[row] < 0) {
                count();
                for (int pair = joined.length - 1; pair >= 0; pair--) {
                    if (pairs[pair].isUnused(joined[pair][row])) {
                        release(pairs[pair], pair, joined[pair][row]);
                    }
                }
                for (int column = 0; column < codes.length; column++) {
                    if (columns.get(column).isUnused(codes[column][row])) {
                        columns.get(column).free(codes[column][row]);
                    }
                }
            }
        }
    }

    void free(int id) {
        if (pairs != null) {
            release(last, pairs.length, id);
            return;
        }
        count();
        long word = last.key(id);
        last.free(id);
        for (int column = widths.length - 1; column >= 0; column--) {
            release(columns.get(column), code(word, widths[column]));
            word >>>= widths[column];
        }
    }

    private static void release(KeyIndex column, int code) {
        if (column.disuse(code)) {
            column.free(code);
        }
    }

    private void release(LongKeys index, int pair, int id) {
        long key = index.key(id);
        index.free(id);
        int left = (int) (key >>> 32);
        if (pair == 0) {
            release(columns.get(0), left);
        } else if (pairs[pair - 1].disuse(left)) {
            release(pairs[pair - 1], pair - 1, left);
        }
        release(columns.get(pair + 1), (int) key);
    }

    /** The codes of {@code count} of the listed ids from a place on, in an array for each column; some code for an id that does not live. */
    void codes(int[] ids, int from, int count, int[][] codes) {
        for (int i = 0; i < count; i++) {
            int id = ids[from + i];
            long key = last.ids.isLive(id)
                    ? last.key(id)
                    : 0; // what a dead one left is not as wide as the columns are now
            if (pairs == null) {
                unpack(key, widths, codes, i);
                continue;
            }
            for (int pair = pairs.length; pair > 0; pair--) {
                codes[pair + 1][i] = (int) key;
                key = pairs[pair - 1].key((int) (key >>> 32));
            }
            codes[1][i] = (int) key;
            codes[0][i] = (int) (key >>> 32);
        }
    }

    long bytes() {
        long bytes = last.bytes() + 8L * packed.values().length;
        for (int pair = 0; pair < joined.length; pair++) {
            bytes += pairs[pair].bytes() + 4L * joined[pair].length;
        }
        return bytes;
    }
}

package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.TextLane;
import java.util.BitSet;

/**
 * Text, left where it was read: the lane points into the block's bytes. Doubled quotes are made single there, which is why a
 * block's text is read last and once.
 */
final class TextColumn extends ColumnParser {
    private static final long QUOTES = Swar.repeat('"');

    private int[] starts;
    private int[] lengths;

    TextColumn(int column, DataType type, NullWords nulls) {
        super(column, type, nulls);
    }

    @Override
    boolean isText() {
        return true;
    }

    @Override
    void aim(Lane lane, Block block) {
        TextLane into = (TextLane) lane;
        into.share(block.bytes);
        starts = into.starts();
        lengths = into.lengths();
    }

    @Override
    boolean put(byte[] bytes, int from, int to, int row) {
        starts[row] = from;
        lengths[row] = bytes[from - 1] == '"' ? unescape(bytes, from, to) : to - from;
        return true;
    }

    /** Makes doubled quotes single within {@code from..to} and gives the length that is left. */
    static int unescape(byte[] bytes, int from, int to) {
        int at = Swar.find(bytes, from, to, QUOTES);
        int end = at;
        while (at < to) {
            bytes[end++] = '"';
            int next = Swar.find(bytes, at + 2, to, QUOTES);
            System.arraycopy(bytes, at + 2, bytes, end, next - at - 2);
            end += next - at - 2;
            at = next;
        }
        return end - from;
    }

    @Override
    void read(Block block, Lane lane, BitSet bad) {
        if (hasNullWords() || block.apart) {
            super.read(block, lane, bad);
            return;
        }
        aim(lane, block);
        if (block.quoted) {
            readQuoted(block, lane);
        } else {
            readPlain(block, lane);
        }
    }

    private void readPlain(Block block, Lane lane) {
        int[] bounds = block.bounds;
        int at = column;
        for (int row = 0; row < block.rows; row++, at += block.stride) {
            int from = bounds[at] + 1;
            int length = bounds[at + 1] - from;
            starts[row] = from;
            lengths[row] = length;
            if (length == 0) {
                lane.setNull(row);
            }
        }
    }

    private void readQuoted(Block block, Lane lane) {
        byte[] bytes = block.bytes;
        int[] bounds = block.bounds;
        boolean escaped = block.escaped;
        int at = column;
        for (int row = 0; row < block.rows; row++, at += block.stride) {
            int from = bounds[at] + 1;
            int length = bounds[at + 1] - from;
            int quote = bytes[from] == '"' ? 1 : 0;
            starts[row] = from + quote;
            lengths[row] = length - 2 * quote;
            if (length == 0) {
                lane.setNull(row);
            } else if (escaped && quote != 0) {
                lengths[row] = unescape(bytes, from + 1, from + length - 1);
            }
        }
    }
}

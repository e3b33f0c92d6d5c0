package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import java.util.BitSet;

/** Integers, booleans, dates and times. */
final class LongColumn extends ColumnParser {
    private final LongText text;
    private final boolean isInt64;
    private long[] values;

    LongColumn(int column, DataType type, boolean epoch, NullWords nulls) {
        super(column, type, nulls);
        this.text = LongText.of(type, epoch);
        this.isInt64 = type.kind() == Kind.INT && type.bits() == 64;
    }

    @Override
    void aim(Lane lane, Block block) {
        values = ((LongLane) lane).values();
    }

    @Override
    boolean put(byte[] bytes, int from, int to, int row) {
        boolean good = text.read(bytes, from, to);
        values[row] = text.value;
        return good;
    }

    @Override
    void read(Block block, Lane lane, BitSet bad) {
        if (!isInt64 || !isPlain(block)) {
            super.read(block, lane, bad);
            return;
        }
        aim(lane, block);
        readInts(block, lane, bad);
    }

    /** Up to eight digits are one word that ends where the field ends, up to sixteen are two: no jump depends on their number. */
    private void readInts(Block block, Lane lane, BitSet bad) {
        byte[] bytes = block.bytes;
        int[] places = block.places;
        long[] into = values;
        int at = block.first;
        for (int row = 0; row < block.rows; row++, at += block.step) {
            int from = places[at] + 1;
            int to = places[at + 1];
            int length = to - from;
            int sign = (bytes[from] ^ '-') - 1 >>> 31;
            int digits = length - sign;
            if (digits > 0 && digits <= 8) {
                long word = Swar.lastValues(Swar.load(bytes, to - 8), digits);
                if (Swar.areDigits(word)) {
                    into[row] = (Swar.number(word) ^ -sign) + sign;
                    continue;
                }
            } else if (digits > 8 && digits <= 16) {
                long early = Swar.lastValues(Swar.load(bytes, to - 16), digits - 8);
                long late = Swar.values(Swar.load(bytes, to - 8));
                if (Swar.areDigits(early) && Swar.areDigits(late)) {
                    into[row] = (Swar.number(early) * 100_000_000 + Swar.number(late) ^ -sign) + sign;
                    continue;
                }
            }
            other(bytes, from, to, row, lane, bad);
        }
    }

    private void other(byte[] bytes, int from, int to, int row, Lane lane, BitSet bad) {
        if (from == to) {
            lane.setNull(row);
        } else if (!put(bytes, from, to, row)) {
            bad.set(row);
        }
    }
}

package io.streamz.frames;

import io.streamz.aggregations.Change;
import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Overflow;
import io.streamz.aggregations.Shift;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Columns as they were so many rows before, and what has changed since. */
final class ShiftKernel implements RowKernel {
    private final Shift shift;
    private final DataType[] types;
    private final Lane[] before;
    private final int[] columns;
    private final Change[] changes;

    /**
     * Looks {@code n} rows back.
     *
     * @param types the types of its columns
     * @param columns for each answer the column it is made of
     * @param changes for each answer what it tells, or null for the column as it was
     */
    ShiftKernel(int n, DataType[] types, int[] columns, Change[] changes) {
        this.shift = new Shift(n, types);
        this.types = types;
        this.columns = columns;
        this.changes = changes;
        this.before = new Lane[types.length];
        for (int column = 0; column < before.length; column++) {
            before[column] = types[column].kind().lane();
        }
    }

    @Override
    public void add(int[] ids, int rows, LongLane times, Lane[] lanes, Lane[] out, Overflow overflow) {
        shift.add(ids, rows, lanes, before);
        for (int answer = 0; answer < out.length; answer++) {
            int column = columns[answer];
            int place = answer;
            if (changes[answer] == null) {
                Lanes.copy(before[column], out[answer]);
            } else {
                changes[answer].apply(
                        types[column],
                        lanes[column],
                        before[column],
                        rows,
                        out[answer],
                        row -> overflow.at(place, row));
            }
        }
    }

    @Override
    public long bytes() {
        long bytes = shift.bytes();
        for (Lane lane : before) {
            bytes += lane.memory();
        }
        return bytes;
    }

    @Override
    public void write(OutputStream target) throws IOException {
        shift.write(target);
    }

    @Override
    public void read(InputStream source) throws IOException {
        shift.read(source);
    }
}

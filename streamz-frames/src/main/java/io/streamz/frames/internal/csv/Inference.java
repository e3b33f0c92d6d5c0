package io.streamz.frames.internal.csv;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/** Settles the types of columns from some rows: the first of the candidates that can read all values of a column. */
final class Inference {
    private static final List<DataType> CANDIDATES = List.of(
            DataType.INT64, DataType.FLOAT64, DataType.BOOL, DataType.DATE, DataType.timestamp(ChronoUnit.NANOS));

    private final NullWords nulls;
    private final ColumnParser[] parsers;
    private final Lane[] lanes;
    /** Per column one bit for each candidate that has read all values so far. */
    private final int[] open;

    private final boolean[] seen;

    Inference(int columns, NullWords nulls) {
        this.nulls = nulls;
        this.open = IntStream.range(0, columns)
                .map(column -> (1 << CANDIDATES.size()) - 1)
                .toArray();
        this.seen = new boolean[columns];
        this.parsers = CANDIDATES.stream()
                .map(type -> ColumnParser.of(0, type, false, nulls))
                .toArray(ColumnParser[]::new);
        this.lanes = CANDIDATES.stream().map(type -> type.kind().lane()).toArray(Lane[]::new);
    }

    /** Looks at rows. */
    void look(Block block) {
        for (int candidate = 0; candidate < parsers.length; candidate++) {
            lanes[candidate].reset(1);
            parsers[candidate].aim(lanes[candidate], block);
        }
        for (int column = 0; column < open.length; column++) {
            for (int row = 0; row < block.rows; row++) {
                look(block, row, column);
            }
        }
    }

    private void look(Block block, int row, int column) {
        int from = block.start(row, column);
        int to = block.end(row, column);
        boolean isQuoted = block.isQuoted(row, column);
        from += isQuoted ? 1 : 0;
        to -= isQuoted ? 1 : 0;
        if (to == from && !isQuoted || nulls.contains(block.bytes, from, to)) {
            return;
        }
        seen[column] = true;
        for (int left = open[column]; left != 0; left &= left - 1) {
            int candidate = Integer.numberOfTrailingZeros(left);
            if (!parsers[candidate].put(block.bytes, from, to, 0)) {
                open[column] &= ~(1 << candidate);
            }
        }
    }

    /** The type of a column: utf8 where nothing else reads all values, or there are none. */
    DataType type(int column) {
        return !seen[column] || open[column] == 0
                ? DataType.UTF8
                : CANDIDATES.get(Integer.numberOfTrailingZeros(open[column]));
    }
}

package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.core.DataException;
import io.streamz.frames.internal.Columns;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Some rows of other columns: what expressions are computed again over when a row had no answer. Makes new lanes. */
final class SomeRows implements Columns {
    private final Columns all;
    private final int[] rows;
    private final int count;
    private final Map<Integer, Lane> lanes = new HashMap<>();

    SomeRows(Columns all, int[] rows, int count) {
        this.all = all;
        this.rows = rows;
        this.count = count;
    }

    @Override
    public int rows() {
        return count;
    }

    @Override
    public long place(int row) {
        return all.place(rows[row]);
    }

    @Override
    public Lane lane(int column) {
        return lanes.computeIfAbsent(column, this::gathered);
    }

    private Lane gathered(int column) {
        Lane lane = all.lane(column);
        Lane some = lane.fresh();
        lane.gather(rows, count, some);
        return some;
    }

    /** The first rows of others. */
    static SomeRows first(Columns all, int count) {
        int[] rows = new int[count];
        Arrays.setAll(rows, row -> row);
        return new SomeRows(all, rows, count);
    }

    /** Writes the answers for some rows to where they belong among all. */
    static void scatter(Lane some, int[] rows, Lane all) {
        for (int i = 0; i < some.size(); i++) {
            int row = rows[i];
            if (some.isNull(i)) {
                all.setNull(row);
            } else if (all instanceof LongLane longs) {
                longs.values()[row] = ((LongLane) some).values()[i];
            } else if (all instanceof DoubleLane doubles) {
                doubles.values()[row] = ((DoubleLane) some).values()[i];
            } else if (all instanceof WideLane wide) {
                wide.high()[row] = ((WideLane) some).high()[i];
                wide.low()[row] = ((WideLane) some).low()[i];
            } else {
                TextLane text = (TextLane) some;
                ((TextLane) all).set(row, text.bytes(), text.starts()[i], text.lengths()[i]);
            }
        }
    }

    /** Row by row, so that each row without an answer is null and told of. */
    static Lane oneByOne(BoundExpr expr, Columns in, Consumer<DataException> rejects) {
        Lane all = expr.type().kind().lane();
        all.reset(in.rows());
        for (int row = 0; row < in.rows(); row++) {
            int[] rows = {row};
            try {
                scatter(expr.compute(new SomeRows(in, rows, 1)), rows, all);
            } catch (RowFault fault) {
                all.setNull(row);
                rejects.accept(fault.among(rows).toDataException(in));
            }
        }
        return all;
    }
}

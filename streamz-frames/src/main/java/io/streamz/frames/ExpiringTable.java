package io.streamz.frames;

import io.streamz.aggregations.Answers;
import io.streamz.aggregations.ExpiringGroups;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.frames.internal.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Groups of which no more than so many are held, or none that has been without a row for so long; the last rows of those that left. */
final class ExpiringTable extends LeavingTable {
    private final ExpiringGroups groups;
    private final int timePlace;
    private final int keyCount;
    /** Measure and row of the answers of the groups that left that do not fit. */
    private final List<int[]> unfit = new ArrayList<>();

    private ExpiringTable(Schema schema, KeyIds keys, Measures measures, ExpiringGroups groups, int timePlace) {
        super(schema, keys, measures, groups);
        this.groups = groups;
        this.timePlace = timePlace;
        this.keyCount = schema.size() - measures.all().length;
    }

    /**
     * No row yet.
     *
     * @param schema the table's columns: keys, then answers
     * @param most how many groups there are at most
     * @param patience how long they stay without a row, in the unit of event time
     * @param timePlace the column of event time, or -1 where only their number counts
     */
    static ExpiringTable of(Schema schema, KeyIds keys, Measures measures, long most, long patience, int timePlace) {
        ExpiringGroups groups = new ExpiringGroups(most, patience, measures.types(), measures.all());
        return new ExpiringTable(schema, keys, measures, groups, timePlace);
    }

    @Override
    public void add(Columns rows, IntConsumer late) {
        int[] ids = keys.of(rows);
        unfit.clear();
        LongLane times = timePlace < 0 ? null : (LongLane) rows.lane(timePlace);
        groups.add(ids, rows.rows(), times, values(), (measure, row) -> unfit.add(new int[] {measure, row}));
        for (int i = 0; i < groups.touchedCount(); i++) {
            present.set(groups.touched()[i]);
        }
    }

    @Override
    public int[] touched() {
        return groups.touched();
    }

    @Override
    public int touchedCount() {
        return groups.touchedCount();
    }

    @Override
    public int[] gone() {
        return groups.gone();
    }

    @Override
    public int goneCount() {
        return groups.goneCount();
    }

    @Override
    public int evicted() {
        return groups.evicted().count();
    }

    @Override
    public void evicted(Lane[] out, Overflows overflows) {
        Answers answers = groups.evicted();
        keys.keys(answers.ids(), answers.count(), out);
        for (int column = keyCount; column < out.length; column++) {
            Lanes.copy(answers.column(column - keyCount), out[column]);
        }
        for (int[] cell : unfit) {
            overflow(keyCount + cell[0], answers.ids()[cell[1]], out, cell[1], overflows);
        }
    }

    @Override
    void result(int measure, int[] ids, int count, Lane out, IntConsumer overflow) {
        groups.result(measure, ids, count, out, overflow);
    }
}

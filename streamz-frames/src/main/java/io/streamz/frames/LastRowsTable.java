package io.streamz.frames;

import io.streamz.aggregations.Aggregation;
import io.streamz.aggregations.DataType;
import io.streamz.aggregations.GroupStates;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.Measure;
import io.streamz.aggregations.Rolling;
import io.streamz.aggregations.Span;
import io.streamz.core.DataException;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The last rows of each key: the rolling answer of its newest row. A rolling answer over no value is null, where a table gives
 * what the aggregation gives for nothing, such as a sum of 0.
 */
final class LastRowsTable implements Groups {
    private final Schema schema;
    private final KeyIds keys;
    private final int keyCount;
    private final Measures measures;
    private final Rolling rolling;
    private final Lane[] answers;
    private final Lane[] newest;
    /** For each measure one row with its answer to nothing; null where that is null. */
    private final Lane[] nothing;

    private final Set<Long> overflown = new HashSet<>();
    private final BitSet seen = new BitSet();
    private Lane[] values = {};
    private int[] ids = {};
    private int[] touched = {};
    private int[] rows = {};
    private int count;
    private int[] live = {};

    LastRowsTable(Schema schema, KeyIds keys, Measures measures, List<Agg> aggregates, long n) {
        this.schema = schema;
        this.keys = keys;
        this.measures = measures;
        Measure[] all = measures.all();
        this.keyCount = schema.size() - all.length;
        this.rolling = new Rolling(Span.rows(n).minPeriods(1), true, measures.types(), all);
        this.answers = new Lane[all.length];
        this.newest = new Lane[all.length];
        this.nothing = new Lane[all.length];
        for (int i = 0; i < all.length; i++) {
            DataType type = schema.type(keyCount + i);
            answers[i] = type.kind().lane();
            newest[i] = type.kind().lane();
            nothing[i] = aggregates.get(i).call().minCount() > 0
                    ? null
                    : nothing(aggregates.get(i), measures.inputs(), type);
        }
    }

    private static Lane nothing(Agg aggregate, Inputs inputs, DataType type) {
        Aggregation aggregation = aggregate.aggregation();
        GroupStates states = aggregation.states(aggregate.call().inputs().stream()
                .map(input -> inputs.type(inputs.place(input)))
                .toArray(DataType[]::new));
        Lane one = type.kind().lane();
        states.ensure(1);
        states.result(new int[] {0}, 1, one, row -> {});
        return one.isNull(0) ? null : one;
    }

    @Override
    public void evaluate(Columns batch, Consumer<DataException> reject) {
        values = measures.inputs().evaluate(batch, reject);
    }

    @Override
    public int answered(Columns batch) {
        return measures.inputs().answered(batch);
    }

    @Override
    public void add(Columns batch, IntConsumer late) {
        ids = keys.of(batch);
        Set<Long> overflows = new HashSet<>();
        rolling.add(
                ids,
                batch.rows(),
                null,
                values,
                newest,
                (measure, row) -> overflows.add((long) row << Short.SIZE | measure));
        lastOfEach(batch.rows());
        for (int measure = 0; measure < answers.length; measure++) {
            answers[measure].resize(keys.top());
            for (int i = 0; i < count; i++) {
                boolean overflow = overflows.contains((long) rows[i] << Short.SIZE | measure);
                long cell = (long) touched[i] << Short.SIZE | measure;
                if (overflow) {
                    overflown.add(cell);
                } else {
                    overflown.remove(cell);
                }
            }
            answers[measure].put(touched, newest[measure], rows, count);
            if (nothing[measure] != null) {
                fillNothing(measure);
            }
            answers[measure].compact();
        }
    }

    private void fillNothing(int measure) {
        for (int i = 0; i < count; i++) {
            boolean none =
                    newest[measure].isNull(rows[i]) && !overflown.contains((long) touched[i] << Short.SIZE | measure);
            if (none) {
                answers[measure].put(new int[] {touched[i]}, nothing[measure], new int[] {0}, 1);
            }
        }
    }

    /** The keys of the batch, by first row, and the last row of each. */
    private void lastOfEach(int batchRows) {
        if (touched.length < batchRows) {
            touched = new int[Math.max(batchRows, touched.length * 2)];
            rows = new int[touched.length];
        }
        count = 0;
        for (int row = batchRows - 1; row >= 0; row--) {
            if (!seen.get(ids[row])) {
                seen.set(ids[row]);
                touched[count] = ids[row];
                rows[count++] = row;
            }
        }
        for (int i = 0; i < count; i++) {
            seen.clear(touched[i]);
        }
    }

    /** Row by row, so that keys come in the order in which the batch first names them. */
    @Override
    public int[] touched() {
        return ids;
    }

    @Override
    public int touchedCount() {
        return count == 0 ? 0 : batchRows();
    }

    private int batchRows() {
        return newest.length == 0 ? 0 : newest[0].size();
    }

    @Override
    public int[] gone() {
        return new int[0];
    }

    @Override
    public int goneCount() {
        return 0;
    }

    @Override
    public void settle() {}

    @Override
    public int size() {
        return rolling.size();
    }

    @Override
    public int top() {
        return keys.top();
    }

    @Override
    public int[] liveIds() {
        live = rolling.liveIds(live);
        return live;
    }

    @Override
    public void rows(int[] wanted, int wantedCount, Lane[] out, Overflows overflows) {
        keys.keys(wanted, wantedCount, out);
        for (int measure = 0; measure < answers.length; measure++) {
            int column = keyCount + measure;
            answers[measure].gather(wanted, wantedCount, out[column]);
            for (int row = 0; !overflown.isEmpty() && row < wantedCount; row++) {
                if (overflown.contains((long) wanted[row] << Short.SIZE | measure)) {
                    overflows.at(column, wanted[row], keys.overflow(schema, 0, column, out, row));
                }
            }
        }
    }

    @Override
    public long bytes() {
        long bytes = keys.bytes() + rolling.bytes() + 4L * (touched.length + rows.length + live.length);
        for (int measure = 0; measure < answers.length; measure++) {
            bytes += answers[measure].memory() + newest[measure].memory();
        }
        return bytes;
    }

    @Override
    public void write(StateWriter out) throws IOException {
        keys.write(out);
        rolling.write(out.stream());
        int[] order = rolling.liveIds(new int[0]);
        for (int measure = 0; measure < answers.length; measure++) {
            Lane listed = answers[measure].fresh();
            answers[measure].gather(order, rolling.size(), listed);
            LaneState.write(listed, out);
            for (int i = 0; i < rolling.size(); i++) {
                out.writeBoolean(overflown.contains((long) order[i] << Short.SIZE | measure));
            }
        }
    }

    @Override
    public void read(StateReader in) throws IOException {
        keys.read(in);
        rolling.read(in.stream());
        for (int measure = 0; measure < answers.length; measure++) {
            LaneState.read(answers[measure], rolling.size(), in);
            for (int id = 0; id < rolling.size(); id++) {
                if (in.readBoolean()) {
                    overflown.add((long) id << Short.SIZE | measure);
                }
            }
        }
    }
}

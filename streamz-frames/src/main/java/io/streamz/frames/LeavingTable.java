package io.streamz.frames;

import io.streamz.aggregations.KeyedState;
import io.streamz.aggregations.Lane;
import io.streamz.core.DataException;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Groups that leave: their ids are then given to other keys. Where there are no keys, one group of all rows stays. */
abstract class LeavingTable implements Groups {
    private static final int[] ONE = {0};

    private final Schema schema;
    private final int keyCount;
    private final Measures measures;
    private final KeyedState state;
    final KeyIds keys;

    /** The ids that have a key. */
    final BitSet present = new BitSet();

    private Lane[] values = {};
    private int[] live = {};
    private int[] known = {};

    /**
     * No row yet.
     *
     * @param schema the table's columns: keys, then answers
     */
    LeavingTable(Schema schema, KeyIds keys, Measures measures, KeyedState state) {
        this.schema = schema;
        this.keys = keys;
        this.keyCount = schema.size() - measures.all().length;
        this.measures = measures;
        this.state = state;
    }

    /** What goes into the measures, of the rows that were evaluated last. */
    final Lane[] values() {
        return values;
    }

    /** Writes the answers of a measure for ids that have a key. */
    abstract void result(int measure, int[] ids, int count, Lane out, IntConsumer overflow);

    @Override
    public final void evaluate(Columns rows, Consumer<DataException> reject) {
        values = measures.inputs().evaluate(rows, reject);
    }

    @Override
    public final int answered(Columns rows) {
        return measures.inputs().answered(rows);
    }

    @Override
    public final void settle() {
        for (int i = 0; i < goneCount(); i++) {
            keys.free(gone()[i]);
            present.clear(gone()[i]);
        }
    }

    @Override
    public final int size() {
        return keys.keyed() ? state.size() : 1;
    }

    @Override
    public final int top() {
        return keys.top();
    }

    @Override
    public final int[] liveIds() {
        if (!keys.keyed()) {
            return ONE;
        }
        live = state.liveIds(live);
        return live;
    }

    @Override
    public final void rows(int[] wanted, int count, Lane[] out, Overflows overflows) {
        int some = keys.keyed() ? present.nextSetBit(0) : 0;
        if (some < 0) {
            for (Lane lane : out) {
                lane.reset(count);
                lane.setAllNull();
            }
            return;
        }
        if (known.length < count) {
            known = new int[Math.max(count, known.length * 2)];
        }
        for (int i = 0; i < count; i++) {
            known[i] = !keys.keyed() || present.get(wanted[i]) ? wanted[i] : some;
        }
        keys.keys(known, count, out);
        for (int measure = 0; measure < measures.all().length; measure++) {
            int column = keyCount + measure;
            result(measure, known, count, out[column], row -> {
                if (known[row] == wanted[row]) {
                    overflow(column, wanted[row], out, row, overflows);
                }
            });
        }
    }

    /** Tells of the answer in a row of these lanes. */
    final void overflow(int column, int id, Lane[] rows, int row, Overflows overflows) {
        overflows.at(column, id, keys.overflow(schema, 0, column, rows, row));
    }

    @Override
    public long bytes() {
        return keys.bytes() + state.bytes() + present.size() / Byte.SIZE + 4L * (live.length + known.length);
    }

    /** Keys in the order in which their groups came to life, as the groups have it. */
    @Override
    public final void write(StateWriter out) throws IOException {
        keys.writeListed(state.liveIds(new int[0]), state.size(), out);
        state.write(out.stream());
    }

    @Override
    public final void read(StateReader in) throws IOException {
        keys.readListed(in);
        state.read(in.stream());
        present.set(0, state.size());
    }
}

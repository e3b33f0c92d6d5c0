package io.streamz.frames;

import io.streamz.aggregations.Answers;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.core.DataException;
import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/** Takes rows into panes, and gives the panes that event time has passed. */
final class PaneOperator extends FrameOperator implements TellsLate {
    private final PaneNode node;
    private final KeyIds keys;
    private final Inputs inputs;
    private final PaneKernel panes;
    private final int timePlace;
    private final Rejects rejects;
    private final Consumer<DataException> reject;
    private final BatchPool pool;
    private final LateRows late;
    private final Whole whole;
    private final BitSet leaving = new BitSet();
    private final List<int[]> overflows = new ArrayList<>();
    private long[] watermarks = {};
    private long epoch;
    private volatile long given;

    PaneOperator(
            PaneNode node, int[] reads, KeyIds keys, Inputs inputs, PaneKernel panes, int timePlace, Rejects rejects) {
        super(reads);
        this.node = node;
        this.keys = keys;
        this.inputs = inputs;
        this.panes = panes;
        this.timePlace = timePlace;
        this.rejects = rejects;
        this.reject = rejects.fail() ? null : rejects.of(node.path(), null);
        this.pool = new BatchPool(node.schema(), node.path());
        this.late = new LateRows(node.input().schema(), node.path());
        this.whole = new Whole(node.path());
    }

    @Override
    public LateRows late() {
        return late;
    }

    @Override
    int answered(RecordBatch in) {
        return inputs.answered(in);
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        whole.check();
        Lane[] values = inputs.evaluate(in, reject);
        late.begin(in.rows());
        epoch = in.epoch();
        whole.run(() -> add(in, values));
        ledger().in(in.rows());
        ledger().late(late.count());
        ledger().held(in.rows() - late.count());
        late.tell(in, out);
        give(out);
    }

    private void add(RecordBatch in, Lane[] values) {
        int[] ids = keys.of(in);
        boolean byTime = timePlace >= 0;
        if (byTime) {
            watermarks = in.watermarks(watermarks);
        }
        panes.add(
                ids,
                in.rows(),
                byTime ? (LongLane) in.lane(timePlace) : null,
                byTime ? watermarks : null,
                values,
                row -> {
                    late.add(row);
                    if (ids != null) {
                        leaving.set(ids[row]);
                    }
                },
                (measure, row) -> overflows.add(new int[] {measure, row}));
        for (int id = leaving.nextSetBit(0); id >= 0; id = leaving.nextSetBit(id + 1)) {
            if (panes.holds(id)) {
                leaving.clear(id); // a key that came late has other rows
            }
        }
    }

    @Override
    public void onEnd(Output<? super RecordBatch> out) {
        whole.check();
        whole.run(() -> panes.end((measure, row) -> overflows.add(new int[] {measure, row})));
        give(out);
    }

    /** Hands the answers on, and lets go of the keys that have nothing more. */
    private void give(Output<? super RecordBatch> out) {
        RecordBatch result = pool.take();
        try {
            fill(result, panes.answers());
            long all = given + panes.answers().count();
            given = all;
            for (int i = 0; keys.keyed() && i < panes.goneCount(); i++) {
                leaving.set(panes.gone()[i]);
            }
            leaving.stream().forEach(keys::free);
            leaving.clear();
            out.emit(result);
        } finally {
            result.close();
        }
    }

    private void fill(RecordBatch result, Answers answers) {
        Lane[] lanes = result.fillAll();
        int count = answers.count();
        copy(answers.starts(), count, lanes[0]);
        copy(answers.ends(), count, lanes[1]);
        int at = 2;
        if (node.window().isEarly()) {
            LongLane last = (LongLane) lanes[at++];
            last.reset(count);
            for (int row = 0; row < count; row++) {
                last.values()[row] = answers.last()[row] ? 1 : 0;
            }
        }
        Lane[] rest = Arrays.copyOfRange(lanes, at, lanes.length);
        keys.keys(answers.ids(), count, rest);
        int first = at + node.keyCount();
        for (int measure = 0; first + measure < lanes.length; measure++) {
            Lanes.copy(answers.column(measure), lanes[first + measure]);
        }
        result.filled(count);
        result.stamp(epoch);
        List<int[]> told = List.copyOf(overflows);
        overflows.clear();
        for (int[] cell : told) {
            overflow(keys.overflow(node.schema(), at, first + cell[0], lanes, cell[1]), first + cell[0]);
        }
    }

    private static void copy(long[] from, int count, Lane into) {
        into.reset(count);
        System.arraycopy(from, 0, ((LongLane) into).values(), 0, count);
    }

    private void overflow(String what, int column) {
        if (rejects.fail()) {
            throw new DataException(
                    "overflow",
                    node.path(),
                    what,
                    "cast what goes in to float64 or a decimal, or let such answers be null with badRows(BadRows.SKIP)");
        }
        rejects.tell(new Reject(what, node.schema().field(column).name(), "", node.path(), -1, -1));
    }

    @Override
    long given() {
        return given;
    }

    @Override
    long bytes() {
        return keys.bytes() + panes.groups().bytes() + 8L * watermarks.length;
    }

    @Override
    public void write(StateWriter state) throws IOException {
        state.writeLong(epoch);
        if (panes.keysGo()) {
            keys.writeListed(panes.groups().liveIds(new int[0]), panes.groups().size(), state);
        } else {
            keys.write(state);
        }
        panes.groups().write(state.stream());
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        epoch = state.readLong();
        if (panes.keysGo()) {
            keys.readListed(state);
        } else {
            keys.read(state);
        }
        panes.groups().read(state.stream());
    }
}

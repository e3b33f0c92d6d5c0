package io.streamz.frames;

import io.streamz.core.OperatorContext;
import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A live table whose changes are told from time to time, those of one row as one. */
final class TriggerNode extends RowsOfTableNode {
    private final Trigger trigger;

    private TriggerNode(TableNode table, Trigger trigger) {
        super(table, "trigger(" + trigger + ")", "a copy of the table");
        this.trigger = trigger;
    }

    static TriggerNode of(TableNode table, Trigger trigger) {
        return new TriggerNode(table, trigger);
    }

    @Override
    TableOperator operator(Wanted wanted, Rejects rejects) {
        return new Firing(this);
    }

    private static final class Firing extends TableOperator {
        private final Trigger trigger;
        private final TableDiff diff;
        private final Set<Integer> dirty = new LinkedHashSet<>();
        private Running table;
        private long rows;
        private long watermark = Long.MIN_VALUE;
        private long epoch;

        Firing(TriggerNode node) {
            super(TableOrder.firstRows(node.schema().size()));
            this.trigger = node.trigger;
            this.diff = new TableDiff(node);
        }

        @Override
        void over(List<Running> inputs) {
            table = inputs.get(0);
        }

        @Override
        public void open(OperatorContext opened) {
            super.open(opened);
            waitForNext();
        }

        private void waitForNext() {
            if (trigger instanceof Trigger.Timed timed) {
                context().timer(timed.time());
            }
        }

        @Override
        void take(RecordBatch in, Output<? super RecordBatch> out) {
            Deltas deltas = in.deltas();
            for (int row = 0; row < deltas.size(); row++) {
                dirty.add(deltas.id(row));
            }
            ledger().in(in.rows());
            ledger().held(in.rows());
            rows += in.rows();
            epoch = in.epoch();
            boolean moved = in.watermark() > watermark;
            watermark = Math.max(watermark, in.watermark());
            boolean enough = trigger instanceof Trigger.Counted counted && rows >= counted.rows();
            if (enough || moved && trigger instanceof Trigger.Moved) {
                fire(out);
            }
        }

        @Override
        public void onTimer(long time, Output<? super RecordBatch> out) {
            if (!dirty.isEmpty()) {
                fire(out);
            }
            waitForNext();
        }

        @Override
        public void onEnd(Output<? super RecordBatch> out) {
            if (!dirty.isEmpty()) {
                fire(out);
            }
        }

        private void fire(Output<? super RecordBatch> out) {
            // In the order of the table, which a restart does not change; then what is gone.
            Set<Integer> ordered = new LinkedHashSet<>();
            for (int id : idOrder()) {
                if (dirty.contains(id)) {
                    ordered.add(id);
                }
            }
            ordered.addAll(dirty);
            RecordBatch changes = diff.changes(table.keyed(), ordered);
            dirty.clear();
            rows = 0;
            give(changes, epoch, changes.rows() > 0, out);
        }

        @Override
        KeyedTable keyed() {
            return table.keyed();
        }

        @Override
        int[] idOrder() {
            return table.idOrder();
        }

        @Override
        long bytes() {
            return diff.bytes() + 48L * dirty.size();
        }

        @Override
        public void write(StateWriter state) throws IOException {
            int[] order = idOrder();
            state.writeLong(rows);
            state.writeLong(watermark);
            state.writeLong(epoch);
            diff.write(state, order);
            state.writeInt(order.length);
            for (int id : order) {
                state.writeBoolean(dirty.contains(id));
            }
        }

        @Override
        public void read(StateReader state, int version) throws IOException {
            rows = state.readLong();
            watermark = state.readLong();
            epoch = state.readLong();
            diff.read(state);
            int count = state.readInt();
            for (int id = 0; id < count; id++) {
                if (state.readBoolean()) {
                    dirty.add(id);
                }
            }
        }
    }
}

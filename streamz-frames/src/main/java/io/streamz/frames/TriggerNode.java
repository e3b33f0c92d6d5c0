package io.streamz.frames;

import io.streamz.core.OperatorContext;
import io.streamz.core.Output;
import io.streamz.core.PlanException;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A live table whose changes are told from time to time, those of one row as one. */
final class TriggerNode extends RowsOfTableNode {
    private final Trigger trigger;

    private TriggerNode(TableNode table, Trigger trigger) {
        super(table, "trigger(" + trigger + ")", "a copy of the table");
        this.trigger = trigger;
    }

    static TriggerNode of(TableNode table, Trigger trigger) {
        if (trigger instanceof Trigger.Moved && !hasTime(table)) {
            throw new PlanException(
                    "no-event-time",
                    table.path(),
                    "trigger(" + trigger + ") fires when event time moves on, but the rows of " + table.path()
                            + " have none",
                    "say eventTime(\"time\") before the table is made, or trigger(Trigger.every(\"5s\"))");
        }
        return new TriggerNode(table, trigger);
    }

    private static boolean hasTime(PlanNode step) {
        return step.eventTime() != null || step.inputs().stream().anyMatch(TriggerNode::hasTime);
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
            Set<Integer> ordered = new LinkedHashSet<>();
            for (int id : idOrder()) {
                if (dirty.contains(id)) {
                    ordered.add(id);
                }
            }
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
        KeyedTable told() {
            return diff.told(table.told(), dirty);
        }

        /**
         * The rows of the table in its order, then those that are gone and of which that has not been told: who listens has them
         * still. Neither order depends on ids, which a restart changes: it numbers the gone ones behind all that the table has. A new
         * row may get such a number before the old one is told to be gone; {@link TableDiff} then tells of both.
         */
        @Override
        int[] idOrder() {
            int[] standing = table.idOrder();
            BitSet there = new BitSet();
            for (int id : standing) {
                there.set(id);
            }
            return IntStream.concat(Arrays.stream(standing), diff.told(dirty, there))
                    .toArray();
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

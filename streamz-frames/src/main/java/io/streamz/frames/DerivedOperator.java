package io.streamz.frames;

import io.streamz.core.Output;
import java.util.List;

/**
 * A live table that is made of another one. Its rows as a whole are made of the other's whenever they are asked for, by the thread
 * that asks; its changes are made of the other's changes, where somebody listens.
 */
abstract class DerivedOperator extends TableOperator {
    private Running table;

    DerivedOperator(TableNode node) {
        super(TableOrder.firstRows(node.input().schema().size()));
    }

    @Override
    void over(List<Running> inputs) {
        table = inputs.get(0);
    }

    /** The other table as it stands. */
    final KeyedTable base() {
        return table.keyed();
    }

    @Override
    int[] idOrder() {
        return table.idOrder();
    }

    @Override
    final KeyedTable keyed() {
        return derived(base());
    }

    @Override
    final KeyedTable told() {
        return derived(table.told());
    }

    /** This table, made of the other one; called by any thread, several at a time. */
    abstract KeyedTable derived(KeyedTable other);

    @Override
    final void take(RecordBatch in, Output<? super RecordBatch> out) {
        ledger().in(in.rows());
        RecordBatch changes = changesWanted() ? changes(in, in.deltas()) : null;
        int told = changes == null ? 0 : Math.min(in.rows(), changes.rows());
        ledger().out(told);
        ledger().filtered(in.rows() - told);
        give(changes, in.epoch(), in.rows() > 0, out);
    }

    /** The changes of this table, to be closed by the caller. */
    abstract RecordBatch changes(RecordBatch in, Deltas deltas);
}

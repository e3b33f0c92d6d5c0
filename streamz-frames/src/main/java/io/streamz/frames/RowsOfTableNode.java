package io.streamz.frames;

import java.util.List;

/** Rows of another live table with its columns and keys: some of them, in another order, or told of at other times. */
abstract class RowsOfTableNode extends TableNode {
    private final String state;

    /** Makes one; the state is what {@link #state} says. */
    RowsOfTableNode(TableNode table, String label, String state) {
        super(table, table.schema(), label);
        this.state = state;
    }

    @Override
    final List<String> keys() {
        return ((TableNode) input()).keys();
    }

    @Override
    final String state() {
        return state;
    }
}

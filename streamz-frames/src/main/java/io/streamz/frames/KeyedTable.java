package io.streamz.frames;

import java.util.Arrays;

/**
 * A live table as it stood after one batch.
 *
 * @param ids the id of each row, as {@link Deltas} have them
 */
record KeyedTable(Table table, int[] ids) {
    static KeyedTable empty(Schema schema) {
        return new KeyedTable(Table.of(schema, 0, 0, Lanes.empty(schema)), new int[0]);
    }

    /** Some of the rows, in the order that is given. */
    KeyedTable chosen(int[] rows) {
        return new KeyedTable(
                table.gathered(rows), Arrays.stream(rows).map(row -> ids[row]).toArray());
    }
}

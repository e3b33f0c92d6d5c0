package io.streamz.frames;

import io.streamz.aggregations.TextLane;
import io.streamz.core.DataException;
import io.streamz.core.Output;
import io.streamz.frames.internal.text.Elements;
import java.util.Arrays;

/** Gives a row for each element of a column of lists as text; a row without elements once, with null. */
final class ExplodeOperator extends FrameOperator {
    private static final int SHOWN = 60;

    private final Schema schema;
    private final String path;
    private final int column;
    private final Elements elements;
    private final Rejects rejects;
    private final BatchPool pool;
    private int[] rows = {};

    ExplodeOperator(Schema schema, String path, int column, Elements elements, Rejects rejects) {
        super(new int[] {column});
        this.schema = schema;
        this.path = path;
        this.column = column;
        this.elements = elements;
        this.rejects = rejects;
        int[] from = TableOrder.firstRows(schema.size());
        from[column] = RecordBatch.OWN;
        this.pool = new BatchPool(schema, path, from);
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        TextLane texts = (TextLane) in.lane(column);
        elements.clear(texts.bytes());
        for (int row = 0; row < in.rows(); row++) {
            int first = elements.count();
            if (texts.isNull(row)) {
                elements.addNull();
            } else if (!elements.addAll(texts.starts()[row], texts.lengths()[row])) {
                refuse(in, texts, row);
                elements.addNull();
            }
            repeat(row, first, elements.count());
        }
        ledger().in(in.rows());
        ledger().out(in.rows());
        emit(in, out);
    }

    private void repeat(int row, int from, int to) {
        if (rows.length < to) {
            rows = Arrays.copyOf(rows, Math.max(to, rows.length * 2));
        }
        Arrays.fill(rows, from, to, row);
    }

    private void emit(RecordBatch in, Output<? super RecordBatch> out) {
        int count = elements.count();
        RecordBatch result = pool.take();
        try {
            result.over(in);
            System.arraycopy(rows, 0, result.selection(count), 0, count);
            result.select(count);
            elements.write((TextLane) result.fill(column));
            out.emit(result);
        } finally {
            result.close();
        }
    }

    @Override
    int answered(RecordBatch in) {
        TextLane texts = (TextLane) in.lane(column);
        elements.clear(texts.bytes());
        for (int row = 0; row < in.rows(); row++) {
            if (!texts.isNull(row) && !elements.addAll(texts.starts()[row], texts.lengths()[row])) {
                return row;
            }
        }
        return in.rows();
    }

    /** Throws, or tells of a value that is no list. */
    private void refuse(RecordBatch in, TextLane texts, int row) {
        String name = schema.field(column).name();
        String value = texts.text(row);
        String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "\u2026" : value;
        long place = in.place(row);
        String what = "explode: '" + shown + "' in column " + name + " is no JSON array, " + elements.problem()
                + (place < 0 ? "" : " at row " + (place + 1) + " of the input");
        if (rejects.fail()) {
            throw new DataException(
                    "no-array", path, what, "say what stands between the elements: explode(\"" + name + "\", \",\")");
        }
        rejects.tell(new Reject(what, name, value, path, -1, -1));
    }

    @Override
    long bytes() {
        return elements.memory() + 4L * rows.length;
    }
}

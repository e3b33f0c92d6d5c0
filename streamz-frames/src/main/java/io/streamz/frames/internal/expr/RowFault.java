package io.streamz.frames.internal.expr;

import io.streamz.core.DataException;
import io.streamz.frames.internal.Columns;

/**
 * A row for which an expression has no answer, on its way up: whoever does not need that row computes again without it, else
 * it becomes a {@link DataException}.
 */
final class RowFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String text;
    private final int row;
    private final String problem;
    private final String remedy;

    /**
     * @param text the expression
     * @param row the row within the batch that was computed
     */
    RowFault(String code, String text, int row, String problem, String remedy) {
        super(problem, null, false, false);
        this.code = code;
        this.text = text;
        this.row = row;
        this.problem = problem;
        this.remedy = remedy;
    }

    /** The same fault where the rows computed were some of another batch. */
    RowFault among(int[] rows) {
        return new RowFault(code, text, rows[row], problem, remedy);
    }

    String code() {
        return code;
    }

    String problem() {
        return problem;
    }

    String remedy() {
        return remedy;
    }

    String text() {
        return text;
    }

    int row() {
        return row;
    }

    /** @param computed what was computed over, which knows where its rows stand in the input */
    DataException toDataException(Columns computed) {
        long place = computed.place(row);
        String where = place < 0 ? "" : " at row " + (place + 1) + " of the input";
        return new DataException(code, text, problem + where, remedy);
    }
}

package io.streamz.frames;

import io.streamz.frames.internal.expr.Sequence;

/**
 * Rows on the way to exponentially weighted answers: one row comes out for each that goes in, with its columns and a column
 * {@code v_ewmMean} for each answer over the rows up to it, of its key after groupBy. A null row repeats the last answer. Weights that fall
 * by time need event time; rows are put in its order. Immutable.
 */
public final class EwmFrame {
    private final Grouping rows;
    private final Smoothing smoothing;
    private final String on;

    EwmFrame(Grouping rows, Smoothing smoothing, String on) {
        this.rows = rows;
        this.smoothing = smoothing;
        this.on = on;
    }

    /** Goes by this column, where no event time is declared, or another one. */
    public EwmFrame on(String column) {
        return new EwmFrame(rows, smoothing, column);
    }

    /** The weighted mean of these columns, or of all that hold numbers. */
    public StreamFrame mean(String... columns) {
        return rows.with(Sequence.EWM_MEAN, 0, smoothing, on, columns);
    }

    /** The weighted sum, which is not divided by the weights. */
    public StreamFrame sum(String... columns) {
        return rows.with(Sequence.EWM_SUM, 0, smoothing, on, columns);
    }

    /** The weighted sample variance. */
    public StreamFrame var(String... columns) {
        return rows.with(Sequence.EWM_VAR, 0, smoothing, on, columns);
    }

    public StreamFrame std(String... columns) {
        return rows.with(Sequence.EWM_STD, 0, smoothing, on, columns);
    }
}

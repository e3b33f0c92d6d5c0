package io.streamz.frames;

import io.streamz.frames.internal.expr.Moving;
import io.streamz.frames.internal.expr.Sequence;
import java.time.Duration;
import java.util.Objects;

/** The answers of one row each, over the rows before it: over all of them, or after groupBy over those of its key. */
abstract class MovingSteps {
    /** The rows, and the keys that tell their groups. */
    abstract Grouping rows();

    /** For each row answers over it and the {@code rows - 1} before it, after groupBy of its key. */
    public RollingFrame rolling(long rows) {
        return new RollingFrame(rows(), Moving.Extent.rows(rows), null);
    }

    /** For each row answers over the stretch of event time up to it, after groupBy of its key. */
    public RollingFrame rolling(Duration time) {
        return new RollingFrame(rows(), Moving.Extent.time(time), null);
    }

    /** {@link #rolling(Duration)} from text such as {@code 5m}. */
    public RollingFrame rolling(String time) {
        return rolling(Durations.parse(time, "rolling"));
    }

    /** For each row answers over all rows up to it, after groupBy of its key. */
    public RollingFrame expanding() {
        return new RollingFrame(rows(), Moving.Extent.EXPANDING, null);
    }

    /** For each row exponentially weighted answers, as {@code ewm(span(20)).mean("price")}. */
    public EwmFrame ewm(Smoothing smoothing) {
        return new EwmFrame(rows(), Objects.requireNonNull(smoothing, "smoothing"), null);
    }

    /** The rows with the sum of each column up to them: {@code v_cumSum}. Without names of columns, of all that hold numbers. */
    public StreamFrame cumSum(String... columns) {
        return rows().with(Sequence.CUM_SUM, 0, null, null, columns);
    }

    public StreamFrame cumProd(String... columns) {
        return rows().with(Sequence.CUM_PROD, 0, null, null, columns);
    }

    public StreamFrame cumMin(String... columns) {
        return rows().with(Sequence.CUM_MIN, 0, null, null, columns);
    }

    public StreamFrame cumMax(String... columns) {
        return rows().with(Sequence.CUM_MAX, 0, null, null, columns);
    }

    /** The rows with the number of values of each column up to them, which is never null: {@code v_cumCount}. */
    public StreamFrame cumCount(String... columns) {
        return rows().with(Sequence.CUM_COUNT, 0, null, null, columns);
    }

    public StreamFrame cumMean(String... columns) {
        return rows().with(Sequence.CUM_MEAN, 0, null, null, columns);
    }

    /** The rows with each column as it was so many rows before: {@code v_shift_1}. Without names of columns, of all. */
    public StreamFrame shift(int rows, String... columns) {
        return rows().with(Sequence.SHIFT, Expr.positive("shift", rows), null, null, columns);
    }

    /** The rows with what has changed since the row before: {@code v_diff}. */
    public StreamFrame diff(String... columns) {
        return rows().with(Sequence.DIFF, 0, null, null, columns);
    }

    /** The rows with what has changed as a part of what was: {@code v_pctChange}. */
    public StreamFrame pctChange(String... columns) {
        return rows().with(Sequence.PCT_CHANGE, 0, null, null, columns);
    }

    /** The rows with each null as the last value before it: {@code v_ffill}. Without names of columns, of all. */
    public StreamFrame ffill(String... columns) {
        return rows().with(Sequence.FFILL, 0, null, null, columns);
    }
}

package io.streamz.frames;

import io.streamz.aggregations.Decay;
import io.streamz.core.PlanException;
import java.time.Duration;

/**
 * How weights fall with age in exponentially weighted answers: {@code com(1)}, {@code span(20)}, {@code halfLife(5)} or
 * {@code alpha(0.5)} of {@link Frames}, by rows, or {@code halfLife("5m")} by event time. Immutable.
 *
 * <p>A value of age k rows has the weight (1 - alpha)^k, with alpha = 1 / (1 + com) = 2 / (span + 1) = 1 - 2^(-1 / halfLife); by
 * time 2^(-age / halfLife).
 */
public final class Smoothing {
    private final String kind;
    private final double value;
    private final Duration halfLife;
    private final Decay decay;

    private Smoothing(String kind, double value, Duration halfLife, Decay decay) {
        this.kind = kind;
        this.value = value;
        this.halfLife = halfLife;
        this.decay = decay;
    }

    /**
     * One by rows.
     *
     * @param kind com, span, halfLife or alpha
     * @throws PlanException when the value is outside its range
     */
    public static Smoothing of(String kind, double value) {
        try {
            return new Smoothing(
                    kind,
                    value,
                    null,
                    switch (kind) {
                        case "com" -> Decay.com(value);
                        case "span" -> Decay.span(value);
                        case "halfLife" -> Decay.halfLife(value);
                        case "alpha" -> Decay.alpha(value);
                        default -> throw new IllegalArgumentException(kind + " is none of com, span, halfLife, alpha");
                    });
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    /** One by event time. */
    public static Smoothing of(Duration halfLife) {
        Durations.positive(halfLife, "halfLife");
        return new Smoothing("halfLife", 0, halfLife, Decay.halfLifeOf(1));
    }

    /** Whether the answer is divided by the weights that are there, the default; else each row takes its share alpha. */
    public Smoothing adjust(boolean on) {
        try {
            return with(decay.adjust(on));
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    /** Whether only rows with a value age the others; by default a null row does, too. */
    public Smoothing ignoreNulls(boolean on) {
        try {
            return with(decay.ignoreNulls(on));
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    /** Fewer values than this give null; 1 unless said. */
    public Smoothing minPeriods(int values) {
        try {
            return with(decay.minPeriods(values));
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    private Smoothing with(Decay changed) {
        return new Smoothing(kind, value, halfLife, changed);
    }

    private static PlanException wrong(IllegalArgumentException e) {
        return new PlanException("parameter", "ewm", e.getMessage(), "", e);
    }

    /** Whether weights fall by event time. */
    public boolean byTime() {
        return halfLife != null;
    }

    Duration halfLife() {
        return halfLife;
    }

    /** The plan for rows, or for time in these units. */
    Decay decay(long units) {
        return byTime() ? Decay.halfLifeOf(units).minPeriods(decay.minPeriods()) : decay;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Smoothing that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** The text form, as it stands in an expression: {@code span 20 unadjusted ignoreNulls minPeriods 3}. */
    @Override
    public String toString() {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        String amount = byTime()
                ? "'" + Durations.text(halfLife) + "'"
                : whole ? Long.toString((long) value) : Double.toString(value);
        return kind + " " + amount + (decay.adjust() ? "" : " unadjusted") + (decay.ignoreNulls() ? " ignoreNulls" : "")
                + (decay.minPeriods() == 1 ? "" : " minPeriods " + decay.minPeriods());
    }
}

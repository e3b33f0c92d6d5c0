package io.streamz.frames.internal.expr;

import java.util.Arrays;
import java.util.List;

/** The functions whose answer for a row depends on the rows before it. */
public enum Sequence {
    CUM_SUM("cumSum", "sum"),
    CUM_PROD("cumProd", "product"),
    CUM_MIN("cumMin", "min"),
    CUM_MAX("cumMax", "max"),
    CUM_COUNT("cumCount", "count"),
    CUM_MEAN("cumMean", "mean"),
    /** The value so many rows before. */
    SHIFT("shift", null),
    DIFF("diff", null),
    PCT_CHANGE("pctChange", null),
    /** The last value that is not null. */
    FFILL("ffill", null),
    EWM_MEAN("ewmMean", null),
    EWM_SUM("ewmSum", null),
    EWM_VAR("ewmVar", null),
    EWM_STD("ewmStd", null);

    private final String text;
    private final String aggregation;

    Sequence(String text, String aggregation) {
        this.text = text;
        this.aggregation = aggregation;
    }

    /** The name as it is written. */
    public String text() {
        return text;
    }

    /** The aggregation that a cumulative function gives for the rows so far, or null. */
    public String aggregation() {
        return aggregation;
    }

    boolean isEwm() {
        return name().startsWith("EWM");
    }

    /** Whether the answer is made of a row so many rows before. */
    public boolean looksBack() {
        return this == SHIFT || this == DIFF || this == PCT_CHANGE;
    }

    /** Whether a number may stand behind the input: rows to look back, or nulls to fill. */
    boolean takesNumber() {
        return looksBack() || this == FFILL;
    }

    /** The function of this name, in any case, with or without underscores; lag is shift; or null. */
    public static Sequence of(String name) {
        String plain = name.replace("_", "");
        if (plain.equalsIgnoreCase("lag")) {
            return SHIFT;
        }
        for (Sequence one : values()) {
            if (one.text.equalsIgnoreCase(plain)) {
                return one;
            }
        }
        return null;
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Sequence::text).toList();
    }
}

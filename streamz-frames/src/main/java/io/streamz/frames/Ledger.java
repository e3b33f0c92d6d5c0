package io.streamz.frames;

/**
 * Where the rows of one step went. Nothing is lost silently:
 *
 * <pre>in = out + filtered + late + rejected + held</pre>
 *
 * An aggregate's rows count as held: they are in its state. Written by the step's thread; others see a recent value.
 */
final class Ledger {
    private long in;
    private long out;
    private long filtered;
    private long late;
    private long rejected;
    private long held;

    void in(long rows) {
        in += rows;
    }

    void out(long rows) {
        out += rows;
    }

    void filtered(long rows) {
        filtered += rows;
    }

    void late(long rows) {
        late += rows;
    }

    void rejected(long rows) {
        rejected += rows;
    }

    void held(long rows) {
        held += rows;
    }

    long taken() {
        return in;
    }

    long given() {
        return out;
    }

    long lateOnes() {
        return late;
    }

    long filtered() {
        return filtered;
    }

    long rejectedOnes() {
        return rejected;
    }

    long heldOnes() {
        return held;
    }

    boolean balances() {
        return in == out + filtered + late + rejected + held;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("rows in " + in);
        part(text, "out", out);
        part(text, "filtered", filtered);
        part(text, "late", late);
        part(text, "rejected", rejected);
        part(text, "held", held);
        return text.toString();
    }

    private static void part(StringBuilder text, String name, long rows) {
        if (rows != 0) {
            text.append(", ").append(name).append(' ').append(rows);
        }
    }
}

package io.streamz.benchmarks;

/**
 * How well we want to do in a row.
 *
 * @param measure what is compared with the bound
 * @param peer whom we stand beside, for {@link Measure#TIMES}, else null
 */
record Target(Measure measure, String peer, double bound) {
    enum Measure {
        /** At least so many times the peer's rate, in the median over rounds. */
        TIMES,
        /** At least so many million rows per CPU second. */
        MILLIONS,
        /** At most so many bytes of garbage a row. */
        BYTES
    }

    static Target times(String peer, double least) {
        return new Target(Measure.TIMES, peer, least);
    }

    static Target millions(double least) {
        return new Target(Measure.MILLIONS, null, least);
    }

    static Target bytes(double most) {
        return new Target(Measure.BYTES, null, most);
    }
}

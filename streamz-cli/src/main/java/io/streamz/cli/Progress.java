package io.streamz.cli;

import java.util.Locale;

/**
 * How far a job has come.
 *
 * @param rows the rows read so far
 * @param bytes the bytes read so far
 * @param total the bytes there are, or -1 where nobody knows, as with a pipe
 * @param nanos how long it has been running
 */
record Progress(long rows, long bytes, long total, long nanos) {
    /** Such as {@code 4,200,000 rows, 2.1 million rows/s, 86 MB/s, 40 %, 3 s left}. */
    String line() {
        double seconds = Math.max(nanos, 1) / 1e9;
        String line = String.format(
                Locale.ROOT, "%,d rows, %s rows/s, %.0f MB/s", rows, rate(rows / seconds), bytes / seconds / 1e6);
        if (total <= 0) {
            return line;
        }
        double share = Math.min(1, (double) bytes / total);
        String left = share == 0 ? "" : ", " + time(seconds / share - seconds) + " left";
        return line + String.format(Locale.ROOT, ", %.0f %%", 100 * share) + left;
    }

    private static String rate(double perSecond) {
        return perSecond >= 1e6
                ? String.format(Locale.ROOT, "%.1f million", perSecond / 1e6)
                : String.format(Locale.ROOT, "%,.0f", perSecond);
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }
}

package io.streamz.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table, as lines on a terminal and as Markdown. */
final class Report {
    private static final String HEAD = """
            | row | rows | contestant | million rows/s | streamz ÷ it: median (min – max) | target | |
            |---|--:|---|--:|--:|--:|---|
            """;

    /** Our rate over another's, round by round. */
    private record Ratio(double least, double median, double most) {
        static Ratio of(Race.Standing ours, Race.Standing theirs) {
            int rounds = Math.min(ours.nanos().size(), theirs.nanos().size());
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ratios[round] = theirs.nanos().get(round) / ours.nanos().get(round);
            }
            return new Ratio(min(ratios), Report.median(ratios), max(ratios));
        }

        private static double min(double[] values) {
            return java.util.Arrays.stream(values).min().orElse(Double.NaN);
        }

        private static double max(double[] values) {
            return java.util.Arrays.stream(values).max().orElse(Double.NaN);
        }
    }

    /** One printed line, cell by cell. */
    private record Line(
            String title, String rows, String contestant, String rate, String ratio, String target, String verdict) {
        String markdown() {
            return "| " + String.join(" | ", title, rows, contestant, rate, ratio, target, verdict) + " |\n";
        }

        String text() {
            return String.format(
                    Locale.ROOT, "  %-18s %9s  %-22s %-14s %s%n", contestant, rate, ratio, target, verdict);
        }
    }

    private final StringBuilder markdown = new StringBuilder(HEAD);
    private int missed;

    /** Adds a row, and gives it as lines for a terminal. */
    String add(Race.Result result) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %s, %,d rows%n",
                result.row().name(),
                result.row().title(),
                result.rows()));
        for (Line line : lines(result)) {
            markdown.append(line.markdown());
            text.append(line.text());
        }
        return text.toString();
    }

    int missed() {
        return missed;
    }

    String markdown() {
        return markdown.toString();
    }

    private List<Line> lines(Race.Result result) {
        Race.Standing ours = result.standings().get(0);
        List<Line> lines = new ArrayList<>();
        for (Race.Standing standing : result.standings()) {
            boolean first = lines.isEmpty();
            String title =
                    first ? "**" + result.row().name() + "**: " + result.row().title() : "";
            String rows = first ? String.format(Locale.ROOT, "%,d", result.rows()) : "";
            String rate = number(rate(result, standing));
            Optional<Target> target = result.row().targets().stream()
                    .filter(t -> standing.name().equals(t.peer()))
                    .findFirst();
            lines.add(
                    first
                            ? new Line(title, rows, standing.name(), rate, garbage(result, ours), "", "")
                            : beside(title, rows, ours, standing, rate, target));
        }
        for (Target target : result.row().targets()) {
            if (target.peer() == null) {
                lines.add(absolute(result, target));
            }
        }
        return lines;
    }

    private Line beside(
            String title, String rows, Race.Standing ours, Race.Standing theirs, String rate, Optional<Target> target) {
        Ratio ratio = Ratio.of(ours, theirs);
        String text = number(ratio.median()) + " (" + number(ratio.least()) + " – " + number(ratio.most()) + ")";
        return new Line(
                title,
                rows,
                theirs.name(),
                rate,
                text,
                target.map(t -> "≥ " + number(t.bound())).orElse(""),
                target.map(t -> verdict(ratio.median() >= t.bound())).orElse(""));
    }

    private Line absolute(Race.Result result, Target target) {
        Race.Standing ours = result.standings().get(0);
        boolean rate = target.measure() == Target.Measure.MILLIONS;
        double value = rate ? rate(result, ours) : ours.bytes() / result.rows();
        return new Line(
                "",
                "",
                rate ? "  its rate" : "  its garbage",
                number(value),
                rate ? "" : "bytes a row",
                (rate ? "≥ " : "≤ ") + number(target.bound()),
                verdict(rate ? value >= target.bound() : value <= target.bound()));
    }

    private String verdict(boolean good) {
        missed += good ? 0 : 1;
        return good ? "OK" : "misses";
    }

    private static String garbage(Race.Result result, Race.Standing ours) {
        return ours.bytes() < 0 ? "" : number(ours.bytes() / result.rows()) + " bytes of garbage a row";
    }

    private static double rate(Race.Result result, Race.Standing standing) {
        double[] nanos =
                standing.nanos().stream().mapToDouble(Double::doubleValue).toArray();
        return result.rows() * 1e3 / median(nanos);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Three digits. */
    private static String number(double value) {
        int decimals = Math.abs(value) >= 99.5 ? 0 : Math.abs(value) >= 9.95 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}

package io.streamz.notebook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values counted into ranges of equal width, from the smallest to the largest; a value on a border counts in the upper range. */
final class Histogram {
    private static final MathContext SHOWN = new MathContext(4);

    private Histogram() {}

    static PlotData of(String name, double[] values, int ranges) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        int left = values.length - finite.length;
        String note = left == 0 ? "" : left + " values are null, NaN or infinite";
        if (finite.length == 0) {
            return new PlotData(PlotData.Axis.LABEL, List.of(), List.of(), note);
        }
        double low = Arrays.stream(finite).min().orElseThrow();
        double high = Arrays.stream(finite).max().orElseThrow();
        int count = low == high ? 1 : ranges;
        double[] counts = new double[count];
        for (double value : finite) {
            // Halves, so that the width of the widest span is no infinity.
            double part = low == high ? 0 : (value / 2 - low / 2) / (high / 2 - low / 2);
            counts[Math.min(count - 1, (int) (part * count))]++;
        }
        List<String> labels = new ArrayList<>();
        double[] places = new double[count];
        for (int range = 0; range < count; range++) {
            labels.add(shown(low + (high / count - low / count) * range));
            places[range] = range;
        }
        return new PlotData(PlotData.Axis.LABEL, labels, List.of(new PlotData.Series(name, places, counts)), note);
    }

    private static String shown(double value) {
        BigDecimal rounded = new BigDecimal(value).round(SHOWN).stripTrailingZeros();
        return Math.abs(rounded.scale()) > 6 ? rounded.toString() : rounded.toPlainString();
    }
}

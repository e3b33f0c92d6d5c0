package io.streamz.notebook;

import io.streamz.frames.Plot;
import io.streamz.frames.Table;
import java.util.ArrayList;
import java.util.List;

/** Rows of open, high, low and close; of more rows than are drawn, neighbours become one candle with the same peaks. */
final class Candles {
    private static final int MOST = 240;

    private Candles() {}

    static PlotData of(Plot plot, Table table) {
        double[][] in = new double[4][];
        for (int i = 0; i < in.length; i++) {
            in[i] = PlotData.numbers(table, plot.y().get(i));
        }
        int rows = table.rows();
        int most = Math.min(MOST, plot.points());
        int step = Math.max(1, (rows + most - 1) / most);
        int count = (rows + step - 1) / step;
        double[][] out = new double[4][count];
        double[] x = new double[count];
        List<String> shown = new ArrayList<>();
        int column = table.schema().indexOf(plot.x());
        for (int candle = 0; candle < count; candle++) {
            int from = candle * step;
            int to = Math.min(rows, from + step);
            merge(in, from, to, out, candle);
            x[candle] = candle;
            shown.add(table.shown(from, column));
        }
        String note = step == 1 ? "" : "each candle is of " + step + " rows";
        return new PlotData(PlotData.Axis.LABEL, shown, List.of(new PlotData.Series("price", x, out)), note);
    }

    private static void merge(double[][] in, int from, int to, double[][] out, int candle) {
        out[0][candle] = in[0][from];
        out[1][candle] = in[1][from];
        out[2][candle] = in[2][from];
        out[3][candle] = in[3][to - 1];
        for (int row = from + 1; row < to; row++) {
            out[1][candle] = larger(out[1][candle], in[1][row]);
            out[2][candle] = -larger(-out[2][candle], -in[2][row]);
        }
    }

    private static double larger(double a, double b) {
        return Double.isNaN(a) || b > a ? b : a;
    }
}

package io.streamz.frames;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A table as text between lines, its columns aligned: numbers to the right, everything else to the left. */
final class TablePrinter {
    private static final String GAP = "…";

    private TablePrinter() {}

    static String print(Table table, int most) {
        Schema schema = table.schema();
        String[][] lines = lines(table, most);
        int[] widths = IntStream.range(0, schema.size())
                .map(column -> Arrays.stream(lines)
                        .mapToInt(line -> width(line[column]))
                        .max()
                        .orElse(0))
                .toArray();
        StringBuilder text = new StringBuilder();
        text.append("shape: (")
                .append(table.rows())
                .append(", ")
                .append(schema.size())
                .append(")\n");
        rule(text, widths, '┌', '─', '┬', '┐');
        line(text, widths, lines[0], schema);
        line(text, widths, lines[1], schema);
        rule(text, widths, '╞', '═', '╪', '╡');
        for (int i = 2; i < lines.length; i++) {
            line(text, widths, lines[i], schema);
        }
        rule(text, widths, '└', '─', '┴', '┘');
        return text.substring(0, text.length() - 1);
    }

    /** Names, types, then the rows; where there are too many, the middle ones give way to a gap. */
    private static String[][] lines(Table table, int most) {
        Schema schema = table.schema();
        boolean cut = table.rows() > most;
        int head = cut ? (most + 1) / 2 : table.rows();
        int tail = cut ? most - head : 0;
        String[][] lines = new String[2 + head + (cut ? 1 : 0) + tail][schema.size()];
        for (int column = 0; column < schema.size(); column++) {
            lines[0][column] = printable(schema.field(column).name());
            lines[1][column] = schema.type(column).toString();
            for (int i = 0; i < head; i++) {
                lines[2 + i][column] = cell(table, i, column);
            }
            if (cut) {
                lines[2 + head][column] = GAP;
            }
            for (int i = 0; i < tail; i++) {
                lines[3 + head + i][column] = cell(table, table.rows() - tail + i, column);
            }
        }
        return lines;
    }

    private static String cell(Table table, int row, int column) {
        return printable(table.shown(row, column));
    }

    /** Line ends and other control characters would break the frame. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        shown.append(String.format("\\u%04x", c));
                    } else {
                        shown.appendCodePoint(c);
                    }
                }
            }
        });
        return shown.toString();
    }

    private static void rule(StringBuilder text, int[] widths, char left, char line, char cross, char right) {
        for (int column = 0; column < widths.length; column++) {
            text.append(column == 0 ? left : cross).append(String.valueOf(line).repeat(widths[column] + 2));
        }
        text.append(widths.length == 0 ? String.valueOf(left) : "")
                .append(right)
                .append('\n');
    }

    private static void line(StringBuilder text, int[] widths, String[] cells, Schema schema) {
        for (int column = 0; column < widths.length; column++) {
            String blanks = " ".repeat(widths[column] - width(cells[column]));
            boolean right = schema.type(column).kind().isNumber();
            text.append(column == 0 ? "│ " : " ┆ ")
                    .append(right ? blanks : "")
                    .append(cells[column])
                    .append(right ? "" : blanks);
        }
        text.append(widths.length == 0 ? "│" : " ").append("│\n");
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}

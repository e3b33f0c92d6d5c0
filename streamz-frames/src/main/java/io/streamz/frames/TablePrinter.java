package io.streamz.frames;

import io.streamz.aggregations.DataType;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A table as text between lines, its columns aligned: numbers to the right, everything else to the left. */
final class TablePrinter {
    private static final String GAP = "…";

    /** In wider tables the columns in the middle give way to a gap. */
    private static final int WIDTH = 200;

    private TablePrinter() {}

    static String print(Table table, int most) {
        return print(table, lines(table, most));
    }

    private static String print(Table table, String[][] all) {
        int[] columns = columns(all);
        Schema schema = shown(table.schema(), columns);
        String[][] lines = chosen(all, columns);
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
                .append(table.schema().size())
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

    /** The columns that fit, from both ends; -1 for the gap between them. */
    private static int[] columns(String[][] lines) {
        int count = lines[0].length;
        int[] widths = new int[count];
        int all = 1;
        for (int column = 0; column < count; column++) {
            for (String[] line : lines) {
                widths[column] = Math.max(widths[column], width(line[column]));
            }
            all += widths[column] + 3;
        }
        if (all <= WIDTH) {
            return TableOrder.firstRows(count);
        }
        int left = 0;
        int right = count;
        int used = 1 + 1 + 3;
        while (left < right) {
            int next = left <= count - right ? left : right - 1;
            used += widths[next] + 3;
            if (used > WIDTH) {
                break;
            }
            left += next == left ? 1 : 0;
            right -= next == right - 1 && next != left - 1 ? 1 : 0;
        }
        int[] shown = new int[left + 1 + count - right];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = i < left ? i : i == left ? -1 : right + i - left - 1;
        }
        return shown;
    }

    private static Schema shown(Schema schema, int[] columns) {
        return Schema.of(Arrays.stream(columns)
                .mapToObj(column -> column < 0 ? new Field(GAP, DataType.UTF8) : schema.field(column))
                .toList());
    }

    private static String[][] chosen(String[][] lines, int[] columns) {
        return Arrays.stream(lines)
                .map(line -> Arrays.stream(columns)
                        .mapToObj(column -> column < 0 ? GAP : line[column])
                        .toArray(String[]::new))
                .toArray(String[][]::new);
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

    /** The columns of a terminal that a text takes: letters of East Asian scripts and pictures take two, marks none. */
    private static int width(String text) {
        return text.codePoints().map(TablePrinter::width).sum();
    }

    private static int width(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || point == 0x200D) {
            return 0;
        }
        boolean wide = point >= 0x1100 && point <= 0x115F
                || point >= 0x2E80 && point <= 0xA4CF
                || point >= 0xAC00 && point <= 0xD7A3
                || point >= 0xF900 && point <= 0xFAFF
                || point >= 0xFE30 && point <= 0xFE6F
                || point >= 0xFF00 && point <= 0xFF60
                || point >= 0x1F300 && point <= 0x1FAFF
                || point >= 0x20000 && point <= 0x3FFFD;
        return wide ? 2 : 1;
    }
}

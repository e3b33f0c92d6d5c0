package io.streamz.notebook;

import io.streamz.aggregations.Kind;
import io.streamz.frames.Field;
import io.streamz.frames.Schema;
import io.streamz.frames.Table;

/**
 * Tables, schemas and texts as HTML. Whatever comes from data is escaped. Styles stand on the elements: a notebook that is not
 * trusted loses its style sheets, but not these.
 */
final class Html {
    private static final int SHOWN = 20;
    private static final int LONGEST = 200;
    private static final String TABLE =
            "border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums;margin:4px 0";
    private static final String CELL = "padding:2px 10px;white-space:nowrap;border:none;text-align:";
    private static final String FAINT = "color:#8a8f98;font-weight:normal;font-size:11px";

    private Html() {}

    /** The first and last rows, their number, names and types. */
    static String table(Table table, String note) {
        Schema schema = table.schema();
        boolean cut = table.rows() > SHOWN;
        int head = cut ? SHOWN / 2 : table.rows();
        int tail = cut ? SHOWN - head : 0;
        String[][] cells = new String[schema.size()][];
        for (int column = 0; column < cells.length; column++) {
            cells[column] = CellTexts.of(table, column, head, tail);
        }
        StringBuilder html = new StringBuilder(256 + 96 * (head + tail) * schema.size());
        html.append("<div class=\"streamz-table\">");
        faint(html, "shape: (" + table.rows() + ", " + schema.size() + ")" + (note.isEmpty() ? "" : " · " + note));
        html.append("<table style=\"").append(TABLE).append("\"><thead>").append(header(schema));
        html.append("</thead><tbody>");
        for (int row = 0; row < head + tail; row++) {
            if (cut && row == head) {
                gap(html, schema, table.rows() - SHOWN);
            }
            html.append("<tr>");
            for (int column = 0; column < cells.length; column++) {
                cell(html, cells[column][row], align(schema, column));
            }
            html.append("</tr>");
        }
        return html.append("</tbody></table></div>").toString();
    }

    private static String header(Schema schema) {
        StringBuilder html = new StringBuilder("<tr style=\"border-bottom:1px solid #c5c9d0\">");
        for (int column = 0; column < schema.size(); column++) {
            html.append("<th style=\"")
                    .append(CELL)
                    .append(align(schema, column))
                    .append("\">")
                    .append(escape(schema.field(column).name()))
                    .append("<br><span style=\"")
                    .append(FAINT)
                    .append("\">")
                    .append(escape(schema.type(column).toString()))
                    .append("</span></th>");
        }
        return html.append("</tr>").toString();
    }

    private static void cell(StringBuilder html, String text, String align) {
        html.append("<td style=\"").append(CELL).append(align);
        if (text == null) {
            html.append(";color:#a8adb5\">null");
        } else {
            html.append("\">").append(escape(shortened(text)));
        }
        html.append("</td>");
    }

    private static void gap(StringBuilder html, Schema schema, int hidden) {
        html.append("<tr><td colspan=\"")
                .append(Math.max(1, schema.size()))
                .append("\" style=\"")
                .append(CELL)
                .append("left;color:#8a8f98\">… ")
                .append(hidden)
                .append(hidden == 1 ? " row" : " rows")
                .append(" …</td></tr>");
    }

    /** The columns of a frame, and what runs for it. */
    static String plan(Schema schema, String explained) {
        StringBuilder html = new StringBuilder("<div class=\"streamz-plan\">");
        html.append("<table style=\"").append(TABLE).append("\"><tbody>");
        for (Field field : schema.fields()) {
            html.append("<tr>");
            cell(html, field.name(), "left");
            html.append("<td style=\"")
                    .append(CELL)
                    .append("left;")
                    .append(FAINT)
                    .append("\">");
            html.append(escape(field.type().toString())).append("</td></tr>");
        }
        html.append("</tbody></table>");
        return html.append(preformatted(explained)).append("</div>").toString();
    }

    /** Text as it stands, in letters of one width. */
    static String preformatted(String text) {
        return "<pre style=\"font-size:12px;line-height:1.5;margin:4px 0\">" + escape(text.stripTrailing()) + "</pre>";
    }

    private static void faint(StringBuilder html, String text) {
        html.append("<div style=\"")
                .append(FAINT)
                .append("\">")
                .append(escape(text))
                .append("</div>");
    }

    private static String align(Schema schema, int column) {
        Kind kind = schema.type(column).kind();
        return kind.isNumber() || kind == Kind.DURATION ? "right" : "left";
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }

    /** Text that no browser takes for markup; control characters become their pictures. */
    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\n' -> safe.append(c);
                default -> safe.append(c < ' ' ? (char) (0x2400 + c) : c);
            }
        }
        return safe.toString();
    }
}

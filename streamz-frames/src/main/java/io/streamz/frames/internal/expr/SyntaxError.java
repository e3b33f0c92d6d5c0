package io.streamz.frames.internal.expr;

import io.streamz.core.PlanException;

/** Errors in text: what was expected, then the text with a caret under the place. */
final class SyntaxError {
    /** How much of a long text stands before and behind the place. */
    private static final int AROUND = 60;

    private SyntaxError() {}

    static PlanException at(String text, int place, String message) {
        return at("syntax", text, place, message);
    }

    static PlanException at(String code, String text, int place, String message) {
        int from = Math.max(0, place - AROUND);
        int to = Math.min(text.length(), place + AROUND);
        String before = from > 0 ? "..." : "";
        String line = before + text.substring(from, to) + (to < text.length() ? "..." : "");
        int column = before.length() + text.codePointCount(from, place);
        return new PlanException(
                code,
                text.substring(from, to),
                message + "\n  " + blanked(line) + "\n  " + " ".repeat(column) + "^",
                "");
    }

    /** Line ends and tabs become blanks, so that the caret stands where it should. */
    private static String blanked(String line) {
        StringBuilder out = new StringBuilder(line.length());
        line.codePoints().forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return out.toString();
    }
}

package io.streamz.frames.internal.text;

import io.streamz.core.PlanException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression whose named groups are columns.
 *
 * <p>Java's names hold no underscore, and it tells the names of groups only from version 20 on; so each name is put in place of
 * a plain one here, and remembered.
 */
final class LinePattern {
    private static final int LOOKS_PER_CHARACTER = 1000;
    private static final long LEAST_LOOKS = 100_000;
    private static final int LONGEST = 10_000;

    private final Pattern pattern;
    private final List<String> names;

    private LinePattern(Pattern pattern, List<String> names) {
        this.pattern = pattern;
        this.names = names;
    }

    static LinePattern of(String text) {
        if (text.length() > LONGEST) {
            throw wrong(text.substring(0, 60) + "...", "it has more than " + LONGEST + " characters");
        }
        List<String> names = new ArrayList<>();
        String plain = renamed(text, names);
        try {
            Pattern pattern = Pattern.compile(plain);
            if (names.isEmpty()) {
                throw wrong(text, "it has no named group, so there is no column");
            }
            return new LinePattern(pattern, List.copyOf(names));
        } catch (PatternSyntaxException e) {
            throw wrong(text, e.getDescription());
        }
    }

    private static PlanException wrong(String text, String reason) {
        return new PlanException(
                "bad-pattern",
                text,
                "'" + text + "' is no pattern of lines: " + reason,
                "write such as (?<level>[A-Z]+) (?<text>.*)");
    }

    /** The expression with {@code c0, c1, ...} for the names of its groups. */
    private static String renamed(String text, List<String> names) {
        StringBuilder plain = new StringBuilder();
        int depth = 0;
        int at = 0;
        while (at < text.length()) {
            int end = at + 1;
            String name = null;
            if (text.startsWith("\\Q", at)) {
                int close = text.indexOf("\\E", at);
                end = close < 0 ? text.length() : close + 2;
            } else if (text.startsWith("\\k<", at)) {
                int close = text.indexOf('>', at);
                name = close < 0 ? "" : text.substring(at + 3, close);
                plain.append("\\k<c").append(names.indexOf(name)).append('>');
                end = close < 0 ? text.length() : close + 1;
            } else if (text.charAt(at) == '\\') {
                end = Math.min(text.length(), at + 2);
            } else if (text.charAt(at) == '[') {
                depth++;
            } else if (text.charAt(at) == ']') {
                depth = Math.max(0, depth - 1);
            } else if (depth == 0 && isName(text, at)) {
                int close = text.indexOf('>', at);
                name = close < 0 ? "" : text.substring(at + 3, close);
                plain.append("(?<").append(column(text, name, names)).append('>');
                end = close < 0 ? text.length() : close + 1;
            }
            if (name == null) {
                plain.append(text, at, end);
            }
            at = end;
        }
        return plain.toString();
    }

    private static boolean isName(String text, int at) {
        return text.startsWith("(?<", at) && !text.startsWith("(?<=", at) && !text.startsWith("(?<!", at);
    }

    private static String column(String text, String name, List<String> names) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw wrong(text, "'" + name + "' is no name of a group: letters, digits and underscores");
        }
        if (names.contains(name)) {
            throw wrong(text, "two groups are named '" + name + "'");
        }
        names.add(name);
        return "c" + (names.size() - 1);
    }

    /** The columns. */
    List<String> names() {
        return names;
    }

    RowScan scan(Limits limits) {
        return new Scan(pattern, names.size(), limits);
    }

    private static final class Scan extends LineScan {
        private final Matcher matcher;
        private final String[] groups;
        private final Line line = new Line();

        Scan(Pattern pattern, int columns, Limits limits) {
            super(columns, limits);
            matcher = pattern.matcher("");
            groups = new String[columns];
            for (int column = 0; column < columns; column++) {
                groups[column] = "c" + column;
            }
        }

        @Override
        boolean quotes() {
            return false;
        }

        @Override
        Fault fields(byte[] bytes, int from, int to) {
            line.take(bytes, from, to);
            try {
                if (!matcher.reset(line).matches()) {
                    return new Fault(from, to, -1, "no-match", "the line does not match the pattern");
                }
            } catch (TooManyLooks e) {
                return new Fault(from, to, -1, "no-match", "the pattern takes too long to match the line");
            } catch (StackOverflowError e) {
                // Java's matcher calls itself for each turn of a repeated group.
                return new Fault(from, to, -1, "no-match", "the pattern takes too much stack to match the line");
            }
            for (int column = 0; column < groups.length; column++) {
                int start = matcher.start(groups[column]);
                bounds[2 * column] = start < 0 ? from : line.offset(start);
                bounds[2 * column + 1] = start < 0 ? from : line.offset(matcher.end(groups[column]));
            }
            return null;
        }
    }

    /** The characters of a line, with a count of how often they were looked at. */
    private static final class Line implements CharSequence {
        private byte[] bytes;
        private int from;
        private int length;
        /** The characters, where they are not one byte each. */
        private String text;

        private long looks;

        void take(byte[] source, int start, int end) {
            bytes = source;
            from = start;
            length = end - start;
            text = null;
            for (int at = start; at < end; at++) {
                if (source[at] < 0) {
                    text = new String(source, start, length, StandardCharsets.UTF_8);
                    length = text.length();
                    break;
                }
            }
            looks = LEAST_LOOKS + (long) length * LOOKS_PER_CHARACTER;
        }

        /** The place of the byte with which a character begins. */
        int offset(int index) {
            return from + (text == null ? index : text.substring(0, index).getBytes(StandardCharsets.UTF_8).length);
        }

        @Override
        public char charAt(int index) {
            if (--looks < 0) {
                throw new TooManyLooks();
            }
            return text == null ? (char) bytes[from + index] : text.charAt(index);
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return toString().substring(start, end);
        }

        @Override
        public String toString() {
            return text == null ? new String(bytes, from, length, StandardCharsets.US_ASCII) : text;
        }
    }

    private static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyLooks() {
            super(null, null, false, false);
        }
    }
}

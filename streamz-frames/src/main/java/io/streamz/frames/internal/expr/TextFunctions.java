package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Binds the functions over texts. Those that only look for bytes work on UTF-8 as it stands; upper and lower of text beyond
 * ASCII and regular expressions make a String a row.
 */
final class TextFunctions {
    private static final int MOST = 1 << 20;
    private static final byte[] BLANK = {' '};

    private TextFunctions() {}

    static BoundExpr bind(Node.Call call, List<BoundExpr> args) {
        Operands operands = new Operands(call, args);
        return switch (call.op()) {
            case CONCAT -> concat(call, operands);
            case LENGTH, BYTE_LENGTH, UPPER, LOWER, TRIM, TRIM_START, TRIM_END -> one(call, operands);
            case STARTS_WITH, ENDS_WITH, CONTAINS, INDEX_OF -> search(call, operands);
            case SUBSTRING -> substring(call, operands);
            case REPLACE, SPLIT_PART -> parts(call, operands);
            case PAD_START, PAD_END -> pad(call, operands);
            case LIKE -> like(call, operands);
            default -> regex(call, operands);
        };
    }

    private static BoundExpr one(Node.Call call, Operands operands) {
        List<BoundExpr> text = List.of(operands.text(0));
        return switch (call.op()) {
            case LENGTH ->
                PerRow.of(
                        DataType.INT64,
                        call,
                        text,
                        row -> row.set((long) Utf.length(row.bytes(0), row.start(0), row.length(0))));
            case BYTE_LENGTH -> PerRow.of(DataType.INT64, call, text, row -> row.set((long) row.length(0)));
            case UPPER -> PerRow.of(DataType.UTF8, call, text, row -> recased(row, true));
            case LOWER -> PerRow.of(DataType.UTF8, call, text, row -> recased(row, false));
            default -> {
                boolean start = call.op() != Op.TRIM_END;
                boolean end = call.op() != Op.TRIM_START;
                yield PerRow.of(DataType.UTF8, call, text, row -> trimmed(row, start, end));
            }
        };
    }

    private static void recased(PerRow row, boolean upper) {
        byte[] bytes = row.bytes(0);
        int start = row.start(0);
        int length = row.length(0);
        if (!Utf.isAscii(bytes, start, length)) {
            String text = row.asText(0);
            row.set(upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT));
            return;
        }
        byte[] into = row.room(length);
        byte first = (byte) (upper ? 'a' : 'A');
        byte last = (byte) (upper ? 'z' : 'Z');
        for (int i = 0; i < length; i++) {
            byte b = bytes[start + i];
            into[i] = b >= first && b <= last ? (byte) (b ^ 0x20) : b;
        }
        row.set(into, 0, length);
    }

    private static void trimmed(PerRow row, boolean start, boolean end) {
        byte[] bytes = row.bytes(0);
        int from = row.start(0);
        int to = from + row.length(0);
        if (start) {
            from = Utf.skipBlanks(bytes, from, to);
        }
        if (end) {
            to = Utf.skipBlanksBack(bytes, from, to);
        }
        row.set(bytes, from, to - from);
    }

    private static BoundExpr search(Node.Call call, Operands operands) {
        List<BoundExpr> both = List.of(operands.text(0), operands.text(1));
        return switch (call.op()) {
            case STARTS_WITH -> PerRow.of(DataType.BOOL, call, both, row -> row.set(isAt(row, 0)));
            case ENDS_WITH ->
                PerRow.of(DataType.BOOL, call, both, row -> row.set(isAt(row, row.length(0) - row.length(1))));
            case CONTAINS -> PerRow.of(DataType.BOOL, call, both, row -> row.set(found(row) >= 0));
            default -> PerRow.of(DataType.INT64, call, both, TextFunctions::place);
        };
    }

    private static boolean isAt(PerRow row, int offset) {
        return offset >= 0
                && offset + row.length(1) <= row.length(0)
                && Utf.isAt(row.bytes(0), row.start(0) + offset, row.bytes(1), row.start(1), row.length(1));
    }

    private static int found(PerRow row) {
        int start = row.start(0);
        return Utf.indexOf(row.bytes(0), start, start + row.length(0), row.bytes(1), row.start(1), row.length(1));
    }

    private static void place(PerRow row) {
        int at = found(row);
        row.set(at < 0 ? -1L : Utf.length(row.bytes(0), row.start(0), at - row.start(0)));
    }

    private static BoundExpr substring(Node.Call call, Operands operands) {
        List<BoundExpr> all = new ArrayList<>(List.of(operands.text(0), operands.whole(1)));
        boolean bounded = operands.count() == 3;
        if (bounded) {
            all.add(operands.whole(2));
        }
        return PerRow.of(DataType.UTF8, call, all, row -> {
            byte[] bytes = row.bytes(0);
            int start = row.start(0);
            int end = start + row.length(0);
            long first = row.asLong(1);
            long skipped = first;
            if (first < 0) {
                long length = Utf.length(bytes, start, end - start);
                skipped = Math.max(0, length + Math.max(first, -length));
            }
            int from = Utf.advance(bytes, start, end, skipped);
            int to = bounded ? Utf.advance(bytes, from, end, Math.max(0, row.asLong(2))) : end;
            row.set(bytes, from, to - from);
        });
    }

    private static BoundExpr parts(Node.Call call, Operands operands) {
        BoundExpr third = call.op() == Op.REPLACE ? operands.text(2) : operands.whole(2);
        List<BoundExpr> all = List.of(operands.text(0), operands.text(1), third);
        return PerRow.of(
                DataType.UTF8, call, all, call.op() == Op.REPLACE ? TextFunctions::replaced : TextFunctions::part);
    }

    private static void replaced(PerRow row) {
        byte[] bytes = row.bytes(0);
        int end = row.start(0) + row.length(0);
        int at = row.length(1) == 0 ? -1 : found(row);
        int from = row.start(0);
        int length = 0;
        while (at >= 0) {
            length = row.append(length, bytes, from, at - from);
            length = row.append(length, row.bytes(2), row.start(2), row.length(2));
            from = at + row.length(1);
            at = Utf.indexOf(bytes, from, end, row.bytes(1), row.start(1), row.length(1));
        }
        length = row.append(length, bytes, from, end - from);
        row.set(row.room(length), 0, length);
    }

    private static void part(PerRow row) {
        int separator = row.length(1);
        long wanted = row.asLong(2);
        if (wanted < 0) {
            wanted += 1 + occurrences(row);
        }
        int from = row.start(0);
        int end = from + row.length(0);
        for (long part = 0; part < wanted && from >= 0; part++) {
            int at = separator == 0 ? -1 : Utf.indexOf(row.bytes(0), from, end, row.bytes(1), row.start(1), separator);
            from = at < 0 ? -1 : at + separator;
        }
        if (from < 0 || wanted < 0) {
            row.setNull();
            return;
        }
        int at = separator == 0 ? -1 : Utf.indexOf(row.bytes(0), from, end, row.bytes(1), row.start(1), separator);
        row.set(row.bytes(0), from, (at < 0 ? end : at) - from);
    }

    private static long occurrences(PerRow row) {
        int end = row.start(0) + row.length(0);
        long count = 0;
        int at = row.length(1) == 0 ? -1 : found(row);
        while (at >= 0) {
            count++;
            at = Utf.indexOf(row.bytes(0), at + row.length(1), end, row.bytes(1), row.start(1), row.length(1));
        }
        return count;
    }

    private static BoundExpr concat(Node.Call call, Operands operands) {
        List<BoundExpr> all = new ArrayList<>();
        for (int arg = 0; arg < operands.count(); arg++) {
            BoundExpr operand = operands.get(arg);
            boolean text = operand.type().kind() == Kind.TEXT || Arithmetic.isNull(operand);
            all.add(
                    text
                            ? operands.text(arg)
                            : Casts.bind(operand, asText(call.args().get(arg))));
        }
        return PerRow.of(DataType.UTF8, call, all, row -> {
            int length = 0;
            for (int arg = 0; arg < row.operands(); arg++) {
                length = row.append(length, row.bytes(arg), row.start(arg), row.length(arg));
            }
            row.set(row.room(length), 0, length);
        });
    }

    private static Node.Cast asText(Node node) {
        return (Node.Cast) Node.cast(node, DataType.UTF8, true);
    }

    private static BoundExpr pad(Node.Call call, Operands operands) {
        List<BoundExpr> all = new ArrayList<>(List.of(operands.text(0), operands.whole(1)));
        if (operands.count() == 3) {
            all.add(operands.text(2));
        }
        boolean start = call.op() == Op.PAD_START;
        return PerRow.of(DataType.UTF8, call, all, row -> padded(row, start));
    }

    private static void padded(PerRow row, boolean start) {
        boolean given = row.operands() == 3;
        byte[] fill = given ? row.bytes(2) : BLANK;
        int fillStart = given ? row.start(2) : 0;
        int fillEnd = fillStart + (given ? row.length(2) : 1);
        int has = Utf.length(row.bytes(0), row.start(0), row.length(0));
        long missing = fillStart == fillEnd ? 0 : row.asLong(1) - has;
        if (missing > MOST) {
            throw row.fault("pad", "cannot pad to " + row.asLong(1) + " code points", "the most is " + MOST);
        }
        int length = start ? 0 : row.append(0, row.bytes(0), row.start(0), row.length(0));
        int at = fillStart;
        for (long i = 0; i < missing; i++) {
            int next = Utf.advance(fill, at, fillEnd, 1);
            length = row.append(length, fill, at, next - at);
            at = next == fillEnd ? fillStart : next;
        }
        if (start) {
            length = row.append(length, row.bytes(0), row.start(0), row.length(0));
        }
        row.set(row.room(length), 0, length);
    }

    private static BoundExpr like(Node.Call call, Operands operands) {
        BoundExpr text = operands.text(0);
        if (Arithmetic.isNull(operands.get(1))) {
            return Constant.ofNull(DataType.BOOL);
        }
        LikePattern pattern =
                LikePattern.of(operands.constantText(1, "a pattern", "'a%', where % is any text and _ one letter"));
        if (pattern == null) {
            throw operands.wrong("pattern", "the pattern ends in a lone \\", "write \\\\ for the sign itself");
        }
        return PerRow.of(
                DataType.BOOL,
                call,
                List.of(text),
                row -> row.set(pattern.matches(row.bytes(0), row.start(0), row.length(0))));
    }

    private static BoundExpr regex(Node.Call call, Operands operands) {
        BoundExpr text = operands.text(0);
        Matcher matcher = pattern(operands).matcher("");
        if (call.op() == Op.REGEX_MATCH) {
            return PerRow.of(
                    DataType.BOOL,
                    call,
                    List.of(text),
                    row -> row.set(matcher.reset(row.asText(0)).find()));
        }
        if (call.op() == Op.REGEX_REPLACE) {
            String with = operands.constantText(2, "what stands in the place of a match", "'$1'");
            checkReplacement(operands, matcher, with);
            return PerRow.of(
                    DataType.UTF8,
                    call,
                    List.of(text),
                    row -> row.set(matcher.reset(row.asText(0)).replaceAll(with)));
        }
        int groups = matcher.groupCount();
        int group = operands.count() == 2
                ? Math.min(groups, 1)
                : (int) operands.constantWhole(2, "the number of a group of the pattern", 0, groups);
        return PerRow.takingNulls(DataType.UTF8, call, List.of(text), row -> {
            boolean found = !row.isNull(0) && matcher.reset(row.asText(0)).find() && matcher.group(group) != null;
            if (found) {
                row.set(matcher.group(group));
            } else {
                row.setNull();
            }
        });
    }

    private static Pattern pattern(Operands operands) {
        String text = operands.constantText(1, "a regular expression", "'[0-9]+'");
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw operands.wrong("pattern", "'" + text + "' is no regular expression: " + e.getDescription(), "");
        }
    }

    /** A replacement that names a group which is not there is found when it is built: by a match of it. */
    private static void checkReplacement(Operands operands, Matcher matcher, String with) {
        try {
            String all = "(?s)(?:" + matcher.pattern().pattern() + ")|.*";
            Pattern.compile(all, matcher.pattern().flags()).matcher("").replaceFirst(with);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw operands.wrong(
                    "pattern",
                    "'" + with + "' is no replacement: " + e.getMessage(),
                    "$1 is the first group, \\$ the sign itself");
        }
    }
}

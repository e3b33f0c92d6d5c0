package io.streamz.frames.internal.expr;

import io.streamz.frames.internal.Names;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which names read as names, how the others are quoted, and what an error offers instead of a wrong one. */
public final class Words {
    /** Words that never stand for a column without backticks. */
    private static final Set<String> RESERVED =
            Set.of("and", "or", "not", "in", "is", "between", "like", "null", "true", "false", "as");

    /** Words that mean something in some places only; they read as columns elsewhere but are printed in backticks. */
    private static final Set<String> CONTEXTUAL =
            Set.of("where", "mincount", "case", "when", "then", "else", "end", "asc", "desc");

    private Words() {}

    /** Whether a user's function may have the name. */
    public static boolean isFreeName(String name) {
        return name != null
                && isPlain(name)
                && Op.function(name) == null
                && !name.toLowerCase(Locale.ROOT).endsWith("cast");
    }

    /** The name as it stands in an expression: plain where it reads as a name, else in backticks. */
    public static String quoted(String name) {
        return isPlain(name) ? name : "`" + name.replace("`", "``") + "`";
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && isStart(name.codePointAt(0))
                && name.codePoints().allMatch(Words::isPart)
                && !isReserved(name)
                && !CONTEXTUAL.contains(name.toLowerCase(Locale.ROOT));
    }

    /** The end of an error about a wrong name: the nearest right one, then all. */
    static String offer(String written, String what, List<String> valid) {
        String near = Names.nearest(written, valid)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse(".");
        return near + " " + what + " are: " + String.join(", ", valid);
    }

    static boolean isReserved(String word) {
        return RESERVED.contains(word.toLowerCase(Locale.ROOT));
    }

    static boolean isStart(int codePoint) {
        return codePoint == '_' || Character.isLetter(codePoint);
    }

    static boolean isPart(int codePoint) {
        return codePoint == '_' || Character.isLetterOrDigit(codePoint);
    }
}

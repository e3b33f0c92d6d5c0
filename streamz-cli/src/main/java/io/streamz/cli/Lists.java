package io.streamz.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Options that list columns by the names that stand in the file, separated by commas. Blanks inside a name are part of it,
 * those around it are not. A name needs backticks where it holds a comma, starts with a backtick, begins or ends with a blank,
 * or ends in {@code desc} where an order is asked; a backtick inside of them is doubled.
 */
final class Lists {
    private static final String NAME = "\\s*(?:`((?:[^`]|``)+)`|([^,`\\s][^,]*?))";
    private static final String END = "\\s*(?:,|\\z)";
    private static final Pattern PLAIN = Pattern.compile(NAME + END);
    private static final Pattern ORDERED = Pattern.compile(NAME + "(?:\\s+((?i)desc))?" + END);

    private Lists() {}

    /**
     * A column to sort by.
     *
     * @param name its name in the answer
     * @param descending whether large values come first
     */
    record Order(String name, boolean descending) {}

    /** The names of a list such as {@code Origin State, Time of day}. */
    static List<String> names(String option, String list) {
        return entries(option, list, PLAIN).stream().map(Lists::name).toList();
    }

    /** The columns of a list such as {@code count desc, Origin State}. */
    static List<Order> orders(String option, String list) {
        return entries(option, list, ORDERED).stream()
                .map(entry -> new Order(name(entry), entry.group(3) != null))
                .toList();
    }

    private static List<MatchResult> entries(String option, String list, Pattern pattern) {
        List<MatchResult> entries = new ArrayList<>();
        Matcher matcher = pattern.matcher(list);
        int at = 0;
        do {
            if (!matcher.region(at, list.length()).lookingAt()) {
                throw new UsageException(
                        option,
                        "cannot be read from '" + list.substring(at).strip() + "' on: "
                                + (pattern == ORDERED ? "write name [desc], name [desc]" : "write name, name"));
            }
            entries.add(matcher.toMatchResult());
            at = matcher.end();
        } while (at < list.length() || list.endsWith(","));
        return entries;
    }

    private static String name(MatchResult entry) {
        String quoted = entry.group(1);
        return quoted == null ? entry.group(2) : quoted.replace("``", "`");
    }
}

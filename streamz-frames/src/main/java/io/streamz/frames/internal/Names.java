package io.streamz.frames.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what somebody who mistyped a name may have meant. */
public final class Names {
    private Names() {}

    /**
     * The valid name nearest to the one that was written, if one is near: at most a third of its letters differ, or it is the only one
     * that goes on behind it with another word.
     */
    public static Optional<String> nearest(String written, Collection<String> valid) {
        String wanted = plain(written);
        int reach = Math.max(1, Math.max(wanted.length(), 3) / 3);
        return valid.stream()
                .filter(name -> distance(wanted, plain(name)) <= reach)
                .min(Comparator.comparingInt(name -> distance(wanted, plain(name))))
                .or(() -> only(valid.stream()
                        .filter(name -> plain(name).startsWith(wanted + " "))
                        .toList()));
    }

    /** What to do about a table that has one column alone, whose name looks like several with another separator than the comma. */
    public static Optional<String> separated(List<String> columns) {
        String only = columns.size() == 1 ? columns.get(0) : "";
        return Stream.of(";", "\t", "|")
                .filter(only::contains)
                .findFirst()
                .map(found -> found.equals("\t") ? "\\t" : found)
                .map(found -> "if '" + found + "' stands between its fields, read it with separator('" + found + "')");
    }

    private static Optional<String> only(List<String> names) {
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** The least number of letters to insert, delete, change or swap with their neighbour that turns one text into the other. */
    static int distance(String a, String b) {
        int[] last = new int[b.length() + 1];
        int[] line = new int[b.length() + 1];
        int[] next = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            line[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            next[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                next[j] = Math.min(line[j - 1] + (same ? 0 : 1), Math.min(line[j], next[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    next[j] = Math.min(next[j], last[j - 2] + 1);
                }
            }
            int[] free = last;
            last = line;
            line = next;
            next = free;
        }
        return line[b.length()];
    }
}

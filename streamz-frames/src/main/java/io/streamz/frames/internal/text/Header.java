package io.streamz.frames.internal.text;

import io.streamz.core.DataException;
import io.streamz.frames.Drift;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first row of a file.
 *
 * @param names the names of the columns; one without a name is called by its number, such as {@code column_3}
 * @param from where the header begins, behind a byte order mark
 * @param end where the first row behind it starts
 */
record Header(List<String> names, int from, int end) {
    private static final Map<String, byte[]> MAGIC = Map.of(
            "zip", new byte[] {'P', 'K', 3, 4},
            "Parquet", new byte[] {'P', 'A', 'R', '1'},
            "an Arrow file", new byte[] {'A', 'R', 'R', 'O', 'W', '1'},
            "zstd", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});

    /**
     * Reads the header that a file begins with.
     *
     * @param ended whether nothing comes behind {@code to}
     * @return null where {@code from..to} holds no whole one; one without names where the file is over before it begins
     */
    static Header read(CsvSettings settings, byte separator, byte[] bytes, int from, int to, int last, boolean ended) {
        String file = settings.name();
        Limits limits = settings.limits();
        checkMagic(settings, bytes, from, to);
        int start = start(bytes, from, to);
        List<String> found = new ArrayList<>();
        int end;
        try {
            end = CarefulScan.header(bytes, start, to, last, separator, limits, found);
        } catch (CarefulScan.LimitReached e) {
            checkText(settings, bytes, start, to);
            throw Complaints.limit(file, 1, e.getMessage());
        }
        checkText(settings, bytes, start, end < 0 ? lastWhole(bytes, start, to) : end);
        return end < 0 || found.isEmpty() && !ended ? null : new Header(named(file, found), from, end);
    }

    /**
     * What stands before the first row of a file that has no header.
     *
     * @return null while a byte order mark may still become whole
     */
    static Header without(CsvSettings settings, byte[] bytes, int from, int to, boolean ended, List<String> names) {
        checkMagic(settings, bytes, from, to);
        boolean mayBeMark = to == from || to - from < 3 && bytes[from] == (byte) 0xef;
        int start = start(bytes, from, to);
        return mayBeMark && !ended ? null : new Header(names, start, start);
    }

    /** Where the text starts, behind a byte order mark. */
    static int start(byte[] bytes, int from, int to) {
        return isMark(bytes, from, to) ? from + 3 : from;
    }

    private static boolean isMark(byte[] bytes, int from, int to) {
        return to - from >= 3
                && bytes[from] == (byte) 0xef
                && bytes[from + 1] == (byte) 0xbb
                && bytes[from + 2] == (byte) 0xbf;
    }

    private static void checkMagic(CsvSettings settings, byte[] bytes, int from, int to) {
        MAGIC.forEach((name, magic) -> {
            if (startsWith(bytes, from, to, magic)) {
                throw Complaints.binary(settings, "it looks like " + name);
            }
        });
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] start) {
        if (to - from < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (bytes[from + i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** The end of the bytes without a character at their end of which a part may still come. */
    private static int lastWhole(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && to - end < 4 && bytes[end - 1] < 0) {
            end--;
        }
        return end;
    }

    private static void checkText(CsvSettings settings, byte[] bytes, int from, int to) {
        int invalid = Utf8.firstInvalid(bytes, from, to);
        if (invalid < to) {
            throw Complaints.binary(
                    settings,
                    String.format(
                            "byte 0x%02x at offset %d is not UTF-8", bytes[invalid] & 0xff, invalid - RowScanner.PAD));
        }
        for (int at = from; at < to; at++) {
            if (bytes[at] == 0) {
                throw Complaints.binary(
                        settings, "there is a zero byte in its header, at offset " + (at - RowScanner.PAD));
            }
        }
    }

    private static List<String> named(String file, List<String> found) {
        Map<String, Integer> places = new HashMap<>();
        for (int column = 0; column < found.size(); column++) {
            if (found.get(column).isEmpty()) {
                found.set(column, "column_" + (column + 1));
            }
            Integer before = places.put(found.get(column), column);
            if (before != null) {
                throw Complaints.duplicate(file, found.get(column), before + 1, column + 1);
            }
        }
        return List.copyOf(found);
    }

    /**
     * For each of the columns that are expected, its place in this file, or -1 where it is missing and may be.
     *
     * @param mayLack whether one may be missing under any policy
     * @throws DataException under {@link Drift#FAIL}, when one is missing, or the file has one that is not expected
     */
    int[] places(String file, List<String> expected, Drift drift, boolean mayLack) {
        int[] places = new int[expected.size()];
        for (int column = 0; column < places.length; column++) {
            places[column] = names.indexOf(expected.get(column));
            if (places[column] < 0 && drift == Drift.FAIL && !mayLack) {
                throw Complaints.columns(file, "there is no column '" + expected.get(column) + "' in " + names);
            }
        }
        for (String name : names) {
            if (drift == Drift.FAIL && !expected.contains(name)) {
                throw Complaints.columns(file, "column '" + name + "' is not one of " + expected);
            }
        }
        return places;
    }
}

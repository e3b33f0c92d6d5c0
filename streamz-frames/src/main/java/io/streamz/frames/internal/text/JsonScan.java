package io.streamz.frames.internal.text;

import io.streamz.frames.Drift;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the values of an object a line. Names mostly come in the same order, so the next one is looked at first. */
final class JsonScan extends LineScan {
    private final byte[][] names;
    private final Map<String, Integer> places = new HashMap<>();
    private final boolean keepsNested;
    private final boolean ignoresOthers;
    private final Json json = new Json();

    private byte[] bytes;
    private int lineFrom;
    private int lineTo;
    private final boolean[] seen;
    private int next;
    private Fault fault;

    JsonScan(CsvSettings settings, List<String> columns, boolean keepsNested) {
        super(columns.size(), settings.limits());
        this.names = columns.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        for (int column = 0; column < names.length; column++) {
            places.put(columns.get(column), column);
        }
        this.keepsNested = keepsNested;
        this.ignoresOthers = settings.drift() != Drift.FAIL;
        this.seen = new boolean[names.length];
    }

    @Override
    boolean quotes() {
        return true;
    }

    @Override
    Fault fields(byte[] source, int from, int to) {
        bytes = source;
        lineFrom = from;
        lineTo = to;
        next = 0;
        fault = null;
        Arrays.fill(seen, false);
        Arrays.fill(bounds, from);
        if (!json.object(source, from, to, this::member)) {
            return new Fault(from, to, -1, "bad-json", json.problem());
        }
        return fault;
    }

    private void member(int nameFrom, int nameTo, int from, int to) {
        int column = column(nameFrom, nameTo);
        if (column < 0) {
            if (!ignoresOthers) {
                fail(-1, "unknown-name", "'" + json.string(nameFrom, nameTo) + "' is no column");
            }
            return;
        }
        if (seen[column]) {
            fail(-1, "bad-json", "'" + json.string(nameFrom, nameTo) + "' stands twice in it");
        }
        seen[column] = true;
        next = column + 1;
        if (Json.isNested(bytes[from]) && !keepsNested) {
            fail(-1, "nested-value", "'" + json.string(nameFrom, nameTo) + "' is an object or an array");
        }
        boolean isNull = bytes[from] == 'n';
        bounds[2 * column] = from;
        bounds[2 * column + 1] = isNull ? from : to;
    }

    private void fail(int column, String code, String reason) {
        fault = fault == null ? new Fault(lineFrom, lineTo, column, code, reason) : fault;
    }

    private int column(int from, int to) {
        if (next < names.length && Arrays.equals(names[next], 0, names[next].length, bytes, from, to)) {
            return next;
        }
        return places.getOrDefault(json.string(from, to), -1);
    }
}

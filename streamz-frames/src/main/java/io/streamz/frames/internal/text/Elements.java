package io.streamz.frames.internal.text;

import io.streamz.aggregations.TextLane;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What texts are taken apart into: the elements of JSON arrays, or what stands between separators. They gather until {@link #clear}. */
public final class Elements {
    private static final int NULL = -1;

    private final Json json = new Json();
    private final Json.Members element = (nameFrom, nameTo, from, to) -> add(from, to);
    /** Null where the texts are JSON. */
    private final byte[] separator;

    private byte[] bytes = {};
    private int[] starts = {};
    private int[] lengths = {};
    private int count;
    private boolean escaped;
    private byte[] plain = {};

    private Elements(byte[] separator) {
        this.separator = separator;
    }

    /** Of texts that are JSON arrays. A string is told without its quotes, null as null, everything else as it stands. */
    public static Elements ofArrays() {
        return new Elements(null);
    }

    /** Of texts with something between their parts; an empty text is one empty part. */
    public static Elements between(String separator) {
        return new Elements(separator.getBytes(StandardCharsets.UTF_8));
    }

    /** Forgets what has been gathered; all that comes until the next call lies in these bytes, which are only read. */
    public void clear(byte[] source) {
        bytes = source;
        count = 0;
        escaped = false;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** Adds a null. */
    public void addNull() {
        put(NULL, 0);
    }

    /** Adds those of a text, null where it has none; adds nothing and gives false where it is no array, for the {@link #problem}. */
    public boolean addAll(int from, int length) {
        int before = count;
        if (separator != null) {
            parts(from, from + length);
        } else if (!json.array(bytes, from, from + length, element)) {
            count = before;
            return false;
        }
        if (count == before) {
            addNull();
        }
        return true;
    }

    /** What was wrong with the last text. */
    public String problem() {
        return json.problem();
    }

    private void add(int from, int to) {
        if (bytes[from] == '"') {
            escaped = escaped || hasEscape(from, to);
            put(from + 1, to - from - 2);
        } else if (bytes[from] == 'n') {
            addNull();
        } else {
            put(from, to - from);
        }
    }

    private boolean hasEscape(int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\\') {
                return true;
            }
        }
        return false;
    }

    private void parts(int from, int to) {
        int start = from;
        for (int at = from; at + separator.length <= to; ) {
            if (Arrays.equals(bytes, at, at + separator.length, separator, 0, separator.length)) {
                put(start, at - start);
                at += separator.length;
                start = at;
            } else {
                at++;
            }
        }
        put(start, to - start);
    }

    private void put(int start, int length) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, Math.max(64, count * 2));
            lengths = Arrays.copyOf(lengths, starts.length);
        }
        starts[count] = start;
        lengths[count++] = length;
    }

    /** Writes all of them to a lane, which shares the bytes where no string has an escape. */
    public void write(TextLane into) {
        into.reset(count);
        if (escaped) {
            into.clearBytes();
        } else {
            into.share(bytes);
        }
        for (int i = 0; i < count; i++) {
            if (starts[i] == NULL) {
                into.starts()[i] = 0;
                into.lengths()[i] = 0;
                into.setNull(i);
            } else if (escaped) {
                unescape(into, i);
            } else {
                into.starts()[i] = starts[i];
                into.lengths()[i] = lengths[i];
            }
        }
    }

    private void unescape(TextLane into, int i) {
        if (bytes[Math.max(0, starts[i] - 1)] != '"') {
            into.set(i, bytes, starts[i], lengths[i]);
            return;
        }
        if (plain.length < lengths[i]) {
            plain = new byte[Math.max(lengths[i], plain.length * 2)];
        }
        System.arraycopy(bytes, starts[i], plain, 0, lengths[i]);
        into.set(i, plain, 0, Json.unescape(plain, 0, lengths[i]));
    }

    /** The bytes of memory that it holds. */
    public long memory() {
        return plain.length + 4L * (starts.length + lengths.length);
    }
}

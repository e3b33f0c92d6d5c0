package io.streamz.core;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far a source has come, as named values that it understands itself: numbers, texts and bytes. Immutable; it prints,
 * compares and is saved with the state.
 */
public final class Position {
    /** The position of a source that has emitted nothing, or that cannot be restored. */
    public static final Position START = new Position(new TreeMap<>());

    private final SortedMap<String, Object> values;

    private Position(SortedMap<String, Object> values) {
        this.values = values;
    }

    /** This position with a number added or replaced. */
    public Position with(String name, long value) {
        return plus(name, value);
    }

    /** This position with a text added or replaced. */
    public Position with(String name, String value) {
        return plus(name, Objects.requireNonNull(value, "value"));
    }

    /** This position with a copy of bytes added or replaced. */
    public Position with(String name, byte[] value) {
        return plus(name, value.clone());
    }

    /** The number with the given name. */
    public long number(String name) {
        return value(name, Long.class);
    }

    /** The text with the given name. */
    public String text(String name) {
        return value(name, String.class);
    }

    /** A copy of the bytes with the given name. */
    public byte[] bytes(String name) {
        return value(name, byte[].class).clone();
    }

    /** Whether there is a value with the given name. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Writes all values, in the order of their names. */
    public void write(StateWriter out) throws IOException {
        out.writeInt(values.size());
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            out.writeText(entry.getKey());
            if (entry.getValue() instanceof Long number) {
                out.writeByte('n');
                out.writeLong(number);
            } else if (entry.getValue() instanceof String text) {
                out.writeByte('t');
                out.writeText(text);
            } else {
                out.writeByte('b');
                out.writeBytes((byte[]) entry.getValue());
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Position read(StateReader in) throws IOException {
        var values = new TreeMap<String, Object>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readText();
            int kind = in.readByte();
            values.put(
                    name,
                    switch (kind) {
                        case 'n' -> in.readLong();
                        case 't' -> in.readText();
                        case 'b' -> in.readBytes();
                        default -> throw in.damaged("a position has a value of unknown kind " + kind);
                    });
        }
        return new Position(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Position position
                && values.keySet().equals(position.values.keySet())
                && values.entrySet().stream()
                        .allMatch(entry -> Objects.deepEquals(entry.getValue(), position.values.get(entry.getKey())));
    }

    @Override
    public int hashCode() {
        return values.entrySet().stream()
                .mapToInt(entry -> entry.getKey().hashCode() ^ Arrays.deepHashCode(new Object[] {entry.getValue()}))
                .sum();
    }

    /** Such as {@code {file=a.csv, offset=1200}}; bytes in hexadecimal. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + print(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static Object print(Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
    }

    private Position plus(String name, Object value) {
        var copy = new TreeMap<>(values);
        copy.put(Objects.requireNonNull(name, "name"), value);
        return new Position(copy);
    }

    private <V> V value(String name, Class<V> kind) {
        Object value = values.get(name);
        if (!kind.isInstance(value)) {
            throw new IllegalArgumentException("no " + kind.getSimpleName() + " '" + name + "' in position " + this);
        }
        return kind.cast(value);
    }
}

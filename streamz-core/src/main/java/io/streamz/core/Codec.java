package io.streamz.core;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How values of one type are written into a checkpoint and read again. Given to {@link DataStream#saved}, because what a
 * function keeps is known to its author alone; nothing is ever made from the name of a class.
 *
 * <p>Used by one thread at a time. A codec for values that may be null is {@link #nullable}.
 *
 * @param <T> the type of the values
 */
public interface Codec<T> {
    Codec<Long> LONG = of((value, out) -> out.writeLong(value), (in, version) -> in.readLong());
    Codec<Integer> INT = of((value, out) -> out.writeInt(value), (in, version) -> in.readInt());
    Codec<Double> DOUBLE = of((value, out) -> out.writeDouble(value), (in, version) -> in.readDouble());
    Codec<Boolean> BOOLEAN = of((value, out) -> out.writeBoolean(value), (in, version) -> in.readBoolean());
    Codec<String> TEXT = of((value, out) -> out.writeText(value), (in, version) -> in.readText());

    /** Instants, to the nanosecond. */
    Codec<Instant> INSTANT = of(
            (value, out) -> {
                out.writeLong(value.getEpochSecond());
                out.writeInt(value.getNano());
            },
            (in, version) -> Instant.ofEpochSecond(in.readLong(), in.readInt()));

    /** Writes a value. */
    void write(T value, StateWriter out) throws IOException;

    /**
     * Reads what {@link #write} wrote.
     *
     * @param version what was given to {@link DataStream#saved} when it was written
     */
    T read(StateReader in, int version) throws IOException;

    /** Half of a codec. */
    @FunctionalInterface
    interface Writing<T> {
        /** Writes a value. */
        void write(T value, StateWriter out) throws IOException;
    }

    /** The other half. */
    @FunctionalInterface
    interface Reading<T> {
        /** Reads a value. */
        T read(StateReader in, int version) throws IOException;
    }

    /** A codec of two functions. */
    static <T> Codec<T> of(Writing<? super T> writing, Reading<? extends T> reading) {
        Objects.requireNonNull(writing, "writing");
        Objects.requireNonNull(reading, "reading");
        return new Codec<>() {
            @Override
            public void write(T value, StateWriter out) throws IOException {
                writing.write(value, out);
            }

            @Override
            public T read(StateReader in, int version) throws IOException {
                return reading.read(in, version);
            }
        };
    }

    /** The same for values that may be null. */
    static <T> Codec<T> nullable(Codec<T> codec) {
        return of(
                (value, out) -> {
                    out.writeBoolean(value != null);
                    if (value != null) {
                        codec.write(value, out);
                    }
                },
                (in, version) -> in.readBoolean() ? codec.read(in, version) : null);
    }

    /** Lists; they are read as lists that can be changed. */
    static <T> Codec<List<T>> list(Codec<T> items) {
        return of(
                (list, out) -> {
                    out.writeInt(list.size());
                    for (T item : list) {
                        items.write(item, out);
                    }
                },
                (in, version) -> {
                    List<T> list = new ArrayList<>();
                    for (int left = in.readInt(); left > 0; left--) {
                        list.add(items.read(in, version));
                    }
                    return list;
                });
    }

    /** Maps, with their order; they are read as maps that can be changed. */
    static <K, V> Codec<Map<K, V>> map(Codec<K> keys, Codec<V> values) {
        return of(
                (map, out) -> {
                    out.writeInt(map.size());
                    for (Map.Entry<K, V> entry : map.entrySet()) {
                        keys.write(entry.getKey(), out);
                        values.write(entry.getValue(), out);
                    }
                },
                (in, version) -> {
                    Map<K, V> map = new LinkedHashMap<>();
                    for (int left = in.readInt(); left > 0; left--) {
                        K key = keys.read(in, version);
                        map.put(key, values.read(in, version));
                    }
                    return map;
                });
    }
}

package io.streamz.examples;

import io.streamz.core.DataStream;

/** A push stream of any object. */
public final class ThreeLines {
    private ThreeLines() {}

    public static void main(String[] args) {
        // README
        var source = DataStream.of(Integer.class);
        source.map(x -> x + 1).sink(System.out::println);
        source.emit(1);
        // end
    }
}

package io.streamz.notebook;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Something to show again and again.
 *
 * @param now gives it as it stands
 * @param version gives what is equal while there is nothing new to show
 * @param output shows it; told whether for the last time
 */
record Moving<T>(Supplier<T> now, Function<T, Object> version, BiFunction<T, Boolean, Content> output) {}

package io.streamz.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/** Sources of any objects, to be read by {@link Pipeline#read}. */
public final class Sources {
    private Sources() {}

    /** The items of an iterable, from its begin. */
    public static <T> Source<T> of(Iterable<? extends T> items) {
        Objects.requireNonNull(items, "items");
        return new IteratorSource<>(items::iterator, () -> {});
    }

    /** What is left in an iterator. An item is only taken out when it can be emitted. */
    public static <T> Source<T> of(Iterator<? extends T> items) {
        Objects.requireNonNull(items, "items");
        return new IteratorSource<>(() -> items, () -> {});
    }

    /** The items of a Java stream, which is closed with the source. */
    public static <T> Source<T> of(Stream<? extends T> items) {
        Objects.requireNonNull(items, "items");
        return new IteratorSource<>(items::iterator, items::close);
    }

    /** What is put into a queue; it never ends. The queue is asked every {@code interval} when it was empty. */
    public static <T> Source<T> of(BlockingQueue<? extends T> queue, Duration interval) {
        return new PolledSource<>(queue::poll, interval, false);
    }

    /** What a publisher publishes; up to {@code most} items are asked for ahead. */
    public static <T> Source<T> of(Flow.Publisher<? extends T> publisher, int most) {
        Objects.requireNonNull(publisher, "publisher");
        return new PublisherSource<>(publisher, most);
    }

    /** What a callback gives, called once in each interval; null is no item. It never ends. */
    public static <T> Source<T> periodic(Supplier<? extends T> callback, Duration interval) {
        return new PolledSource<>(callback, interval, true);
    }

    /**
     * A number of items made from random numbers; the same seed gives the same items on every JDK.
     *
     * @param count how many; {@link Long#MAX_VALUE} for no end
     */
    public static <T> Source<T> random(long seed, long count, Function<? super RandomGenerator, ? extends T> make) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return new IteratorSource<>(
                () -> new Iterator<T>() {
                    private long left = count;

                    @Override
                    public boolean hasNext() {
                        return left > 0;
                    }

                    @Override
                    public T next() {
                        left--;
                        return make.apply(random);
                    }
                },
                () -> {});
    }

    /** The lines of a file that exists, without their ends; it ends with the file. */
    public static Source<String> lines(Path file) {
        return new TextFileSource(file, "\n", false, false, Duration.ofMillis(100));
    }

    /**
     * The pieces of a text file in UTF-8, as they are appended, without their delimiter. A piece counts when its delimiter has
     * arrived. A file that has become shorter is read again from its begin. It never ends.
     *
     * @param fromEnd whether to begin with what is appended from now on
     * @param interval how often to look
     */
    public static Source<String> follow(Path file, String delimiter, boolean fromEnd, Duration interval) {
        return new TextFileSource(file, delimiter, true, fromEnd, interval);
    }

    /**
     * The files of a directory whose names match a glob such as {@code *.csv}: those that are there, by name, then new ones. A
     * file that was deleted and comes again is new. It never ends.
     */
    public static Source<Path> files(Path directory, String glob, Duration interval) {
        return new DirectorySource(directory, glob, interval);
    }

    /** The lines that a process prints, without their ends; it ends with the process, which is killed when this is closed. */
    public static Source<String> process(List<String> command) {
        return new ProcessSource(command);
    }
}

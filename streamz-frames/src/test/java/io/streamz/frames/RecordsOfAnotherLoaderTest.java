package io.streamz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records whose class comes from a loader below the library's, as in jshell, notebooks and plug-ins. */
final class RecordsOfAnotherLoaderTest {
    /** Loaded a second time, by a loader of its own. */
    public record Trade(String symbol, double price, long qty, int lot, boolean buy) {}

    @Test
    void goInAndComeOut() throws Exception {
        Class<?> type = new Again().loadClass(Trade.class.getName());
        assertThat(type).isNotSameAs(Trade.class);
        Constructor<?> trade = type.getConstructors()[0];
        Object first = trade.newInstance("A", 1.5, 10L, 3, true);
        Object second = trade.newInstance(null, 2.5, 20L, 4, false);
        assertThat(through(type, first, second)).isEqualTo(List.of(first, second));
    }

    @SuppressWarnings("unchecked")
    private static <T> List<Object> through(Class<T> type, Object... records) {
        List<Object> out = new ArrayList<>();
        try (Pipeline pipeline = Pipeline.create("test")) {
            RecordInput<T> input = pipeline.input(type);
            input.frame().records(type).sink(out::add);
            pipeline.start();
            for (Object each : records) {
                input.emit((T) each);
            }
        }
        return out;
    }

    private static final class Again extends ClassLoader {
        Again() {
            super(RecordsOfAnotherLoaderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(RecordsOfAnotherLoaderTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

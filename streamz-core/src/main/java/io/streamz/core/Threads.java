package io.streamz.core;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for user functions that wait: virtual ones where the JDK has them, else daemons. */
final class Threads {
    private Threads() {}

    /** An executor for at most {@code most} tasks at a time. */
    static ExecutorService executor(String name, int most) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            type.getMethod("name", String.class, long.class).invoke(builder, name + "-", 0L);
            var factory = (ThreadFactory) type.getMethod("factory").invoke(builder);
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory);
        } catch (NoSuchMethodException | ClassNotFoundException e) {
            return daemons(name, most); // JDK 17
        } catch (IllegalAccessException | InvocationTargetException | UnsupportedOperationException e) {
            return daemons(name, most); // JDK 19 and 20 without preview features
        }
    }

    private static ExecutorService daemons(String name, int most) {
        var number = new AtomicInteger();
        return Executors.newFixedThreadPool(most, work -> {
            Thread thread = new Thread(work, name + "-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }
}

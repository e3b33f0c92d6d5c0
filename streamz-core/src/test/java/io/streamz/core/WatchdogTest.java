package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchdogTest {
    @Test
    void callsAreMadeOnOneThreadOfItsOwn() throws Exception {
        List<Thread> threads = new ArrayList<>();
        try (Watchdog watchdog = new Watchdog("reader")) {
            for (int call = 0; call < 3; call++) {
                int number = call;
                assertThat(watchdog.<Integer>call(
                                () -> {
                                    threads.add(Thread.currentThread());
                                    return number;
                                },
                                thread -> false))
                        .isEqualTo(number);
            }
            assertThat(threads).allMatch(thread -> thread == threads.get(0) && thread.isDaemon());
            assertThat(threads.get(0).getName()).isEqualTo("reader");
        }
        assertThat(threads.get(0).isAlive()).isFalse();
    }

    @Test
    void whatACallThrowsIsThrown() throws Exception {
        try (Watchdog watchdog = new Watchdog("reader")) {
            IOException broken = new IOException("broken");
            assertThatThrownBy(() -> watchdog.call(
                            () -> {
                                throw broken;
                            },
                            thread -> false))
                    .isSameAs(broken);
            StackOverflowError deep = new StackOverflowError();
            assertThatThrownBy(() -> watchdog.call(
                            () -> {
                                throw deep;
                            },
                            thread -> false))
                    .isSameAs(deep);
            assertThat(watchdog.<Integer>call(() -> 1, thread -> false)).isEqualTo(1);
        }
    }

    @Test
    void aCallThatDoesNotReturnIsGivenUp() throws Exception {
        AtomicReference<Thread> stuck = new AtomicReference<>();
        CountDownLatch never = new CountDownLatch(1);
        Watchdog watchdog = new Watchdog("reader");
        assertThatThrownBy(() -> watchdog.call(() -> waitFor(never, stuck), thread -> stuck.get() != null))
                .isInstanceOf(TimeoutException.class);
        assertThat(watchdog.isGivenUp()).isTrue();
        assertThatThrownBy(() -> watchdog.call(() -> 1, thread -> false)).isInstanceOf(TimeoutException.class);
        watchdog.close();
        assertThat(stuck.get().isAlive()).isTrue();
        never.countDown();
        stuck.get().join();
    }

    /** Code that heeds no interrupt. */
    private static int waitFor(CountDownLatch latch, AtomicReference<Thread> who) {
        who.set(Thread.currentThread());
        while (true) {
            try {
                latch.await();
                return 0;
            } catch (InterruptedException e) {
                // As a library that spins does.
            }
        }
    }

    @Test
    void whoIsInterruptedWaitsNoLonger() throws Exception {
        AtomicReference<Thread> stuck = new AtomicReference<>();
        CountDownLatch never = new CountDownLatch(1);
        Watchdog watchdog = new Watchdog("reader");
        Thread waiting = Thread.currentThread();
        assertThatThrownBy(() -> watchdog.call(() -> waitFor(never, stuck), thread -> {
                    waiting.interrupt();
                    return false;
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(watchdog.isGivenUp()).isTrue();
        watchdog.close();
        never.countDown();
        if (stuck.get() != null) {
            stuck.get().join();
        }
    }
}

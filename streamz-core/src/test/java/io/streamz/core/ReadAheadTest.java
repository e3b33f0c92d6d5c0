package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
    /** Blocks in every read until it is closed. */
    private static final class Silent extends InputStream {
        private final CountDownLatch closed = new CountDownLatch(1);
        private final CountDownLatch entered = new CountDownLatch(1);

        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1);
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            entered.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            throw new IOException("closed");
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void everyByteComesOnceAndInOrder() throws Exception {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(2_000_000)];
            random.nextBytes(bytes);
            ByteArrayOutputStream seen = new ByteArrayOutputStream();
            try (var ahead = new ReadAhead("test", () -> new ByteArrayInputStream(bytes))) {
                byte[] piece = new byte[1 + random.nextInt(500_000)];
                for (int count = 0; count >= 0; count = ahead.read(piece, 0, 1 + random.nextInt(piece.length))) {
                    seen.write(piece, 0, count);
                    if (random.nextBoolean()) {
                        ahead.await();
                    }
                }
            }
            assertThat(seen.toByteArray()).as("seed %d", seed).isEqualTo(bytes);
        }
    }

    @Test
    void aReadOfNothingDoesNotWait() throws Exception {
        Silent silent = new Silent();
        try (var ahead = new ReadAhead("test", () -> silent)) {
            assertThat(ahead.read(new byte[8], 0, 8)).isZero();
            silent.entered.await();
            assertThat(ahead.read(new byte[8], 0, 8)).isZero();
        }
        assertThat(silent.closed.getCount()).isZero();
    }

    @Test
    void anInterruptEndsTheWaiting() throws Exception {
        try (var ahead = new ReadAhead("test", Silent::new)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(ahead::await).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void whoWaitsForAStreamThatIsClosedIsTold() throws Exception {
        Silent silent = new Silent();
        var ahead = new ReadAhead("test", () -> silent);
        var closer = new Thread(() -> {
            try {
                silent.entered.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            ahead.close();
        });
        closer.start();
        ahead.await();
        assertThat(ahead.read(new byte[1], 0, 1)).isEqualTo(-1);
        closer.join();
    }

    @Test
    void aFailureComesBehindTheBytesBeforeIt() throws Exception {
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(new byte[] {1, 2}), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] into, int at, int length) throws IOException {
                throw new IOException("gone");
            }
        });
        try (var ahead = new ReadAhead("test", () -> broken)) {
            byte[] into = new byte[9];
            int count = 0;
            while (count < 2) {
                ahead.await();
                count += ahead.read(into, count, 9 - count);
            }
            assertThat(into).startsWith(1, 2, 0);
            ahead.await();
            assertThatThrownBy(() -> ahead.read(into, 0, 9)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aStreamThatCannotBeOpenedSaysWhy() throws Exception {
        try (var ahead = new ReadAhead("test", () -> {
            throw new IOException("no such pipe");
        })) {
            ahead.await();
            assertThatThrownBy(() -> ahead.read(new byte[1], 0, 1)).hasMessage("no such pipe");
        }
        try (var ahead = new ReadAhead("test", () -> {
            throw new IllegalStateException("odd");
        })) {
            ahead.await();
            assertThatThrownBy(() -> ahead.read(new byte[1], 0, 1)).hasMessageContaining("odd");
        }
    }

    @Test
    void itSignalsWhenSomethingComes() throws Exception {
        Semaphore signals = new Semaphore(0);
        try (var ahead = new ReadAhead("test", () -> new ByteArrayInputStream(new byte[3]))) {
            ahead.onReady(signals::release);
            ahead.await();
            signals.acquire();
            assertThat(ahead.read(new byte[9], 0, 9)).isEqualTo(3);
        }
    }
}

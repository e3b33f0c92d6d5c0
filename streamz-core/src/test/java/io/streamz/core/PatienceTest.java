package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What may be counted without a clock: how often is looked, which a slow machine makes less and never more. */
final class PatienceTest {
    private static final int SHORT_WAIT = 4;
    private static final int LONG_WAIT = 20;

    private final Patience patience = new Patience();

    private int looksInVain(long items) {
        var looks = new AtomicInteger();
        assertThat(patience.lastsUntil(() -> looks.incrementAndGet() < 0, items))
                .isFalse();
        return looks.get();
    }

    @Test
    void whatIsThereIsSeenAtTheFirstLook() {
        var looks = new AtomicInteger();
        assertThat(patience.lastsUntil(() -> looks.incrementAndGet() > 0, 1_000))
                .isTrue();
        assertThat(looks).hasValue(1);
    }

    @Test
    void noWaitIsWithoutEndHoweverManyItemsThereWere() {
        assertThat(looksInVain(Long.MAX_VALUE)).isBetween(1, LONG_WAIT);
    }

    @Test
    void whereNothingWasEarnedAWaitIsShort() {
        looksInVain(0); // has spent what there was at the beginning
        for (int i = 0; i < 100; i++) {
            assertThat(looksInVain(0)).isBetween(1, SHORT_WAIT);
        }
    }

    @Test
    void afterWaitsInVainTheNextOnesAreShortTwiceAsManyEachTimeUpTo32() {
        for (int shortOnes : new int[] {1, 2, 4, 8, 16, 32, 32}) {
            assertThat(looksInVain(1_000)).isBetween(1, LONG_WAIT);
            for (int i = 0; i < shortOnes; i++) {
                assertThat(looksInVain(1_000)).isBetween(1, SHORT_WAIT);
            }
        }
    }
}

package io.streamz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProgressTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void tellsRowsRatesShareAndTimeLeft() {
        assertThat(new Progress(4_200_000, 172_200_000, 430_500_000, 2 * SECOND).line())
                .isEqualTo("4,200,000 rows, 2.1 million rows/s, 86 MB/s, 40 %, 3 s left");
    }

    @Test
    void tellsNoShareOfAPipe() {
        assertThat(new Progress(500, 1_000_000, -1, SECOND).line()).isEqualTo("500 rows, 500 rows/s, 1 MB/s");
    }

    @Test
    void longWaitsAreToldInMinutesAndHours() {
        assertThat(new Progress(1, 100, 10_000, SECOND).line()).endsWith("1 %, 1 min 39 s left");
        assertThat(new Progress(1, 1, 10_000, SECOND).line()).endsWith("0 %, 2 h 46 min left");
    }

    @Test
    void aFileThatGrewIsAtItsEnd() {
        assertThat(new Progress(1, 300, 100, SECOND).line()).endsWith("100 %, 0 s left");
    }

    @Test
    void nothingReadYetTellsNoTimeLeft() {
        assertThat(new Progress(0, 0, 100, 0).line()).isEqualTo("0 rows, 0 rows/s, 0 MB/s, 0 %");
    }
}

package io.streamz.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThinningTest {
    @Test
    void fewPointsStayAsTheyAre() {
        assertThat(Thinning.places(new double[] {3, 1, 2}, 4)).containsExactly(0, 1, 2);
        assertThat(Thinning.places(new double[0], 4)).isEmpty();
    }

    /** Whatever the values: the places ascend, are about as many as asked for, and hold the extremes of every stretch. */
    @Test
    void noPeakIsLost() {
        Random random = new Random(11);
        for (int attempt = 0; attempt < 500; attempt++) {
            double[] values = new double[5 + random.nextInt(3000)];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(20) == 0 ? Double.NaN : random.nextGaussian();
            }
            int peak = random.nextInt(values.length);
            values[peak] = random.nextBoolean() ? 1e9 : -1e9;
            int most = 4 + random.nextInt(200);
            int[] places = Thinning.places(values, most);
            String what = "attempt " + attempt + ": " + values.length + " values to " + most;
            assertThat(places).as(what).contains(peak).contains(0).contains(values.length - 1);
            assertThat(places.length).as(what).isLessThanOrEqualTo(Math.max(most, 4));
            assertThat(Arrays.stream(places).distinct().sorted().toArray())
                    .as(what)
                    .isEqualTo(places);
            double low =
                    Arrays.stream(values).filter(v -> !Double.isNaN(v)).min().orElseThrow();
            double high =
                    Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElseThrow();
            assertThat(Arrays.stream(places).mapToDouble(i -> values[i]).toArray())
                    .as(what)
                    .contains(low, high);
        }
    }

    @Test
    void aLongGapStaysOne() {
        double[] values = new double[1000];
        Arrays.fill(values, 400, 600, Double.NaN);
        assertThat(Arrays.stream(Thinning.places(values, 100)).mapToDouble(i -> values[i]))
                .contains(Double.NaN);
    }
}

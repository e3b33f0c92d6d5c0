package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonNumbersTest {
    /** Numbers of few digits and of many, large and small: the quick way finds the shortest, or nothing. */
    @Test
    void theQuickWayIsTheShortest() {
        int found = 0;
        for (int seed = 0; seed < Integer.getInteger("streamz.tries", 20_000); seed++) {
            var random = new Random(seed);
            double value = switch (seed % 5) {
                case 0 -> Math.rint(random.nextGaussian() * 1e8) / 1e6;
                case 1 -> random.nextInt(2000) * Math.pow(10, random.nextInt(40) - 20);
                case 2 -> Double.longBitsToDouble(random.nextLong());
                case 3 -> random.nextLong() >> random.nextInt(63);
                default -> random.nextDouble();
            };
            value = Math.abs(value) <= Double.MAX_VALUE ? value : 1e15 - 1;
            BigDecimal quick = Json.ofFewDigits(value);
            if (quick != null) {
                assertThat(quick).as("%s", value).isEqualByComparingTo(Json.shortest(value));
                found++;
            }
        }
        assertThat(found).isPositive();
        assertThat(Json.ofFewDigits(0)).isZero();
        assertThat(Json.ofFewDigits(-12.5)).isEqualByComparingTo("-12.5");
        assertThat(Json.ofFewDigits(Math.PI)).isNull();
    }
}

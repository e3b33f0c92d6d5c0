package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Floats to text: shortest, nearest, and the same as a newer JDK's. */
final class FloatTextTest {
    private static final long SEED = 20261123;

    private final FloatText floats = new FloatText();

    private String text(double value) {
        TextBuffer out = new TextBuffer();
        floats.put(value, out);
        return out.toString();
    }

    private String text(float value) {
        TextBuffer out = new TextBuffer();
        floats.put(value, out);
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "1, 1.0",
        "-1.5, -1.5",
        "100, 100.0",
        "0.1, 0.1",
        "0.001, 0.001",
        "0.0001, 1.0E-4",
        "9999999, 9999999.0",
        "10000000, 1.0E7",
        "2E23, 2.0E23",
        "1E23, 1.0E23",
        "4.9E-324, 4.9E-324",
        "9.9E-324, 9.9E-324",
        "1.5E-323, 1.5E-323",
        "1.7976931348623157E308, 1.7976931348623157E308",
        "2.2250738585072014E-308, 2.2250738585072014E-308",
        "9.27365472132547, 9.27365472132547",
        "123456.789, 123456.789",
        "0.00123, 0.00123",
        "1234567.125, 1234567.125",
        "NaN, NaN",
        "Infinity, Infinity",
        "-Infinity, -Infinity",
        "9007199254740993, 9.007199254740992E15"
    })
    void knownDoubles(double value, String expected) {
        assertThat(text(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "1.4E-45, 1.4E-45",
        "2.8E-45, 2.8E-45",
        "3.4028235E38, 3.4028235E38",
        "1.17549435E-38, 1.1754944E-38",
        "16777216, 1.6777216E7",
        "0.3, 0.3",
        "1E10, 1.0E10"
    })
    void knownFloats(float value, String expected) {
        assertThat(text(value)).isEqualTo(expected);
    }

    @Test
    void readsBackAndNoShorterTextDoes() {
        Random random = new Random(SEED);
        for (int i = 0; i < 30_000; i++) {
            double value = i % 2 == 0
                    ? Double.longBitsToDouble(random.nextLong())
                    : random.nextGaussian() * Math.pow(10, random.nextInt(12));
            if (Double.isFinite(value) && value != 0) {
                String text = text(value);
                assertThat(Double.parseDouble(text)).as(text).isEqualTo(value);
                int digits = digits(text);
                if (digits > 2) {
                    BigDecimal shorter =
                            new BigDecimal(value).round(new MathContext(digits - 1, RoundingMode.HALF_EVEN));
                    assertThat(shorter.doubleValue())
                            .as("%s is shorter than %s", shorter, text)
                            .isNotEqualTo(value);
                }
                BigDecimal nearest =
                        new BigDecimal(value).round(new MathContext(Math.max(2, digits), RoundingMode.HALF_EVEN));
                if (nearest.doubleValue() == value) {
                    assertThat(new BigDecimal(text)).isEqualByComparingTo(nearest);
                }
            }
        }
    }

    @Test
    void everyPowerOfTwoAndItsNeighbours() {
        for (int exponent = -1074; exponent < 1024; exponent++) {
            double power = Math.scalb(1.0, exponent);
            for (double value : new double[] {power, Math.nextUp(power), Math.nextDown(power)}) {
                if (value != 0) {
                    assertThat(Double.parseDouble(text(value))).isEqualTo(value);
                }
            }
        }
    }

    @Test
    void floatsReadBack() {
        Random random = new Random(SEED);
        for (int i = 0; i < 50_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                assertThat(Float.parseFloat(text(value))).isEqualTo(value);
            }
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_19)
    void equalsWhatNewerJdksPrint() {
        Random random = new Random(SEED);
        for (int i = 0; i < 300_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            assertThat(text(value)).isEqualTo(Double.toString(value));
            double plain = random.nextInt() / Math.pow(10, random.nextInt(9));
            assertThat(text(plain)).isEqualTo(Double.toString(plain));
            float narrow = Float.intBitsToFloat(random.nextInt());
            assertThat(text(narrow)).isEqualTo(Float.toString(narrow));
        }
    }

    private static int digits(String text) {
        String mantissa = text.replaceFirst("E.*", "")
                .replaceAll("[-.]", "")
                .replaceFirst("^0+", "")
                .replaceFirst("0+$", "");
        return mantissa.length();
    }
}

package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers from text, against the JDK's own slow ways. */
final class NumberTextTest {
    private static final long SEED = 20261123;
    private static final Pattern FLOAT = Pattern.compile("-?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private final DoubleText doubles = new DoubleText();

    private static byte[] padded(String text) {
        return ("#".repeat(RowScanner.PAD) + text + "#".repeat(RowScanner.PAD)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private boolean reads(String text) {
        return doubles.read(padded(text), RowScanner.PAD, RowScanner.PAD + text.length());
    }

    private void check(String text) {
        assertThat(reads(text)).as(text).isTrue();
        assertThat(Double.doubleToRawLongBits(doubles.value))
                .as(text + " as " + doubles.value + ", not " + Double.parseDouble(text))
                .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    }

    @Test
    void shortestTextsOfRandomDoublesReadBack() {
        Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                check(Double.toString(value));
            }
        }
    }

    @Test
    void randomDigitsAndExponentsAreCorrectlyRounded() {
        Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            int digits = 1 + random.nextInt(25);
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
            int point = random.nextInt(digits + 1);
            for (int digit = 0; digit < digits; digit++) {
                text.append(digit == point ? "." : "").append((char) ('0' + random.nextInt(10)));
            }
            if (random.nextBoolean()) {
                text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(700) - 350);
            }
            if (Double.isFinite(Double.parseDouble(text.toString()))) {
                check(text.toString());
            }
        }
    }

    @Test
    void pointsHalfwayBetweenTwoDoublesGoToTheEvenOne() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            double value = Math.abs(Double.longBitsToDouble(random.nextLong()));
            if (Double.isFinite(value) && value < 1e300) {
                BigDecimal half = new BigDecimal(value)
                        .add(new BigDecimal(Math.nextUp(value)))
                        .divide(BigDecimal.valueOf(2));
                check(half.toString());
                check(half.add(half.ulp()).toString());
                check(half.subtract(half.ulp()).toString());
            }
        }
        for (int i = 0; i < 100_000; i++) {
            long odd = (1L << 53) + 1 + 2L * random.nextInt(1 << 30);
            check(Long.toString(odd));
            check(BigDecimal.valueOf(odd)
                    .divide(BigDecimal.valueOf(1L << random.nextInt(8)))
                    .toPlainString());
            check(BigInteger.valueOf(odd)
                    .multiply(BigInteger.TEN.pow(random.nextInt(12)))
                    .toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.0",
                "-0.0",
                "1.",
                ".5",
                "-.5",
                "5e-324",
                "2.4703282292062327e-324",
                "2.4703282292062328e-324",
                "1e-400",
                "-1e-400",
                "1.7976931348623157e308",
                "1.7976931348623158e308",
                "2.2250738585072011e-308",
                "2.2250738585072014e-308",
                "9007199254740993",
                "9007199254740992.999999999999999999999",
                "123456789012345678901234567890",
                "0.000000000000000000000000000000000000001",
                "1e23",
                "8.5e22",
                "1E+5",
                "00000000000000000000001.5",
                "0e999999999999",
                "1e-999999999999",
                "9223372036854775808e0",
                "18446744073709551615",
                "18446744073709551616",
                "99999999999999999999",
                "0.1",
                "1e22",
                "1e-22"
            })
    void corners(String text) {
        check(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "-.",
                "+1",
                "1e",
                "1e+",
                "e5",
                " 1",
                "1 ",
                "1_0",
                "1,0",
                "0x10",
                "1d",
                "1f",
                "nan",
                "NAN",
                "inf",
                "-NaN",
                "infinity",
                "+Infinity",
                "1e309",
                "-1e309",
                "1.8e308",
                "1e999999999999",
                "--1",
                "1.2.3",
                "1-",
                "\u0661"
            })
    void notFloats(String text) {
        assertThat(reads(text)).as(text).isFalse();
    }

    @Test
    void namedValues() {
        assertThat(reads("NaN")).isTrue();
        assertThat(doubles.value).isNaN();
        assertThat(reads("Infinity")).isTrue();
        assertThat(doubles.value).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(reads("-Infinity")).isTrue();
        assertThat(doubles.value).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void theGrammarOfFloatsIsExact() {
        Random random = new Random(SEED);
        String letters = "0123456789..--+eE ";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(7); left >= 0; left--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            boolean good = FLOAT.matcher(text).matches() && Double.isFinite(Double.parseDouble(text.toString()));
            assertThat(reads(text.toString())).as(text.toString()).isEqualTo(good);
        }
    }

    @Test
    void integersAreExactInTheRangeOfTheirBits() {
        for (int bits : List.of(8, 16, 32, 64)) {
            LongText.Int ints = new LongText.Int(bits);
            BigInteger most = BigInteger.TWO.pow(bits - 1);
            for (int near = -3; near <= 3; near++) {
                for (BigInteger edge : List.of(most, most.negate(), BigInteger.ZERO)) {
                    BigInteger value = edge.add(BigInteger.valueOf(near));
                    boolean fits = value.compareTo(most) < 0 && value.compareTo(most.negate()) >= 0;
                    byte[] text = padded(value.toString());
                    assertThat(ints.read(text, RowScanner.PAD, text.length - RowScanner.PAD))
                            .as(value + " in " + bits)
                            .isEqualTo(fits);
                    if (fits) {
                        assertThat(ints.value).isEqualTo(value.longValue());
                    }
                }
            }
        }
    }

    @Test
    void integersWithLeadingZerosAndWithout() {
        LongText.Int ints = new LongText.Int(64);
        byte[] zeros = padded("-000000000000000000000000000007");
        assertThat(ints.read(zeros, RowScanner.PAD, zeros.length - RowScanner.PAD))
                .isTrue();
        assertThat(ints.value).isEqualTo(-7);
        for (String wrong : List.of(
                "", "-", "+1", "1.0", " 1", "1 ", "0x1", "1e3", "99999999999999999999", "9223372036854775808")) {
            byte[] text = padded(wrong);
            assertThat(ints.read(text, RowScanner.PAD, text.length - RowScanner.PAD))
                    .as(wrong)
                    .isFalse();
        }
    }

    @Test
    void decimalsAreExact() {
        Random random = new Random(SEED);
        for (int i = 0; i < 50_000; i++) {
            int precision = 1 + random.nextInt(38);
            int scale = random.nextInt(precision + 1);
            DecimalText decimals = new DecimalText(precision, scale);
            String whole = digits(random, random.nextInt(precision - scale + 2));
            String part = digits(random, random.nextInt(scale + 2));
            String text = (random.nextBoolean() ? "-" : "")
                    + whole
                    + (part.isEmpty() && random.nextBoolean() ? "" : ".")
                    + part;
            boolean some = !whole.isEmpty() || !part.isEmpty();
            boolean good = some
                    && part.length() <= scale
                    && new BigDecimal(whole.isEmpty() ? "0" : whole).precision() <= Math.max(1, precision - scale)
                    && (precision > scale || whole.chars().allMatch(c -> c == '0'));
            byte[] bytes = padded(text);
            assertThat(decimals.read(bytes, RowScanner.PAD, bytes.length - RowScanner.PAD))
                    .as(text + " as decimal(" + precision + "," + scale + ")")
                    .isEqualTo(good);
            if (good) {
                BigInteger value = BigInteger.valueOf(decimals.high)
                        .shiftLeft(64)
                        .add(new BigInteger(Long.toUnsignedString(decimals.low)));
                String plain = text.endsWith(".") ? text + "0" : text;
                assertThat(new BigDecimal(value, scale)).as(text).isEqualByComparingTo(new BigDecimal(plain));
            }
        }
    }

    private static String digits(Random random, int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }
}

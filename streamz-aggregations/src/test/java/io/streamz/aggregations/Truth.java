package io.streamz.aggregations;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every answer the slow way: over the list of a group's values in order of arrival, with exact decimals. */
final class Truth {
    static final MathContext DIGITS = new MathContext(60);

    private Truth() {}

    static List<Object> valid(List<Object> values) {
        return values.stream().filter(Objects::nonNull).collect(Collectors.toList());
    }

    /** The exact value of a number, in units for what is kept in units. */
    static BigDecimal exact(Object value) {
        return value instanceof Double number ? new BigDecimal(number) : new BigDecimal(value.toString());
    }

    static BigDecimal sum(List<Object> values) {
        return values.stream().map(Truth::exact).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** NaN or an infinity where the values hold one and their sum is it, else null. */
    static Double special(List<Object> values) {
        double special = 0;
        for (Object value : values) {
            if (value instanceof Double number && !(Math.abs(number) <= Double.MAX_VALUE)) {
                special += number;
            }
        }
        return special == 0 ? null : (Double) special;
    }

    /** An answer in float64, from the exact one over the valid values. */
    static Function<List<Object>, Object> inDoubles(Object ofNothing, Function<List<Object>, BigDecimal> exact) {
        return all -> {
            List<Object> values = valid(all);
            if (values.isEmpty()) {
                return ofNothing;
            }
            Double special = special(values);
            return special != null ? special : (Object) (exact.apply(values).doubleValue() + 0.0);
        };
    }

    /**
     * The mean to far more digits than tell to which double it is rounded: what is not half way between two is further from that than
     * 2^-(e + 64) / n where 2^-e divides the values, which takes e digits behind the point.
     */
    static BigDecimal mean(List<Object> values) {
        BigDecimal sum = sum(values);
        return sum.divide(BigDecimal.valueOf(values.size()), Math.max(0, sum.scale()) + 40, RoundingMode.HALF_EVEN);
    }

    static Object variance(List<Object> all, int ddof, boolean root) {
        List<Object> values = valid(all);
        if (values.size() <= ddof) {
            return null;
        }
        if (special(values) != null) {
            return Double.NaN;
        }
        BigDecimal sum = sum(values);
        BigDecimal squares = BigDecimal.ZERO;
        for (Object value : values) {
            squares = squares.add(exact(value).multiply(exact(value)));
        }
        BigDecimal n = BigDecimal.valueOf(values.size());
        BigDecimal moment =
                squares.multiply(n).subtract(sum.multiply(sum)); // n times that of the values about their mean, exactly
        BigDecimal variance = moment.divide(n.multiply(BigDecimal.valueOf(values.size() - ddof)), DIGITS);
        return root ? variance.sqrt(DIGITS).doubleValue() : variance.doubleValue();
    }

    static Comparator<Object> order() {
        return (left, right) -> {
            if (left instanceof String text) {
                return Arrays.compareUnsigned(
                        text.getBytes(StandardCharsets.UTF_8), ((String) right).getBytes(StandardCharsets.UTF_8));
            }
            if (left instanceof Double number) {
                return Double.compare(number + 0.0, (Double) right + 0.0);
            }
            return left instanceof BigInteger big
                    ? big.compareTo((BigInteger) right)
                    : ((Long) left).compareTo((Long) right);
        };
    }

    static Object extreme(List<Object> all, boolean greatest) {
        List<Object> values = valid(all);
        if (values.isEmpty()) {
            return null;
        }
        if (values.contains(Double.NaN)) {
            return Double.NaN;
        }
        values.sort(greatest ? order().reversed() : order());
        return values.get(0) instanceof Double number ? (Object) (number + 0.0) : values.get(0);
    }

    static long distinct(List<Object> values) {
        List<Object> keys = new ArrayList<>();
        for (Object value : valid(values)) {
            keys.add(value instanceof Double number ? (Object) (number + 0.0) : value);
        }
        return new HashSet<>(keys).size();
    }

    /** The exact median of numbers. */
    static BigDecimal median(List<Object> values) {
        List<BigDecimal> sorted = values.stream().map(Truth::exact).sorted().collect(Collectors.toList());
        int size = sorted.size();
        return sorted.get((size - 1) / 2).add(sorted.get(size / 2)).divide(BigDecimal.valueOf(2));
    }

    static Object whole(BigDecimal value) {
        return value.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }
}

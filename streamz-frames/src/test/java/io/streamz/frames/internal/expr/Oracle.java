package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Expressions row by row over boxed values, as plainly as can be: null, Boolean, BigInteger, Double, BigDecimal, String, Time.
 * Integers and times know no limit here but the types their operators have, which {@code Overflow} guards.
 */
final class Oracle {
    /** A time of any unit in nanoseconds since the epoch, or a length in nanoseconds, with the unit its column has. */
    record Time(boolean length, BigInteger nanos, BigInteger unit) {}

    static final class Overflow extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final BigInteger DAY = BigInteger.valueOf(86_400_000_000_000L);

    private final Map<String, Object> row;

    Oracle(Map<String, Object> row) {
        this.row = row;
    }

    static Object cell(Lane lane, int row, DataType type) {
        if (lane.isNull(row)) {
            return null;
        }
        if (lane instanceof DoubleLane doubles) {
            return doubles.values()[row];
        }
        if (lane instanceof WideLane wide) {
            return new BigDecimal(Wide.big(wide, row), type.scale());
        }
        if (lane instanceof TextLane text) {
            return text.text(row);
        }
        BigInteger value = BigInteger.valueOf(((LongLane) lane).values()[row]);
        return switch (type.kind()) {
            case BOOL -> value.signum() != 0;
            case INT -> value;
            case DATE -> new Time(false, value.multiply(DAY), DAY);
            default -> {
                BigInteger unit = BigInteger.valueOf(type.unit().getDuration().toNanos());
                yield new Time(type.kind() == Kind.DURATION, value.multiply(unit), unit);
            }
        };
    }

    Object eval(Node node) {
        if (node instanceof Node.Column column) {
            return row.get(column.name());
        }
        if (node instanceof Node.Literal literal) {
            return literal(literal.value());
        }
        Node.Call call = (Node.Call) node;
        List<Node> args = call.args();
        return switch (call.op()) {
            case AND -> logic(args, false);
            case OR -> logic(args, true);
            case CASE -> cases(args);
            case COALESCE -> coalesce(args);
            case IN -> in(args);
            case BETWEEN ->
                logic(
                        List.of(Node.call(Op.GE, args.get(0), args.get(1)), Node.call(Op.LE, args.get(0), args.get(2))),
                        false);
            case IS_NULL -> eval(args.get(0)) == null;
            case NULL_IF -> nullIf(args);
            case NAN_AS_NULL -> eval(args.get(0)) instanceof Double d && d.isNaN() ? null : eval(args.get(0));
            case GREATEST, LEAST -> extreme(call.op() == Op.GREATEST, args);
            case CLIP -> clipped(args);
            default -> strict(call.op(), args);
        };
    }

    private static Object literal(Object value) {
        if (value instanceof Long number) {
            return BigInteger.valueOf(number);
        }
        if (value instanceof LocalDate date) {
            return new Time(false, BigInteger.valueOf(date.toEpochDay()).multiply(DAY), DAY);
        }
        if (value instanceof Instant instant) {
            return coarse(false, instant.getEpochSecond(), instant.getNano());
        }
        if (value instanceof Duration duration) {
            return coarse(true, duration.getSeconds(), duration.getNano());
        }
        return value;
    }

    private static Time coarse(boolean length, long seconds, int nanos) {
        BigInteger all =
                BigInteger.valueOf(seconds).multiply(BigInteger.TEN.pow(9)).add(BigInteger.valueOf(nanos));
        for (int digits = 9; ; digits -= 3) {
            BigInteger unit = BigInteger.TEN.pow(digits);
            if (all.mod(unit).signum() == 0) {
                return new Time(length, all, unit);
            }
        }
    }

    /** What a side without columns is, so that the other side need not be looked at; null for a side with columns. */
    private Object constant(Node node) {
        Set<String> columns = new HashSet<>();
        node.columns(columns);
        return columns.isEmpty() ? Optional.ofNullable(eval(node)) : null;
    }

    /** Left to right, up to the side that decides; a constant side decides first. */
    private Object logic(List<Node> args, boolean deciding) {
        if (args.stream().anyMatch(arg -> Optional.of(deciding).equals(constant(arg)))) {
            return deciding;
        }
        Object answer = !deciding;
        for (Node arg : args) {
            Object value = eval(arg);
            if (value != null && (boolean) value == deciding) {
                return deciding;
            }
            answer = value == null ? null : answer;
        }
        return answer;
    }

    private Object cases(List<Node> args) {
        for (int i = 0; i + 1 < args.size(); i += 2) {
            if (Boolean.TRUE.equals(eval(args.get(i)))) {
                return eval(args.get(i + 1));
            }
        }
        return eval(args.get(args.size() - 1));
    }

    private Object coalesce(List<Node> args) {
        for (Node arg : args) {
            Object value = eval(arg);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private Object in(List<Node> args) {
        if (args.size() == 1) {
            return false;
        }
        Object value = eval(args.get(0));
        Object answer = false;
        for (Node candidate : args.subList(1, args.size())) {
            Object other = eval(candidate);
            if (value == null || other == null) {
                answer = null;
            } else if (compare(value, other) == 0) {
                return true;
            }
        }
        return answer;
    }

    private Object nullIf(List<Node> args) {
        if (args.get(0).equals(Node.Literal.NULL)) {
            return null;
        }
        boolean known = Optional.empty().equals(constant(args.get(0)))
                || Optional.empty().equals(constant(args.get(1)));
        Object same = known ? null : eval(Node.call(Op.EQ, args));
        return Boolean.TRUE.equals(same) ? null : eval(args.get(0));
    }

    private Object extreme(boolean greatest, List<Node> args) {
        Object best = null;
        for (Node arg : args) {
            Object x = eval(arg);
            if (x instanceof Double a && best instanceof Double b) {
                best = greatest ? Math.max(a, b) : Math.min(a, b);
            } else if (x != null && (best == null || compare(x, best) == (greatest ? 1 : -1))) {
                best = x;
            }
        }
        return best;
    }

    private Object clipped(List<Node> args) {
        Object x = eval(args.get(0));
        Object low = eval(args.get(1));
        Object high = eval(args.get(2));
        if (x == null) {
            return null;
        }
        if (high != null && compare(x, high) == 1) {
            return high;
        }
        return low != null && compare(x, low) == -1 ? low : x;
    }

    private Object function(Op op, List<Node> args) {
        List<Object> values = new ArrayList<>();
        for (Node arg : args) {
            values.add(eval(arg));
        }
        return values.contains(null) ? null : OracleFunctions.apply(op, values);
    }

    private Object strict(Op op, List<Node> args) {
        if (args.stream().anyMatch(arg -> Optional.empty().equals(constant(arg)))) {
            return null;
        }
        if (op.family() != Op.Family.CORE || op == Op.LIKE) {
            return function(op, args);
        }
        Object x = eval(args.get(0));
        Object y = args.size() > 1 ? eval(args.get(1)) : null;
        if (x == null || args.size() > 1 && y == null) {
            return null;
        }
        return switch (op) {
            case NOT -> !(boolean) x;
            case IS_NAN -> x instanceof Double number && number.isNaN();
            case NEG, ABS -> signed(op, x);
            case EQ -> compare(x, y) == 0;
            case NE -> compare(x, y) != 0;
            case LT -> compare(x, y) == -1;
            case LE -> compare(x, y) == -1 || compare(x, y) == 0;
            case GT -> compare(x, y) == 1;
            case GE -> compare(x, y) == 1 || compare(x, y) == 0;
            default -> arithmetic(op, x, y, args.get(1));
        };
    }

    /** -1, 0, 1, or 2 where NaN is inside. */
    private static int compare(Object x, Object y) {
        if (x instanceof Double || y instanceof Double) {
            if (isNaN(x) || isNaN(y)) {
                return 2;
            }
            if (x instanceof BigDecimal || y instanceof BigDecimal) {
                return order(Double.compare(number(x) + 0.0, number(y) + 0.0));
            }
            return order(compareExactly(x, y));
        }
        if (x instanceof Boolean a) {
            return order(Boolean.compare(a, (Boolean) y));
        }
        if (x instanceof String a) {
            return order(Arrays.compareUnsigned(
                    a.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    ((String) y).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        if (x instanceof Time a) {
            return order(a.nanos().compareTo(((Time) y).nanos()));
        }
        return order(exact(x).compareTo(exact(y)));
    }

    private static int compareExactly(Object x, Object y) {
        if (x instanceof Double a && a.isInfinite() || y instanceof Double b && b.isInfinite()) {
            return Double.compare(number(x), number(y));
        }
        return exact(x).compareTo(exact(y));
    }

    private static int order(int compared) {
        return Integer.signum(compared);
    }

    private static boolean isNaN(Object x) {
        return x instanceof Double number && number.isNaN();
    }

    private static BigDecimal exact(Object x) {
        return x instanceof BigInteger whole
                ? new BigDecimal(whole)
                : x instanceof Double d ? new BigDecimal(d) : (BigDecimal) x;
    }

    private static double number(Object x) {
        return x instanceof Time time ? time.nanos().doubleValue() : ((Number) x).doubleValue();
    }

    static BigInteger checked(BigInteger value) {
        if (value.bitLength() > 63) {
            throw new Overflow();
        }
        return value;
    }

    private static BigDecimal checked(BigDecimal value) {
        if (value.unscaledValue().abs().compareTo(BigInteger.TEN.pow(38)) >= 0) {
            throw new Overflow();
        }
        return value;
    }

    private static Time checked(boolean length, BigInteger nanos, BigInteger unit) {
        checked(nanos.divide(unit));
        return new Time(length, nanos, unit);
    }

    private static Object signed(Op op, Object x) {
        boolean turn = op == Op.NEG;
        if (x instanceof BigInteger a) {
            return checked(turn ? a.negate() : a.abs());
        }
        if (x instanceof Double a) {
            return turn ? -a : Math.abs(a);
        }
        if (x instanceof BigDecimal a) {
            return turn ? a.negate() : a.abs();
        }
        Time a = (Time) x;
        return checked(true, turn ? a.nanos().negate() : a.nanos().abs(), a.unit());
    }

    private static Object arithmetic(Op op, Object x, Object y, Node right) {
        if (x instanceof Time || y instanceof Time) {
            return times(op, x, y);
        }
        if (op == Op.POW) {
            boolean whole = x instanceof BigInteger && y instanceof BigInteger && right instanceof Node.Literal;
            return whole
                    ? checked(((BigInteger) x).pow(((BigInteger) y).intValueExact()))
                    : (Object) Math.pow(number(x), number(y));
        }
        if (op == Op.DIV || x instanceof Double || y instanceof Double) {
            return doubles(op, number(x), number(y));
        }
        if (x instanceof BigInteger a && y instanceof BigInteger b) {
            return longs(op, a, b);
        }
        return decimals(op, exact(x), exact(y));
    }

    private static Object doubles(Op op, double x, double y) {
        return switch (op) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case DIV -> x / y;
            case MOD -> DoubleMath.mod(x, y);
            default -> DoubleMath.floorDiv(x, y);
        };
    }

    private static BigInteger longs(Op op, BigInteger x, BigInteger y) {
        return switch (op) {
            case ADD -> checked(x.add(y));
            case SUB -> checked(x.subtract(y));
            case MUL -> checked(x.multiply(y));
            case MOD -> y.signum() == 0 ? null : x.subtract(floor(x, y).multiply(y));
            default -> y.signum() == 0 ? null : checked(floor(x, y));
        };
    }

    private static BigInteger floor(BigInteger x, BigInteger y) {
        return new BigDecimal(x)
                .divide(new BigDecimal(y), 0, RoundingMode.FLOOR)
                .toBigInteger();
    }

    private static Object decimals(Op op, BigDecimal x, BigDecimal y) {
        int scale = Math.max(x.scale(), y.scale());
        if (op == Op.MUL) {
            return checked(x.multiply(y));
        }
        BigDecimal a = checked(x.setScale(scale));
        BigDecimal b = checked(y.setScale(scale));
        return switch (op) {
            case ADD -> checked(a.add(b));
            case SUB -> checked(a.subtract(b));
            case MOD ->
                b.signum() == 0
                        ? null
                        : a.subtract(new BigDecimal(floor(a.unscaledValue(), b.unscaledValue())).multiply(b));
            default -> b.signum() == 0 ? null : checked(new BigDecimal(floor(a.unscaledValue(), b.unscaledValue())));
        };
    }

    private static Object times(Op op, Object x, Object y) {
        if (x instanceof Time a && y instanceof BigInteger b) {
            return checked(true, a.nanos().multiply(b), a.unit());
        }
        Time a = (Time) x;
        Time b = (Time) y;
        BigInteger unit = a.unit().min(b.unit()).min(BigInteger.TEN.pow(9));
        checked(a.nanos().divide(unit));
        checked(b.nanos().divide(unit));
        boolean length = a.length() == b.length();
        return switch (op) {
            case ADD -> checked(length, a.nanos().add(b.nanos()), unit);
            case SUB -> checked(length, a.nanos().subtract(b.nanos()), unit);
            case MOD ->
                b.nanos().signum() == 0
                        ? null
                        : new Time(
                                true,
                                a.nanos().subtract(floor(a.nanos(), b.nanos()).multiply(b.nanos())),
                                unit);
            default -> b.nanos().signum() == 0 ? null : checked(floor(a.nanos(), b.nanos()));
        };
    }

    /** Whether a kernel's answer is the oracle's. */
    static boolean same(Object expected, Object actual) {
        if (expected instanceof Double a && actual instanceof Double b) {
            return Double.doubleToLongBits(a) == Double.doubleToLongBits(b);
        }
        if (expected instanceof Time a && actual instanceof Time b) {
            return a.length() == b.length() && a.nanos().equals(b.nanos());
        }
        if (expected != null && actual instanceof BigDecimal b) {
            return exact(expected).compareTo(b) == 0;
        }
        if (expected instanceof BigInteger a && actual instanceof Double b) {
            return a.doubleValue() == b;
        }
        return expected == null ? actual == null : expected.equals(actual);
    }
}

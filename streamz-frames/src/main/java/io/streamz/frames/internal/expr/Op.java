package io.streamz.frames.internal.expr;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a {@link Node.Call} does: the operators, which have a sign and a rank, and the functions, which have a name. */
public enum Op {
    OR("or", Rank.OR),
    AND("and", Rank.AND),
    NOT("not", Rank.NOT),
    EQ("=", Rank.COMPARE),
    NE("!=", Rank.COMPARE),
    LT("<", Rank.COMPARE),
    LE("<=", Rank.COMPARE),
    GT(">", Rank.COMPARE),
    GE(">=", Rank.COMPARE),
    /** The first argument against all others. */
    IN("in", Rank.COMPARE),
    /** Value, low end, high end; both ends belong to it. */
    BETWEEN("between", Rank.COMPARE),
    IS_NULL("is null", Rank.COMPARE),
    ADD("+", Rank.ADD),
    SUB("-", Rank.ADD),
    MUL("*", Rank.MULTIPLY),
    DIV("/", Rank.MULTIPLY),
    FLOOR_DIV("//", Rank.MULTIPLY),
    MOD("%", Rank.MULTIPLY),
    NEG("-", Rank.SIGN),
    POW("**", Rank.POWER),
    /** Condition, value, condition, value, ..., otherwise. */
    CASE("case", Rank.PRIMARY),
    ABS("abs", 1, 1),
    COALESCE("coalesce", 1, Integer.MAX_VALUE),
    IS_NAN("isNaN", 1, 1);

    /** How tightly an operator binds; a higher rank binds tighter. */
    static final class Rank {
        static final int OR = 1;
        static final int AND = 2;
        static final int NOT = 3;
        static final int COMPARE = 4;
        static final int ADD = 5;
        static final int MULTIPLY = 6;
        static final int SIGN = 7;
        static final int POWER = 8;
        static final int PRIMARY = 9;

        private Rank() {}
    }

    private static final Map<String, Op> FUNCTIONS = Arrays.stream(values())
            .filter(Op::isFunction)
            .collect(Collectors.toUnmodifiableMap(op -> op.text.toLowerCase(Locale.ROOT), Function.identity()));

    private final String text;
    private final int rank;
    private final int minArgs;
    private final int maxArgs;

    Op(String sign, int rank) {
        this(sign, rank, 0, 0);
    }

    Op(String name, int minArgs, int maxArgs) {
        this(name, Rank.PRIMARY, minArgs, maxArgs);
    }

    Op(String text, int rank, int minArgs, int maxArgs) {
        this.text = text;
        this.rank = rank;
        this.minArgs = minArgs;
        this.maxArgs = maxArgs;
    }

    /** The sign or name as it is written. */
    public String text() {
        return text;
    }

    int rank() {
        return rank;
    }

    boolean isFunction() {
        return maxArgs > 0;
    }

    boolean isComparison() {
        return compareTo(EQ) >= 0 && compareTo(GE) <= 0;
    }

    boolean takes(int args) {
        return args >= minArgs && args <= maxArgs;
    }

    /** The argument counts in words: {@code 1 argument}, {@code 2 to 3 arguments}. */
    String arity() {
        String most = maxArgs == Integer.MAX_VALUE ? " or more" : maxArgs == minArgs ? "" : " to " + maxArgs;
        return minArgs + most + (minArgs == 1 && most.isEmpty() ? " argument" : " arguments");
    }

    /** The comparison with its sides exchanged. */
    Op mirrored() {
        return switch (this) {
            case LT -> GT;
            case LE -> GE;
            case GT -> LT;
            case GE -> LE;
            default -> this;
        };
    }

    /** The function of this name in any case, or null. */
    static Op function(String name) {
        return FUNCTIONS.get(name.toLowerCase(Locale.ROOT));
    }

    /** The names of all functions, sorted. */
    static List<String> functionNames() {
        return FUNCTIONS.values().stream().map(Op::text).sorted().toList();
    }
}

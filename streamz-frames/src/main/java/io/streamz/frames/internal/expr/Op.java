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
    /** A text against a pattern with % and _. */
    LIKE("like", Rank.COMPARE),
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
    IS_NAN("isNaN", 1, 1),
    NULL_IF("nullIf", 2, 2),

    SQRT("sqrt", Family.NUMBER, 1, 1),
    CBRT("cbrt", Family.NUMBER, 1, 1),
    EXP("exp", Family.NUMBER, 1, 1),
    EXPM1("expm1", Family.NUMBER, 1, 1),
    LOG("log", Family.NUMBER, 1, 1),
    LOG10("log10", Family.NUMBER, 1, 1),
    LOG2("log2", Family.NUMBER, 1, 1),
    LOG1P("log1p", Family.NUMBER, 1, 1),
    SIN("sin", Family.NUMBER, 1, 1),
    COS("cos", Family.NUMBER, 1, 1),
    TAN("tan", Family.NUMBER, 1, 1),
    ASIN("asin", Family.NUMBER, 1, 1),
    ACOS("acos", Family.NUMBER, 1, 1),
    ATAN("atan", Family.NUMBER, 1, 1),
    SINH("sinh", Family.NUMBER, 1, 1),
    COSH("cosh", Family.NUMBER, 1, 1),
    TANH("tanh", Family.NUMBER, 1, 1),
    ATAN2("atan2", Family.NUMBER, 2, 2),
    HYPOT("hypot", Family.NUMBER, 2, 2),
    FLOOR("floor", Family.NUMBER, 1, 1),
    CEIL("ceil", Family.NUMBER, 1, 1),
    TRUNC("trunc", Family.NUMBER, 1, 1),
    ROUND("round", Family.NUMBER, 1, 2),
    SIGN("sign", Family.NUMBER, 1, 1),
    GREATEST("greatest", Family.NUMBER, 1, Integer.MAX_VALUE),
    LEAST("least", Family.NUMBER, 1, Integer.MAX_VALUE),
    /** Value, low end, high end; a null end is none. */
    CLIP("clip", Family.NUMBER, 3, 3),
    IS_FINITE("isFinite", Family.NUMBER, 1, 1),
    IS_INFINITE("isInfinite", Family.NUMBER, 1, 1),
    NAN_AS_NULL("nanAsNull", Family.NUMBER, 1, 1),
    BIT_AND("bitAnd", Family.NUMBER, 2, 2),
    BIT_OR("bitOr", Family.NUMBER, 2, 2),
    BIT_XOR("bitXor", Family.NUMBER, 2, 2),
    BIT_NOT("bitNot", Family.NUMBER, 1, 1),
    SHIFT_LEFT("shiftLeft", Family.NUMBER, 2, 2),
    SHIFT_RIGHT("shiftRight", Family.NUMBER, 2, 2),

    LENGTH("length", Family.TEXT, 1, 1),
    BYTE_LENGTH("byteLength", Family.TEXT, 1, 1),
    UPPER("upper", Family.TEXT, 1, 1),
    LOWER("lower", Family.TEXT, 1, 1),
    TRIM("trim", Family.TEXT, 1, 1),
    TRIM_START("trimStart", Family.TEXT, 1, 1),
    TRIM_END("trimEnd", Family.TEXT, 1, 1),
    /** Text, first place from 0 or from the end below 0, number of code points. */
    SUBSTRING("substring", Family.TEXT, 2, 3),
    STARTS_WITH("startsWith", Family.TEXT, 2, 2),
    ENDS_WITH("endsWith", Family.TEXT, 2, 2),
    CONTAINS("contains", Family.TEXT, 2, 2),
    INDEX_OF("indexOf", Family.TEXT, 2, 2),
    /** Text, what is found, what stands in its place. */
    REPLACE("replace", Family.TEXT, 3, 3),
    /** Text, separator, number of the part from 0 or from the end below 0. */
    SPLIT_PART("splitPart", Family.TEXT, 3, 3),
    CONCAT("concat", Family.TEXT, 1, Integer.MAX_VALUE),
    PAD_START("padStart", Family.TEXT, 2, 3),
    PAD_END("padEnd", Family.TEXT, 2, 3),
    REGEX_MATCH("regexMatch", Family.TEXT, 2, 2),
    /** Text, pattern, number of the group. */
    REGEX_EXTRACT("regexExtract", Family.TEXT, 2, 3),
    REGEX_REPLACE("regexReplace", Family.TEXT, 3, 3),

    YEAR("year", Family.TIME, 1, 2),
    QUARTER("quarter", Family.TIME, 1, 2),
    MONTH("month", Family.TIME, 1, 2),
    DAY("day", Family.TIME, 1, 2),
    HOUR("hour", Family.TIME, 1, 2),
    MINUTE("minute", Family.TIME, 1, 2),
    SECOND("second", Family.TIME, 1, 2),
    NANO("nano", Family.TIME, 1, 2),
    DAY_OF_WEEK("dayOfWeek", Family.TIME, 1, 2),
    DAY_OF_YEAR("dayOfYear", Family.TIME, 1, 2),
    WEEK("week", Family.TIME, 1, 2),
    DATE_OF("dateOf", Family.TIME, 1, 2),
    TIME_OF("timeOf", Family.TIME, 1, 2),
    IS_BUSINESS_DAY("isBusinessDay", Family.TIME, 1, 2),
    /** Time, unit such as 15m or 1mo, zone. */
    TRUNCATE("truncate", Family.TIME, 2, 3),
    /** Time, calendar length such as 1mo2d, zone. */
    OFFSET_BY("offsetBy", Family.TIME, 2, 3),
    /** Unit, from, to, zone. */
    UNITS_BETWEEN("unitsBetween", Family.TIME, 3, 4),
    EPOCH("epoch", Family.TIME, 2, 2),
    /** Time, pattern, zone. */
    FORMAT_TIME("formatTime", Family.TIME, 2, 3),
    /** Text, pattern, zone. */
    PARSE_TIMESTAMP("parseTimestamp", Family.TIME, 2, 3),
    TRY_PARSE_TIMESTAMP("tryParseTimestamp", Family.TIME, 2, 3),
    PARSE_DATE("parseDate", Family.TIME, 2, 2),
    TRY_PARSE_DATE("tryParseDate", Family.TIME, 2, 2);

    /** Who binds it. */
    enum Family {
        CORE,
        NUMBER,
        TEXT,
        TIME
    }

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

    /** Other names that read as a function; they print as that. */
    private static final Map<String, Op> ALIASES = Map.of(
            "ln", LOG,
            "ceiling", CEIL,
            "ifnull", COALESCE,
            "fillnull", COALESCE,
            "lpad", PAD_START,
            "rpad", PAD_END);

    private final String text;
    private final int rank;
    private final Family family;
    private final int minArgs;
    private final int maxArgs;

    Op(String sign, int rank) {
        this(sign, rank, Family.CORE, 0, 0);
    }

    Op(String name, int minArgs, int maxArgs) {
        this(name, Family.CORE, minArgs, maxArgs);
    }

    Op(String name, Family family, int minArgs, int maxArgs) {
        this(name, Rank.PRIMARY, family, minArgs, maxArgs);
    }

    Op(String text, int rank, Family family, int minArgs, int maxArgs) {
        this.text = text;
        this.rank = rank;
        this.family = family;
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

    Family family() {
        return family;
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

    /** The function of this name in any case, with or without underscores, or null. */
    static Op function(String name) {
        String plain = name.replace("_", "").toLowerCase(Locale.ROOT);
        Op op = FUNCTIONS.get(plain);
        return op == null ? ALIASES.get(plain) : op;
    }

    /** The names of all functions, sorted. */
    static List<String> functionNames() {
        return FUNCTIONS.values().stream().map(Op::text).sorted().toList();
    }
}

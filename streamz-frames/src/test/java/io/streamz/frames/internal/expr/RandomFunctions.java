package io.streamz.frames.internal.expr;

import io.streamz.aggregations.Kind;
import java.util.List;
import java.util.Random;

/** Random calls of functions, by the kind of their value. */
final class RandomFunctions {
    private static final List<String> UNITS = List.of("1m", "7h", "1d", "1w", "1mo", "1q", "1y");
    private static final List<String> PATTERNS = List.of("a%", "%b", "_", "%", "it''s", "a_", "%t%s", "", "\\%", "%ä%");
    private static final List<String> REGEXES = List.of("a", "^(a|b)", "[^a]$", "(b?)a", "it.s");

    private final Random random;
    private final RandomTrees trees;

    RandomFunctions(Random random, RandomTrees trees) {
        this.random = random;
        this.trees = trees;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Node text(int depth) {
        return trees.tree(Kind.TEXT, depth);
    }

    private static Node whole(long value) {
        return new Node.Literal(value);
    }

    /** A call whose value is of the kind; of kinds that no function gives a choice by functions. */
    Node of(Kind kind, int depth) {
        if (random.nextInt(4) == 0 && kind != Kind.DECIMAL && kind != Kind.DURATION) {
            return chosen(kind, depth);
        }
        return switch (kind) {
            case BOOL -> bool(depth);
            case INT -> integer(depth);
            case FLOAT -> floating(depth);
            case DECIMAL -> decimal(depth);
            case TEXT -> words(depth);
            case TIMESTAMP -> moment(depth);
            default -> Node.call(Op.NULL_IF, trees.tree(kind, depth), trees.leaf(kind));
        };
    }

    private Node chosen(Kind kind, int depth) {
        return switch (random.nextInt(kind == Kind.BOOL ? 1 : 4)) {
            case 0 -> Node.call(Op.NULL_IF, trees.tree(kind, depth), trees.leaf(kind));
            case 1 -> Node.call(Op.CLIP, trees.tree(kind, depth), trees.leaf(kind), trees.column(kind));
            case 2 -> Node.call(Op.LEAST, trees.tree(kind, depth), trees.column(kind), trees.leaf(kind));
            default -> Node.call(Op.GREATEST, trees.column(kind), trees.tree(kind, depth));
        };
    }

    private Node bool(int depth) {
        return switch (random.nextInt(5)) {
            case 3 -> Node.call(Op.IS_BUSINESS_DAY, trees.tree(Kind.TIMESTAMP, depth));
            case 0 -> Node.call(one(List.of(Op.STARTS_WITH, Op.ENDS_WITH, Op.CONTAINS)), text(depth), text(depth));
            case 1 -> Node.call(Op.LIKE, text(depth), new Node.Literal(one(PATTERNS)));
            case 2 -> Node.call(Op.REGEX_MATCH, text(depth), new Node.Literal(one(REGEXES)));
            default ->
                Node.call(
                        one(List.of(Op.IS_FINITE, Op.IS_INFINITE)),
                        trees.tree(random.nextBoolean() ? Kind.FLOAT : Kind.INT, depth));
        };
    }

    private Node integer(int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> Node.call(one(List.of(Op.LENGTH, Op.BYTE_LENGTH)), text(depth));
            case 1 -> Node.call(Op.INDEX_OF, text(depth), text(depth));
            case 2 ->
                Node.call(
                        one(List.of(Op.BIT_AND, Op.BIT_OR, Op.BIT_XOR)),
                        trees.tree(Kind.INT, depth),
                        trees.tree(Kind.INT, depth));
            case 3 ->
                Node.call(
                        one(List.of(Op.YEAR, Op.MONTH, Op.DAY, Op.HOUR, Op.SECOND, Op.DAY_OF_WEEK, Op.DAY_OF_YEAR)),
                        trees.tree(Kind.TIMESTAMP, depth));
            case 4 -> Node.call(Op.ROUND, trees.tree(Kind.INT, depth), whole(random.nextInt(4) - 3L));
            default -> Node.call(one(List.of(Op.SIGN, Op.BIT_NOT, Op.FLOOR)), trees.tree(Kind.INT, depth));
        };
    }

    private Node floating(int depth) {
        Node x = trees.tree(Kind.FLOAT, depth);
        return switch (random.nextInt(4)) {
            case 0 -> Node.call(Op.ROUND, x, whole(random.nextInt(8) - 3L));
            case 1 -> Node.call(one(List.of(Op.FLOOR, Op.CEIL, Op.TRUNC, Op.ROUND, Op.SIGN)), x);
            case 2 -> Node.call(Op.ATAN2, x, trees.tree(Kind.FLOAT, depth));
            default -> Node.call(one(List.of(Op.SQRT, Op.EXP, Op.LOG, Op.NAN_AS_NULL)), x);
        };
    }

    private Node decimal(int depth) {
        Node x = trees.tree(Kind.DECIMAL, depth);
        return random.nextBoolean()
                ? Node.call(one(List.of(Op.FLOOR, Op.CEIL, Op.TRUNC)), x)
                : Node.call(Op.ROUND, x, whole(random.nextInt(3)));
    }

    private Node words(int depth) {
        return switch (random.nextInt(7)) {
            case 0 -> Node.call(one(List.of(Op.UPPER, Op.LOWER, Op.TRIM, Op.TRIM_START, Op.TRIM_END)), text(depth));
            case 1 -> Node.call(Op.SUBSTRING, text(depth), trees.leaf(Kind.INT));
            case 2 -> Node.call(Op.SUBSTRING, text(depth), trees.leaf(Kind.INT), trees.leaf(Kind.INT));
            case 3 -> Node.call(Op.REPLACE, text(depth), trees.leaf(Kind.TEXT), trees.leaf(Kind.TEXT));
            case 4 -> Node.call(Op.SPLIT_PART, text(depth), trees.leaf(Kind.TEXT), trees.leaf(Kind.INT));
            case 5 ->
                Node.call(Op.CONCAT, text(depth), new Node.Literal(one(List.of(" ", "\u2003x", ""))), text(depth));
            default ->
                Node.call(
                        random.nextBoolean() ? Op.PAD_START : Op.PAD_END,
                        trees.leaf(Kind.TEXT),
                        whole(random.nextInt(9) - 1L),
                        trees.leaf(Kind.TEXT));
        };
    }

    private Node moment(int depth) {
        Node time = trees.tree(Kind.TIMESTAMP, depth);
        return random.nextBoolean()
                ? Node.call(Op.TRUNCATE, time, new Node.Literal(one(UNITS)))
                : Node.call(Op.OFFSET_BY, time, new Node.Literal(one(List.of("1mo", "-1y", "2d"))));
    }
}

package io.streamz.frames.internal.expr;

import io.streamz.aggregations.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random trees that bind to {@link Samples#SCHEMA}, by the kind of their value. */
final class RandomTrees {
    private static final List<Op> COMPARISONS = List.of(Op.EQ, Op.NE, Op.LT, Op.LE, Op.GT, Op.GE);
    private static final List<Op> SUMS = List.of(Op.ADD, Op.SUB, Op.MUL, Op.FLOOR_DIV, Op.MOD);

    private final Random random;
    private final RandomFunctions functions;

    RandomTrees(Random random) {
        this.random = random;
        this.functions = new RandomFunctions(random, this);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Kind kind(Kind... of) {
        return of[random.nextInt(of.length)];
    }

    /** Of any kind. */
    Node any(int depth) {
        return tree(
                kind(
                        Kind.BOOL,
                        Kind.BOOL,
                        Kind.INT,
                        Kind.FLOAT,
                        Kind.DECIMAL,
                        Kind.TEXT,
                        Kind.TIMESTAMP,
                        Kind.DURATION),
                depth);
    }

    Node tree(Kind kind, int depth) {
        if (depth <= 0 || random.nextInt(6) == 0) {
            return leaf(kind);
        }
        if (random.nextInt(10) == 0) {
            return choice(kind, depth - 1);
        }
        if (random.nextInt(3) == 0) {
            return functions.of(kind, depth - 1);
        }
        return switch (kind) {
            case BOOL -> bool(depth - 1);
            case INT -> integer(depth - 1);
            case FLOAT -> floating(depth - 1);
            case DECIMAL -> decimal(depth - 1);
            case TIMESTAMP ->
                Node.call(random.nextBoolean() ? Op.ADD : Op.SUB, tree(Kind.TIMESTAMP, depth - 1), leaf(Kind.DURATION));
            case DURATION -> duration(depth - 1);
            case TEXT -> functions.of(kind, depth - 1);
            default -> leaf(kind);
        };
    }

    private Node choice(Kind kind, int depth) {
        // Decimals of many digits may not fit the scale of their neighbours: those stay small.
        boolean small = kind == Kind.DECIMAL;
        Node first = small ? new Node.Column("m") : column(kind);
        Node second = small ? new Node.Column("m") : tree(kind, depth);
        if (random.nextBoolean()) {
            return Node.call(Op.COALESCE, first, second, small ? few() : leaf(kind));
        }
        Node otherwise = random.nextInt(4) == 0 ? Node.Literal.NULL : small ? few() : tree(kind, depth);
        return Node.call(Op.CASE, bool(depth), first, bool(depth), second, otherwise);
    }

    private Node few() {
        return new Node.Literal(BigDecimal.valueOf(random.nextInt(2001) - 1000, random.nextInt(4)));
    }

    Node leaf(Kind kind) {
        if (random.nextInt(3) > 0) {
            return column(kind);
        }
        return switch (kind) {
            case BOOL -> new Node.Literal(random.nextBoolean());
            case INT -> new Node.Literal(random.nextInt(5) == 0 ? random.nextLong() : random.nextInt(9) - 4L);
            case FLOAT -> new Node.Literal(random.nextInt(6) == 0 ? Double.NaN : random.nextInt(17) / 4.0 - 2);
            case DECIMAL -> few();
            case TEXT -> new Node.Literal(one(List.of("", "a", "ab", "it's", "ä")));
            case DATE -> new Node.Literal(LocalDate.of(2001, 1, 1 + random.nextInt(3)));
            case TIMESTAMP ->
                new Node.Literal(Instant.ofEpochSecond(978_307_199L + random.nextInt(3), random.nextInt(2) * 500L));
            default ->
                new Node.Literal(Duration.ofNanos(random.nextInt(3_000_000) * (random.nextBoolean() ? 1L : 1_000L)));
        };
    }

    Node column(Kind kind) {
        return new Node.Column(
                switch (kind) {
                    case BOOL -> one(List.of("b", "c"));
                    case INT -> one(List.of("i", "j", "k"));
                    case FLOAT -> one(List.of("x", "y"));
                    case DECIMAL -> one(List.of("m", "n"));
                    case TEXT -> one(List.of("s", "t"));
                    case DATE -> one(List.of("d", "e"));
                    case TIMESTAMP -> one(List.of("ts", "tn"));
                    default -> one(List.of("u", "v"));
                });
    }

    private Node bool(int depth) {
        return switch (random.nextInt(8)) {
            case 0, 1 ->
                Node.call(random.nextBoolean() ? Op.AND : Op.OR, tree(Kind.BOOL, depth), tree(Kind.BOOL, depth));
            case 2 -> Node.call(Op.NOT, tree(Kind.BOOL, depth));
            case 3 -> Node.call(Op.IS_NULL, any(depth));
            case 4 -> Node.call(Op.IS_NAN, tree(kind(Kind.INT, Kind.FLOAT, Kind.DECIMAL), depth));
            case 5 -> in(depth);
            case 6 -> {
                Kind[] sides = sides();
                yield Node.call(Op.BETWEEN, tree(sides[0], depth), leaf(sides[1]), leaf(sides[1]));
            }
            default -> {
                Kind[] sides = sides();
                yield Node.call(one(COMPARISONS), tree(sides[0], depth), tree(sides[1], depth));
            }
        };
    }

    private Node in(int depth) {
        Kind[] sides = sides();
        List<Node> args = new ArrayList<>();
        args.add(tree(sides[0], depth));
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            args.add(random.nextInt(8) == 0 ? Node.Literal.NULL : leaf(sides[1]));
        }
        return Node.call(Op.IN, args);
    }

    /** Two kinds that can be compared. */
    private Kind[] sides() {
        Kind left = kind(Kind.values());
        return switch (left) {
            case INT, FLOAT, DECIMAL -> new Kind[] {left, kind(Kind.INT, Kind.FLOAT, Kind.DECIMAL)};
            case DATE, TIMESTAMP -> new Kind[] {left, kind(Kind.DATE, Kind.TIMESTAMP)};
            case BINARY, TIME -> new Kind[] {Kind.TEXT, Kind.TEXT};
            default -> new Kind[] {left, left};
        };
    }

    private Node integer(int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> Node.call(random.nextBoolean() ? Op.NEG : Op.ABS, tree(Kind.INT, depth));
            case 1 -> Node.call(Op.POW, column(Kind.INT), new Node.Literal((long) random.nextInt(4)));
            case 2 -> Node.call(Op.FLOOR_DIV, tree(Kind.DURATION, depth), tree(Kind.DURATION, depth));
            default -> Node.call(one(SUMS), tree(Kind.INT, depth), tree(Kind.INT, depth));
        };
    }

    private Node floating(int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> Node.call(random.nextBoolean() ? Op.NEG : Op.ABS, tree(Kind.FLOAT, depth));
            case 1 -> Node.call(Op.POW, tree(Kind.FLOAT, depth), tree(kind(Kind.INT, Kind.FLOAT), depth));
            case 2 ->
                Node.call(
                        Op.DIV,
                        tree(kind(Kind.INT, Kind.FLOAT, Kind.DECIMAL), depth),
                        tree(kind(Kind.INT, Kind.DECIMAL), depth));
            case 3 -> Node.call(one(SUMS), tree(kind(Kind.INT, Kind.DECIMAL), depth), tree(Kind.FLOAT, depth));
            default -> Node.call(one(SUMS), tree(Kind.FLOAT, depth), tree(Kind.FLOAT, depth));
        };
    }

    /** Products of products have too many digits behind the point. */
    private Node decimal(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> Node.call(random.nextBoolean() ? Op.NEG : Op.ABS, tree(Kind.DECIMAL, depth));
            case 1 -> Node.call(Op.MUL, leaf(Kind.DECIMAL), leaf(kind(Kind.INT, Kind.DECIMAL)));
            default ->
                Node.call(
                        one(List.of(Op.ADD, Op.SUB, Op.FLOOR_DIV, Op.MOD)),
                        tree(Kind.DECIMAL, depth),
                        tree(kind(Kind.INT, Kind.DECIMAL), depth));
        };
    }

    private Node duration(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> Node.call(Op.SUB, tree(kind(Kind.DATE, Kind.TIMESTAMP), depth), tree(Kind.TIMESTAMP, depth));
            case 1 -> Node.call(Op.MUL, tree(Kind.DURATION, depth), new Node.Literal(random.nextInt(9) - 4L));
            case 2 -> Node.call(random.nextBoolean() ? Op.NEG : Op.ABS, tree(Kind.DURATION, depth));
            default ->
                Node.call(one(List.of(Op.ADD, Op.SUB, Op.MOD)), tree(Kind.DURATION, depth), tree(Kind.DURATION, depth));
        };
    }
}

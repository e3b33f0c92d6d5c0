package io.streamz.frames.internal.expr;

import io.streamz.frames.internal.expr.Op.Rank;
import java.util.List;

/** Writes a tree as text that reads back as an equal tree, with no more parentheses than that needs. */
public final class Printer {
    private final StringBuilder out = new StringBuilder();

    private Printer() {}

    public static String print(Node node) {
        Printer printer = new Printer();
        printer.write(node, 0);
        return printer.out.toString();
    }

    /** A name as it stands in an expression: plain where it reads as a name, else in backticks. */
    public static String name(String name) {
        return Words.quoted(name);
    }

    private void write(Node node, int lowest) {
        boolean enclosed = rank(node) < lowest;
        if (enclosed) {
            out.append('(');
        }
        if (node instanceof Node.Column column) {
            out.append(Words.quoted(column.name()));
        } else if (node instanceof Node.Literal literal) {
            out.append(Literals.printed(literal.value()));
        } else if (node instanceof Node.Cast cast) {
            out.append(cast.strict() ? "cast(" : "try_cast(");
            write(cast.arg(), 0);
            out.append(" as ").append(cast.type()).append(')');
        } else if (node instanceof Node.Parameter parameter) {
            out.append('@').append(Words.quoted(parameter.name()));
        } else if (node instanceof Node.Own own) {
            out.append(own.function().label()).append('(');
            list(own.args());
            out.append(')');
        } else if (node instanceof Moving moving) {
            out.append(moving);
        } else {
            write((Node.Call) node);
        }
        if (enclosed) {
            out.append(')');
        }
    }

    private static int rank(Node node) {
        if (node instanceof Node.Call call) {
            return negatedTest(call) ? Rank.COMPARE : call.op().rank();
        }
        return isNegative(node) ? Rank.SIGN : Rank.PRIMARY;
    }

    /** Whether this is one of the tests whose not stands inside: {@code x is not null}. */
    private static boolean negatedTest(Node.Call call) {
        return call.op() == Op.NOT
                && call.args().get(0) instanceof Node.Call inner
                && (inner.op() == Op.IS_NULL
                        || inner.op() == Op.IN
                        || inner.op() == Op.BETWEEN
                        || inner.op() == Op.LIKE);
    }

    private static boolean isNegative(Node node) {
        return node instanceof Node.Literal literal
                && literal.value() instanceof Number
                && Literals.printed(literal.value()).startsWith("-");
    }

    private void write(Node.Call call) {
        List<Node> args = call.args();
        if (call.op().isFunction()) {
            out.append(call.op().text()).append('(');
            list(args);
            out.append(')');
            return;
        }
        switch (call.op()) {
            case NOT -> not(call);
            case NEG -> negated(args.get(0));
            case CASE -> cases(args);
            case IS_NULL, IN, BETWEEN, LIKE -> test(call, "");
            case POW -> infix(call, Rank.PRIMARY, Rank.SIGN);
            default -> {
                // Comparisons do not chain; the others lean to the left.
                int rank = call.op().rank();
                infix(call, rank == Rank.COMPARE ? rank + 1 : rank, rank + 1);
            }
        }
    }

    private void infix(Node.Call call, int left, int right) {
        write(call.args().get(0), left);
        out.append(' ').append(call.op().text()).append(' ');
        write(call.args().get(1), right);
    }

    private void not(Node.Call call) {
        if (negatedTest(call)) {
            test((Node.Call) call.args().get(0), "not ");
        } else {
            out.append("not ");
            write(call.args().get(0), Rank.NOT);
        }
    }

    /** A number behind a sign would read as one negative number. */
    private void negated(Node arg) {
        out.append('-');
        boolean number = arg instanceof Node.Literal literal
                && (literal.value() instanceof Long || literal.value() instanceof Double);
        write(arg, number ? Rank.PRIMARY + 1 : Rank.SIGN);
    }

    private void test(Node.Call call, String not) {
        List<Node> args = call.args();
        write(args.get(0), Rank.ADD);
        if (call.op() == Op.IS_NULL) {
            out.append(" is ").append(not).append("null");
        } else if (call.op() == Op.LIKE) {
            out.append(' ').append(not).append("like ");
            write(args.get(1), Rank.ADD);
        } else if (call.op() == Op.IN) {
            out.append(' ').append(not).append("in (");
            list(args.subList(1, args.size()));
            out.append(')');
        } else {
            out.append(' ').append(not).append("between ");
            write(args.get(1), Rank.ADD);
            out.append(" and ");
            write(args.get(2), Rank.ADD);
        }
    }

    private void cases(List<Node> parts) {
        out.append("case");
        int last = parts.size() - 1;
        for (int i = 0; i < last; i += 2) {
            out.append(" when ");
            write(parts.get(i), 0);
            out.append(" then ");
            write(parts.get(i + 1), 0);
        }
        if (!parts.get(last).equals(Node.Literal.NULL)) {
            out.append(" else ");
            write(parts.get(last), 0);
        }
        out.append(" end");
    }

    private void list(List<Node> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            write(nodes.get(i), 0);
        }
    }
}

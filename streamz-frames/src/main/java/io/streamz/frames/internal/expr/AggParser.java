package io.streamz.frames.internal.expr;

import io.streamz.core.PlanException;
import io.streamz.frames.internal.expr.Token.Form;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code function(input, ..., parameter, ...) [where condition] [minCount n] [as name], ...}. */
final class AggParser {
    private final Cursor cursor;

    AggParser(String text) {
        this.cursor = new Cursor(text, "aggregations such as count(), sum(x)");
    }

    AggParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /** One aggregate within an expression, without a name of its own. */
    AggText rowsOf() {
        return parts(call());
    }

    List<AggText> list() {
        List<AggText> list = new ArrayList<>();
        do {
            list.add(options(call()));
        } while (cursor.acceptSign(","));
        cursor.expectEnd("',', where, minCount, as or ");
        return list;
    }

    private AggText call() {
        Token function = cursor.peek();
        cursor.expectName("an aggregation such as sum(x)");
        String known = AggText.known(function.text());
        if (known == null && cursor.peek().isSign("(")) {
            throw SyntaxError.at(
                    "unknown-function",
                    cursor.text(),
                    function.from(),
                    "no aggregation '" + function.text() + "'" + AggText.offer(function.text()));
        }
        cursor.expectSign("(");
        List<Node> args = arguments();
        List<Double> parameters = new ArrayList<>();
        while (args.size() > 1 && number(args.get(args.size() - 1)) != null) {
            parameters.add(0, number(args.remove(args.size() - 1)));
        }
        AggText read = new AggText(known, args, parameters, null, 0, null);
        try {
            return read.checked(read.aggregation());
        } catch (PlanException e) {
            throw SyntaxError.at(e.code(), cursor.text(), function.from(), e.getMessage());
        }
    }

    private List<Node> arguments() {
        List<Node> args = new ArrayList<>();
        boolean rows = cursor.peek().isSign("*") && cursor.peekSecond().isSign(")");
        if (rows) {
            cursor.next();
        }
        if (cursor.acceptSign(")")) {
            return args;
        }
        do {
            args.add(new Parser(cursor).expression());
        } while (cursor.acceptSign(","));
        if (!cursor.acceptSign(")")) {
            throw cursor.expected("',' or ')'");
        }
        return args;
    }

    /** The number that a literal is, or null. */
    private static Double number(Node node) {
        if (node instanceof Node.Literal literal
                && (literal.value() instanceof Long || literal.value() instanceof Double)) {
            return ((Number) literal.value()).doubleValue();
        }
        return null;
    }

    /** The parts behind a call, in any order, each at most once. */
    private AggText options(AggText call) {
        AggText read = parts(call);
        if (cursor.acceptWord("as")) {
            read = parts(read.as(cursor.expectName("a name")));
        }
        return read;
    }

    private AggText parts(AggText call) {
        AggText read = call;
        while (true) {
            if (read.where() == null && cursor.acceptWord("where")) {
                read = read.where(new Parser(cursor).expression());
            } else if (read.minCount() == 0 && cursor.acceptWord("minCount")) {
                read = read.minCount(count());
            } else {
                return read;
            }
        }
    }

    private int count() {
        Token token = cursor.peek();
        if (token.form() != Form.NUMBER || !token.text().matches("[1-9]\\d{0,8}")) {
            throw cursor.expected("a number of values from 1");
        }
        return Integer.parseInt(cursor.next().text());
    }
}

package io.streamz.frames.internal.expr;

import io.streamz.aggregations.Span.Closed;
import io.streamz.core.PlanException;
import io.streamz.frames.Smoothing;
import io.streamz.frames.internal.expr.Moving.Extent;
import io.streamz.frames.internal.expr.Token.Form;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads what is made of several rows within an expression:
 *
 * <pre>
 *   aggregate(...) [where condition] [minCount n] [rolling n | rolling '5m' | expanding] [minPeriods n] [closed left] [over key]
 *   cumSum(x) [over key]      shift(x, 1)      ewmMean(x) span 20 [unadjusted] [ignoreNulls] [minPeriods n]
 * </pre>
 *
 * Several keys stand in parentheses.
 */
final class MovingParser {
    private final Cursor cursor;

    MovingParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /** Whether a function of this name is made of several rows. */
    static boolean knows(String function) {
        return Sequence.of(function) != null || AggText.known(function) != null;
    }

    /** The cursor stands at the name. */
    Node read() {
        Token name = cursor.peek();
        Sequence sequence = Sequence.of(name.text());
        try {
            return over(sequence == null ? aggregate(name) : sequence(sequence, name));
        } catch (PlanException e) {
            throw e.code().equals("parameter")
                    ? SyntaxError.at(e.code(), cursor.text(), name.from(), e.getMessage())
                    : e;
        }
    }

    private Moving aggregate(Token name) {
        AggText call = new AggParser(cursor).rowsOf();
        Extent extent = extent();
        if (extent == null && !cursor.peek().isWord("over")) {
            throw cursor.at(
                    name,
                    call + " is made of many rows; say which: rolling 20, rolling '5m', expanding, or over a key");
        }
        return new Moving(call, call.aggregation(), extent == null ? Extent.EXPANDING : extent, List.of());
    }

    private Moving sequence(Sequence function, Token name) {
        cursor.next();
        cursor.expectSign("(");
        Node input = new Parser(cursor).expression();
        long number = 0;
        if (function.takesNumber() && cursor.acceptSign(",")) {
            Token rows = cursor.peek();
            number = count();
            if (number == 0) {
                throw cursor.at(rows, name.text() + " looks 0 rows back; it is 1 or more");
            }
        }
        cursor.expectSign(")");
        Smoothing smoothing = function.isEwm() ? smoothing(name) : null;
        return Moving.of(function, input, number, smoothing);
    }

    private Extent extent() {
        Extent extent;
        if (cursor.acceptWord("expanding")) {
            extent = Extent.EXPANDING;
        } else if (cursor.acceptWord("rolling")) {
            extent = cursor.peek().form() == Form.STRING ? Extent.time(duration()) : Extent.rows(count());
        } else {
            return null;
        }
        if (cursor.acceptWord("minPeriods")) {
            extent = extent.minPeriods(count());
        }
        return cursor.acceptWord("closed") ? extent.closed(ends()) : extent;
    }

    private Closed ends() {
        String word = cursor.expectName("left, right, both or neither");
        try {
            return Closed.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new PlanException(
                    "parameter", "rolling", "closed " + word + "; it is left, right, both or neither", "", e);
        }
    }

    private Smoothing smoothing(Token name) {
        for (String kind : List.of("com", "span", "halfLife", "alpha")) {
            if (cursor.acceptWord(kind)) {
                boolean byTime = kind.equals("halfLife") && cursor.peek().form() == Form.STRING;
                Smoothing smoothing = byTime ? Smoothing.of(duration()) : Smoothing.of(kind, number());
                smoothing = cursor.acceptWord("unadjusted") ? smoothing.adjust(false) : smoothing;
                smoothing = cursor.acceptWord("ignoreNulls") ? smoothing.ignoreNulls(true) : smoothing;
                return cursor.acceptWord("minPeriods") ? smoothing.minPeriods((int) count()) : smoothing;
            }
        }
        throw cursor.at(name, name.text() + " needs com, span, halfLife or alpha behind it, such as span 20");
    }

    private Node over(Moving moving) {
        if (!cursor.acceptWord("over")) {
            return moving;
        }
        List<String> keys = new ArrayList<>();
        if (cursor.acceptSign("(")) {
            do {
                keys.add(cursor.expectName("a key column"));
            } while (cursor.acceptSign(","));
            cursor.expectSign(")");
        } else {
            keys.add(cursor.expectName("a key column"));
        }
        return moving.by(keys);
    }

    private long count() {
        Token token = cursor.peek();
        if (token.form() != Form.NUMBER || !token.text().matches("\\d{1,10}")) {
            throw cursor.expected("a number of rows");
        }
        return Long.parseLong(cursor.next().text());
    }

    private double number() {
        Token token = cursor.peek();
        if (token.form() != Form.NUMBER) {
            throw cursor.expected("a number");
        }
        return Double.parseDouble(cursor.next().text());
    }

    private Duration duration() {
        Token token = cursor.next();
        try {
            return Literals.duration(token.text());
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw cursor.at(token, "'" + token.text() + "' is no length of time; write it as '500ms', '5m' or '1d'");
        }
    }
}

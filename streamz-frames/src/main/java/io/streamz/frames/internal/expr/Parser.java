package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import io.streamz.frames.ExprFunction;
import io.streamz.frames.ExprFunctions;
import io.streamz.frames.internal.expr.Op.Rank;
import io.streamz.frames.internal.expr.Token.Form;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads an expression by precedence climbing. From loose to tight: or; and; not; comparisons, is, in, between, which do not
 * chain; + -; * / // %; the sign; ** (to the right). Words are read in any case.
 */
final class Parser {
    private static final int MAX_NESTING = 250;

    private static final Map<String, Op> INFIX = Map.ofEntries(
            Map.entry("||", Op.OR),
            Map.entry("&&", Op.AND),
            Map.entry("=", Op.EQ),
            Map.entry("==", Op.EQ),
            Map.entry("!=", Op.NE),
            Map.entry("<>", Op.NE),
            Map.entry("<", Op.LT),
            Map.entry("<=", Op.LE),
            Map.entry(">", Op.GT),
            Map.entry(">=", Op.GE),
            Map.entry("+", Op.ADD),
            Map.entry("-", Op.SUB),
            Map.entry("*", Op.MUL),
            Map.entry("/", Op.DIV),
            Map.entry("//", Op.FLOOR_DIV),
            Map.entry("%", Op.MOD),
            Map.entry("**", Op.POW));

    private final Cursor cursor;
    private int nesting;

    Parser(Cursor cursor) {
        this.cursor = cursor;
    }

    /** Everything up to the first token that cannot belong to the expression. */
    Node expression() {
        return climb(Rank.OR);
    }

    private Node climb(int lowest) {
        if (++nesting > MAX_NESTING) {
            throw cursor.at(cursor.peek(), "the expression nests deeper than " + MAX_NESTING + " levels");
        }
        Node left = prefix(lowest);
        boolean compared = false;
        for (Op op = infix(); op != null && op.rank() >= lowest; op = infix()) {
            if (op.rank() == Rank.COMPARE) {
                refuseChain(compared);
                left = comparison(op, left);
                compared = true;
            } else {
                cursor.next();
                // A power takes a signed power to its right, everything else what binds tighter than itself.
                left = Node.call(op, left, climb(op == Op.POW ? Rank.SIGN : op.rank() + 1));
                compared = false;
            }
        }
        nesting--;
        return left;
    }

    private void refuseChain(boolean compared) {
        if (compared) {
            throw cursor.at(cursor.peek(), "comparisons do not chain; join two with and, or use parentheses");
        }
    }

    /** The operator that stands here between two operands, or null. */
    private Op infix() {
        Token token = cursor.peek();
        if (token.form() == Form.SIGN) {
            return INFIX.get(token.text());
        }
        if (token.isWord("or")) {
            return Op.OR;
        }
        if (token.isWord("and")) {
            return Op.AND;
        }
        if (token.isWord("is")) {
            return Op.IS_NULL;
        }
        Token word = token.isWord("not") ? cursor.peekSecond() : token;
        if (word.isWord("like")) {
            return Op.LIKE;
        }
        return word.isWord("in") ? Op.IN : word.isWord("between") ? Op.BETWEEN : null;
    }

    private Node comparison(Op op, Node left) {
        if (op.isComparison()) {
            cursor.next();
            return Node.call(op, left, climb(Rank.ADD));
        }
        boolean negated = cursor.acceptWord("not");
        cursor.next();
        Node test;
        if (op == Op.IS_NULL) {
            negated = cursor.acceptWord("not");
            cursor.expectWord("null");
            test = Node.call(Op.IS_NULL, left);
        } else if (op == Op.IN) {
            test = Node.call(Op.IN, listAfter(left));
        } else if (op == Op.LIKE) {
            test = Node.call(Op.LIKE, left, climb(Rank.ADD));
        } else {
            Node low = climb(Rank.ADD);
            cursor.expectWord("and");
            test = Node.call(Op.BETWEEN, left, low, climb(Rank.ADD));
        }
        return negated ? Node.call(Op.NOT, test) : test;
    }

    private List<Node> listAfter(Node first) {
        List<Node> list = new ArrayList<>();
        list.add(first);
        cursor.expectSign("(");
        expressionsInto(list);
        return list;
    }

    /** Expressions up to and with the closing parenthesis. */
    private void expressionsInto(List<Node> list) {
        if (cursor.acceptSign(")")) {
            return;
        }
        do {
            list.add(expression());
        } while (cursor.acceptSign(","));
        if (!cursor.acceptSign(")")) {
            throw cursor.expected("',' or ')'");
        }
    }

    private Node prefix(int lowest) {
        Token token = cursor.peek();
        if (token.isWord("not") || token.isSign("!")) {
            if (lowest > Rank.NOT) {
                throw cursor.at(token, "expected a value but found '" + token.text() + "'; put it in parentheses");
            }
            cursor.next();
            return Node.call(Op.NOT, climb(Rank.NOT));
        }
        if (cursor.acceptSign("-")) {
            Token number = cursor.peek();
            if (number.form() == Form.NUMBER && !cursor.peekSecond().isSign("**")) {
                cursor.next();
                return number(number, "-");
            }
            return Node.call(Op.NEG, climb(Rank.SIGN));
        }
        return cursor.acceptSign("+") ? climb(Rank.SIGN) : primary();
    }

    private Node primary() {
        Token token = cursor.peek();
        return switch (token.form()) {
            case NUMBER -> number(cursor.next(), "");
            case STRING -> new Node.Literal(cursor.next().text());
            case QUOTED_NAME -> new Node.Column(cursor.next().text());
            case NAME -> word(token);
            case SIGN -> token.isSign("@") ? parameter() : parenthesised();
            case END -> throw cursor.expected("a value");
        };
    }

    private Node parameter() {
        cursor.next();
        return new Node.Parameter(cursor.expectName("the name of a parameter"));
    }

    /** A user's function with its version: {@code risk@2(price)}. */
    private Node ownFunction() {
        Token name = cursor.next();
        cursor.next();
        Token version = cursor.next();
        ExprFunction function =
                version.text().matches("[1-9]\\d{0,8}") && cursor.peek().isSign("(")
                        ? ExprFunctions.find(name.text(), Integer.parseInt(version.text()))
                        : null;
        if (function == null) {
            throw SyntaxError.at(
                    "unknown-function",
                    cursor.text(),
                    name.from(),
                    "no function '" + name.text() + "@" + version.text() + "'"
                            + Words.offer(name.text(), "Registered functions", ExprFunctions.names()));
        }
        return own(function, name);
    }

    private Node own(ExprFunction function, Token name) {
        cursor.next();
        List<Node> args = new ArrayList<>();
        expressionsInto(args);
        if (args.size() != function.inputs().size()) {
            throw cursor.at(
                    name,
                    function.label() + " takes " + function.inputs().size() + " arguments but has " + args.size());
        }
        return Node.own(function, args);
    }

    private Node parenthesised() {
        if (!cursor.acceptSign("(")) {
            throw cursor.expected("a value");
        }
        Node inside = expression();
        if (!cursor.acceptSign(")")) {
            throw cursor.expected("an operator or ')'");
        }
        return inside;
    }

    private Node number(Token token, String sign) {
        String digits = sign + token.text();
        if (digits.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9')) {
            try {
                return new Node.Literal(Long.valueOf(digits));
            } catch (NumberFormatException e) {
                throw cursor.at(
                        token,
                        digits + " is outside the range of int64; write decimal '" + digits + "' or " + digits + ".0");
            }
        }
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            throw cursor.at(token, digits + " is outside the range of float64");
        }
        return new Node.Literal(value);
    }

    private Node word(Token token) {
        if (token.isWord("null") || token.isWord("true") || token.isWord("false")) {
            cursor.next();
            return token.isWord("null") ? Node.Literal.NULL : new Node.Literal(token.isWord("true"));
        }
        if (Words.isReserved(token.text())) {
            throw cursor.at(
                    token,
                    "expected a value but found '" + token.text() + "'; a column of that name stands in backticks");
        }
        Token second = cursor.peekSecond();
        if (token.isWord("case") && second.isWord("when")) {
            return cases();
        }
        if (second.isSign("(")) {
            return token.isWord("cast") || token.isWord("try_cast") ? cast(token.isWord("cast")) : function();
        }
        if (second.isSign("@")) {
            return ownFunction();
        }
        cursor.next();
        return second.form() == Form.STRING ? typed(token) : new Node.Column(token.text());
    }

    private Node typed(Token type) {
        Token text = cursor.peek();
        Object value;
        try {
            value = Literals.typed(type.text(), text.text());
        } catch (DateTimeException | ArithmeticException | NumberFormatException | PlanException e) {
            throw cursor.at(text, "'" + text.text() + "' is no " + type.text() + "; " + Literals.example(type.text()));
        }
        if (value == null) {
            throw cursor.at(text, "expected an operator between '" + type.text() + "' and " + text.shown());
        }
        cursor.next();
        return new Node.Literal(value);
    }

    private Node function() {
        Token name = cursor.peek();
        Op op = Op.function(name.text());
        if (op == null) {
            ExprFunction own = ExprFunctions.find(name.text(), 0);
            if (own == null && MovingParser.knows(name.text())) {
                return new MovingParser(cursor).read();
            }
            if (own == null) {
                throw unknownFunction(name);
            }
            cursor.next();
            return own(own, name);
        }
        cursor.next();
        cursor.next();
        List<Node> args = new ArrayList<>();
        expressionsInto(args);
        if (!op.takes(args.size())) {
            throw cursor.at(name, op.text() + " takes " + op.arity() + " but has " + args.size());
        }
        return Node.call(op, args);
    }

    private PlanException unknownFunction(Token name) {
        List<String> known = new ArrayList<>(Op.functionNames());
        known.addAll(ExprFunctions.names());
        String offer = Words.offer(name.text(), "Functions", known);
        return SyntaxError.at(
                "unknown-function", cursor.text(), name.from(), "no function '" + name.text() + "'" + offer);
    }

    private Node cast(boolean strict) {
        cursor.next();
        cursor.next();
        Node arg = expression();
        cursor.expectWord("as");
        Token first = cursor.peek();
        StringBuilder name = new StringBuilder();
        int open = 0;
        while (open > 0 || !cursor.peek().isSign(")")) {
            Token token = cursor.next();
            if (token.form() == Form.END) {
                throw cursor.expected("')'");
            }
            open += token.isSign("(") ? 1 : token.isSign(")") ? -1 : 0;
            name.append(token.text());
        }
        cursor.next();
        DataType type = TypeText.parse(name.toString())
                .orElseThrow(() -> cursor.at(first, "no type '" + name + "'; types are: " + TypeText.VALID));
        return Node.cast(arg, type, strict);
    }

    private Node cases() {
        cursor.next();
        List<Node> parts = new ArrayList<>();
        while (cursor.acceptWord("when")) {
            parts.add(expression());
            cursor.expectWord("then");
            parts.add(expression());
        }
        parts.add(cursor.acceptWord("else") ? expression() : Node.Literal.NULL);
        if (!cursor.acceptWord("end")) {
            throw cursor.expected("an operator, when, else or end");
        }
        return Node.call(Op.CASE, parts);
    }
}

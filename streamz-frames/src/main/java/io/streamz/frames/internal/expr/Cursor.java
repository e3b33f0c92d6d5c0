package io.streamz.frames.internal.expr;

import io.streamz.core.PlanException;
import io.streamz.frames.internal.expr.Token.Form;
import java.util.List;

/** A place in a list of tokens, with what every parser needs: look, take, expect, complain. */
final class Cursor {
    private final String text;
    private final List<Token> tokens;
    private int at;

    Cursor(String text, String wanted) {
        if (text.isBlank()) {
            throw new PlanException("syntax", text, "expected " + wanted + " but the text is empty", "");
        }
        this.text = text;
        this.tokens = Lexer.tokens(text);
    }

    String text() {
        return text;
    }

    Token peek() {
        return tokens.get(at);
    }

    /** The token behind the next one; the end again at the end. */
    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (token.form() != Form.END) {
            at++;
        }
        return token;
    }

    boolean acceptSign(String sign) {
        boolean there = peek().isSign(sign);
        if (there) {
            next();
        }
        return there;
    }

    boolean acceptWord(String word) {
        boolean there = peek().isWord(word);
        if (there) {
            next();
        }
        return there;
    }

    void expectSign(String sign) {
        if (!acceptSign(sign)) {
            throw expected("'" + sign + "'");
        }
    }

    void expectWord(String word) {
        if (!acceptWord(word)) {
            throw expected("'" + word + "'");
        }
    }

    /** @param orElse what else could stand here, with a blank behind it */
    void expectEnd(String orElse) {
        if (peek().form() != Form.END) {
            throw expected(orElse + "the end");
        }
    }

    /** A name, plain or in backticks. */
    String expectName(String what) {
        Token token = peek();
        if (token.form() == Form.QUOTED_NAME || isName(token)) {
            return next().text();
        }
        throw expected(what);
    }

    PlanException expected(String what) {
        return at(peek(), "expected " + what + " but found " + peek().shown() + spelling());
    }

    /** Two names side by side are most often one with a blank in it. */
    private String spelling() {
        boolean isSecond = at > 0 && isName(tokens.get(at - 1)) && isName(peek());
        return isSecond ? "; a name with a blank in it stands in backticks" : "";
    }

    private static boolean isName(Token token) {
        return token.form() == Form.NAME && !Words.isReserved(token.text());
    }

    PlanException at(Token token, String message) {
        return SyntaxError.at(text, token.from(), message);
    }
}

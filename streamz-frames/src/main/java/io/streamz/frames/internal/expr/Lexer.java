package io.streamz.frames.internal.expr;

import io.streamz.frames.internal.expr.Token.Form;
import java.util.ArrayList;
import java.util.List;

/** Cuts expression text into tokens. */
final class Lexer {
    /** The longest text that is read. */
    static final int MAX_LENGTH = 65_536;

    /** Longer signs first, so that the longest one that fits is taken. */
    private static final List<String> SIGNS = List.of(
            "**", "//", "==", "!=", "<>", "<=", ">=", "&&", "||", "=", "<", ">", "+", "-", "*", "/", "%", "(", ")", ",",
            "!", "@");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /** All tokens of the text; the last one is of the form END. */
    static List<Token> tokens(String text) {
        if (text.length() > MAX_LENGTH) {
            throw SyntaxError.at(text, MAX_LENGTH, "the text is longer than " + MAX_LENGTH + " characters");
        }
        return new Lexer(text).all();
    }

    private List<Token> all() {
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (Character.isWhitespace(c)) {
                at += Character.charCount(c);
            } else if (Words.isStart(c)) {
                name();
            } else if (isDigit(at) || c == '.' && isDigit(at + 1)) {
                number();
            } else if (c == '\'') {
                quoted('\'', Form.STRING, "a text");
            } else if (c == '`') {
                quoted('`', Form.QUOTED_NAME, "a name");
            } else {
                sign();
            }
        }
        tokens.add(new Token(Form.END, "", text.length(), text.length()));
        return tokens;
    }

    private void name() {
        int from = at;
        while (at < text.length() && Words.isPart(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        tokens.add(new Token(Form.NAME, text.substring(from, at), from, at));
    }

    private void number() {
        int from = at;
        digits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            if (!isDigit(at)) {
                throw SyntaxError.at(text, at, "expected the digits of an exponent");
            }
            digits();
        }
        if (at < text.length() && Words.isPart(text.codePointAt(at))) {
            throw SyntaxError.at(
                    text,
                    at,
                    "a number cannot go on with a letter; a name that starts with a digit stands in backticks");
        }
        tokens.add(new Token(Form.NUMBER, text.substring(from, at), from, at));
    }

    private void digits() {
        while (isDigit(at)) {
            at++;
        }
    }

    private boolean isDigit(int place) {
        return place < text.length() && text.charAt(place) >= '0' && text.charAt(place) <= '9';
    }

    /** A text or name between two equal marks; the mark itself is written twice. */
    private void quoted(char mark, Form form, String what) {
        int from = at++;
        StringBuilder inside = new StringBuilder();
        while (true) {
            int end = text.indexOf(mark, at);
            if (end < 0) {
                throw SyntaxError.at(text, from, what + " starts here and does not end; expected another " + mark);
            }
            inside.append(text, at, end);
            at = end + 1;
            if (at == text.length() || text.charAt(at) != mark) {
                break;
            }
            inside.append(mark);
            at++;
        }
        tokens.add(new Token(form, inside.toString(), from, at));
    }

    private void sign() {
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                tokens.add(new Token(Form.SIGN, sign, at, at + sign.length()));
                at += sign.length();
                return;
            }
        }
        throw SyntaxError.at(text, at, unexpected(text.codePointAt(at)));
    }

    private static String unexpected(int c) {
        return switch (c) {
            case '"' -> "unexpected \"; texts stand in single quotes, names in backticks";
            case '^' -> "unexpected ^; a power is written **";
            case '.' -> "unexpected .; a name with a point in it stands in backticks";
            case '&' -> "unexpected &; write and";
            case '|' -> "unexpected |; write or";
            default -> "unexpected character " + Character.toString(c) + "; a name with it stands in backticks";
        };
    }
}

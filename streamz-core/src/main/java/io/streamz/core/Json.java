package io.streamz.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON that this library writes, and refuses everything else: objects, lists, texts and whole numbers, no name
 * twice, no deeper than 16. Values are {@code Map}, {@code List}, {@code String} and {@code Long}.
 */
final class Json {
    private static final int DEEPEST = 16;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** The value that the text is; throws {@link IllegalArgumentException} with the place where it is none. */
    static Object read(String text) {
        Json json = new Json(text);
        Object value = json.value(0);
        json.blanks();
        if (json.at < text.length()) {
            throw json.wrong("the end");
        }
        return value;
    }

    /** A text in quotes. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c) || c == 0x2028 || c == 0x2029) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private Object value(int depth) {
        if (depth > DEEPEST) {
            throw wrong("no more depth");
        }
        blanks();
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> list(depth);
            case '"' -> text();
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> values = new LinkedHashMap<>();
        take('{');
        if (!ends('}')) {
            do {
                blanks();
                String name = text();
                blanks();
                take(':');
                if (values.put(name, value(depth + 1)) != null) {
                    throw wrong("another name than '" + name + "' again");
                }
            } while (goesOn('}'));
        }
        return values;
    }

    private List<Object> list(int depth) {
        List<Object> values = new ArrayList<>();
        take('[');
        if (!ends(']')) {
            do {
                values.add(value(depth + 1));
            } while (goesOn(']'));
        }
        return values;
    }

    private boolean ends(char end) {
        blanks();
        if (peek() != end) {
            return false;
        }
        at++;
        return true;
    }

    private boolean goesOn(char end) {
        if (ends(end)) {
            return false;
        }
        take(',');
        return true;
    }

    private String text() {
        take('"');
        StringBuilder out = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                throw wrong("a text without control characters");
            }
            out.append(c == '\\' ? escaped() : c);
        }
        return out.toString();
    }

    private char escaped() {
        char c = next();
        if (c == '"' || c == '\\') {
            return c;
        }
        if (c != 'u' || text.length() - at < 4) {
            throw wrong("an escape");
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private Long number() {
        int from = at;
        if (peek() == '-') {
            at++;
        }
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return Long.valueOf(text.substring(from, at));
    }

    private void blanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private char next() {
        if (at == text.length()) {
            throw wrong("more");
        }
        return text.charAt(at++);
    }

    private void take(char expected) {
        if (peek() != expected) {
            throw wrong("'" + expected + "'");
        }
        at++;
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("at character " + at + " there should be " + expected);
    }
}

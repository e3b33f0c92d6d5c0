package io.streamz.frames.internal.expr;

/**
 * A piece of expression text.
 *
 * @param text what it says: the name without backticks, the string without quotes, else as written
 * @param from where it starts in the whole text
 * @param to where it ends, exclusive
 */
record Token(Form form, String text, int from, int to) {
    enum Form {
        NAME,
        QUOTED_NAME,
        NUMBER,
        STRING,
        SIGN,
        END
    }

    boolean isSign(String sign) {
        return form == Form.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return form == Form.NAME && text.equalsIgnoreCase(word);
    }

    /** How an error speaks of it. */
    String shown() {
        return switch (form) {
            case END -> "the end";
            case STRING -> "the text '" + text + "'";
            case NUMBER -> "the number " + text;
            case NAME, QUOTED_NAME, SIGN -> "'" + text + "'";
        };
    }
}

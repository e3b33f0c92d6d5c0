package io.streamz.frames;

import io.streamz.frames.internal.expr.Op;

/** The functions over text, which is UTF-8: places and lengths are code points, counted from 0. Null in gives null out. */
abstract class TextWords extends NumberWords {
    TextWords() {}

    /** The number of code points. */
    public Expr length() {
        return call(Op.LENGTH);
    }

    /** The number of UTF-8 bytes. */
    public Expr byteLength() {
        return call(Op.BYTE_LENGTH);
    }

    public Expr upper() {
        return call(Op.UPPER);
    }

    public Expr lower() {
        return call(Op.LOWER);
    }

    /** Without white space at both ends. */
    public Expr trim() {
        return call(Op.TRIM);
    }

    public Expr trimStart() {
        return call(Op.TRIM_START);
    }

    public Expr trimEnd() {
        return call(Op.TRIM_END);
    }

    /** From a place on, counted from the end where it is below 0. */
    public Expr substring(Object from) {
        return call(Op.SUBSTRING, from);
    }

    /** So many code points from a place on, or what is there of them. */
    public Expr substring(Object from, Object length) {
        return call(Op.SUBSTRING, from, length);
    }

    public Expr startsWith(Object text) {
        return call(Op.STARTS_WITH, text);
    }

    public Expr endsWith(Object text) {
        return call(Op.ENDS_WITH, text);
    }

    /** Whether the other text stands in this one. */
    public Expr contains(Object text) {
        return call(Op.CONTAINS, text);
    }

    /** Where the other text first stands, or -1. */
    public Expr indexOf(Object text) {
        return call(Op.INDEX_OF, text);
    }

    /** Every occurrence of one text replaced by another. */
    public Expr replace(Object find, Object with) {
        return call(Op.REPLACE, find, with);
    }

    /** The part between separators, counted from 0, or from the end below 0; null where there is none. */
    public Expr splitPart(Object separator, Object part) {
        return call(Op.SPLIT_PART, separator, part);
    }

    /** This and the others joined; what is no text is cast to text. */
    public Expr concat(Object... others) {
        return call(Op.CONCAT, others);
    }

    /** Filled up with blanks before it to so many code points. */
    public Expr padStart(Object length) {
        return call(Op.PAD_START, length);
    }

    /** Filled up before it to so many code points. */
    public Expr padStart(Object length, Object fill) {
        return call(Op.PAD_START, length, fill);
    }

    /** Filled up with blanks behind it to so many code points. */
    public Expr padEnd(Object length) {
        return call(Op.PAD_END, length);
    }

    /** Filled up behind it to so many code points. */
    public Expr padEnd(Object length, Object fill) {
        return call(Op.PAD_END, length, fill);
    }

    /** Whether the whole text fits a pattern: % is any text, _ any code point, a backslash takes the next sign as it is. */
    public Expr like(String pattern) {
        return call(Op.LIKE, pattern);
    }

    /** Whether a regular expression of {@code java.util.regex} is found; it can take time exponential in the text. */
    public Expr regexMatch(String pattern) {
        return call(Op.REGEX_MATCH, pattern);
    }

    /** What a group of the first match holds, 0 for the whole match; null where there is none. */
    public Expr regexExtract(String pattern, int group) {
        return call(Op.REGEX_EXTRACT, pattern, group);
    }

    /** Every match replaced; {@code $1} in the replacement is the first group. */
    public Expr regexReplace(String pattern, String with) {
        return call(Op.REGEX_REPLACE, pattern, with);
    }

    /**
     * A timestamp(ns) read by a pattern of {@code java.time.format.DateTimeFormatter}; times without a zone are UTC. A text that
     * does not fit is a data error.
     */
    public Expr parseTimestamp(String pattern) {
        return call(Op.PARSE_TIMESTAMP, pattern);
    }

    /** {@link #parseTimestamp(String)} of times on the wall of a zone. */
    public Expr parseTimestamp(String pattern, String zone) {
        return call(Op.PARSE_TIMESTAMP, pattern, zone);
    }

    /** {@link #parseTimestamp(String)} that gives null for a text that does not fit. */
    public Expr tryParseTimestamp(String pattern) {
        return call(Op.TRY_PARSE_TIMESTAMP, pattern);
    }

    /** {@link #parseTimestamp(String, String)} that gives null for a text that does not fit. */
    public Expr tryParseTimestamp(String pattern, String zone) {
        return call(Op.TRY_PARSE_TIMESTAMP, pattern, zone);
    }

    /** A date read by a pattern of {@code java.time.format.DateTimeFormatter}; a text that does not fit is a data error. */
    public Expr parseDate(String pattern) {
        return call(Op.PARSE_DATE, pattern);
    }

    /** {@link #parseDate} that gives null for a text that does not fit. */
    public Expr tryParseDate(String pattern) {
        return call(Op.TRY_PARSE_DATE, pattern);
    }
}

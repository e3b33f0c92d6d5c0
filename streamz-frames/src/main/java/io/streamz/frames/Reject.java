package io.streamz.frames;

/**
 * A row that was left out.
 *
 * @param reason what is wrong with it
 * @param column the column that is to blame, or null for the row as a whole
 * @param raw its text as it was found
 * @param source the file, or whatever it came from
 * @param offset the bytes before it in the source
 * @param line the physical line on which it begins, where the first is 1
 */
public record Reject(String reason, String column, String raw, String source, long offset, long line) {}

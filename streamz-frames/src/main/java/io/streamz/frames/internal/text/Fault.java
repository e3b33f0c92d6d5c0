package io.streamz.frames.internal.text;

/**
 * A row that cannot be taken.
 *
 * @param from where the row starts in the block's bytes
 * @param to where it ends, without its line end
 * @param column the column that is to blame, or -1 for the row as a whole
 * @param code a stable name of the kind of fault, such as {@code bad-value}
 * @param reason what is wrong, as the end of a sentence that begins with the place
 */
record Fault(int from, int to, int column, String code, String reason) {}

package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import java.util.List;

/**
 * What sets one text format apart from another: where a file says its columns, where the fields of a row lie, and what their
 * text means. All else, such as following, positions, bad rows, types and limits, is one for all. Immutable.
 */
public interface TextFormat {
    /** What a message calls such a file: {@code a CSV file}. */
    String noun();

    /** The endings of the names of such files, in lower case and without that of a packer. */
    List<String> endings();

    /** Whether columns are learnt from rows, so that a first look must see some before it knows any. */
    boolean learnsColumns();

    /** Whether a file may lack a column of the plan without being another kind of file. */
    boolean mayLack();

    /**
     * Reads what a file begins with.
     *
     * @param known the columns of the plan, or null where they are to be found
     * @param ended whether nothing comes behind {@code to}
     * @return null where {@code from..to} does not hold enough; a header without names where there is nothing to read
     */
    Header header(CsvSettings settings, byte[] bytes, int from, int to, int last, boolean ended, List<String> known);

    /**
     * Where the quote stands that the rest of the input does not close, or -1; to be asked when the input has ended. Only a format
     * whose fields may hold line feeds has one.
     */
    default int unclosedQuote(byte[] bytes, int from, int to, Limits limits) {
        return -1;
    }

    /** A scanner of rows with these columns. */
    RowScan scan(CsvSettings settings, List<String> columns);

    /** A block for rows with so many columns. */
    Block block(int columns);

    /** The parser of one column. */
    ColumnParser parser(int place, String column, DataType type, boolean epoch, NullWords nulls);

    /** The types that a column may have, going by some rows, in the order in which they are tried; utf8 is always the last. */
    List<DataType> candidates(String column, int place, List<Block> blocks);

    /** Whether a file of a folder is one of these, by its name in lower case. */
    default boolean isNamed(String name) {
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String bare = plain.endsWith(".zst") ? plain.substring(0, plain.length() - 4) : plain;
        return endings().stream().anyMatch(bare::endsWith);
    }
}

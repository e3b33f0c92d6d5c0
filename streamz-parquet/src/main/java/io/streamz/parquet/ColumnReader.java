package io.streamz.parquet;

import io.streamz.aggregations.Lane;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.CorruptDeltaByteArrays;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.RequiresPreviousReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;

/**
 * Reads one flat column of one row group, page after page.
 *
 * <p>A page holds a definition level for each row, which says whether the row has a value, and the values there are, plain or
 * as codes of the chunk's dictionary. Both are read in loops over many rows: first the rows that have a value, then codes or
 * values.
 */
final class ColumnReader {
    private final ColumnDescriptor column;
    private final PageReader pages;
    private final String writer;
    private final Deadline deadline;
    private final Decoder decoder;
    private final Dictionary dictionary;

    private Levels levels;
    private ValuesReader values;
    private boolean isCoded;
    /** The rows of the page that were not read yet. */
    private int left;

    private int[] rows = {};
    private int[] codes = {};

    /** Gives the definition level of one row after the other. */
    private interface Levels {
        int next() throws IOException;
    }

    ColumnReader(ColumnDescriptor column, PageReader pages, String writer, Deadline deadline) throws IOException {
        this.column = column;
        this.pages = pages;
        this.writer = writer;
        this.deadline = deadline;
        this.decoder = Decoder.of(column.getPrimitiveType());
        DictionaryPage page = pages.readDictionaryPage();
        this.dictionary = page == null ? null : page.getEncoding().initDictionary(column, page);
        if (dictionary != null) {
            decoder.dictionary(dictionary);
        }
    }

    /** Reads the next rows as the whole of a lane. */
    void read(Lane lane, int count) throws IOException {
        lane.reset(count);
        decoder.begin(lane);
        room(count);
        for (int row = 0; row < count; ) {
            int part = page(count - row);
            int present = present(row, part, lane);
            if (isCoded) {
                for (int i = 0; i < present; i++) {
                    codes[i] = values.readValueDictionaryId();
                }
                decoder.coded(codes, rows, present);
            } else {
                decoder.plain(values, rows, present);
            }
            row += part;
            left -= part;
        }
    }

    /** Leaves out the next rows. */
    void skip(long count) throws IOException {
        for (long rest = count; rest > 0; ) {
            deadline.begin(); // many rows are left out on purpose
            int part = page((int) Math.min(rest, Integer.MAX_VALUE));
            int present = 0;
            for (int row = 0; row < part; row++) {
                present += levels == null || levels.next() == column.getMaxDefinitionLevel() ? 1 : 0;
            }
            if (present > 0) {
                values.skip(present);
            }
            rest -= part;
            left -= part;
        }
    }

    private void room(int count) {
        if (rows.length < count) {
            rows = new int[count];
            codes = new int[count];
        }
    }

    /** Notes which of the next rows have a value, and gives their number; the others become null. */
    private int present(int from, int count, Lane lane) throws IOException {
        if (levels == null) {
            for (int i = 0; i < count; i++) {
                rows[i] = from + i;
            }
            return count;
        }
        int most = column.getMaxDefinitionLevel();
        int present = 0;
        for (int row = from; row < from + count; row++) {
            if (levels.next() == most) {
                rows[present++] = row;
            } else {
                lane.setNull(row);
            }
        }
        return present;
    }

    /** Opens the next page where this one is over, and says how many of the wanted rows it has. */
    private int page(int wanted) throws IOException {
        while (left == 0) {
            DataPage page = pages.readPage();
            deadline.check();
            if (page == null) {
                throw new IOException(
                        "column '" + column.getPath()[0] + "' has fewer values than its row group has rows");
            }
            left = page.getValueCount();
            if (left < 0) {
                throw new IOException("a page has " + left + " values");
            }
            if (page instanceof DataPageV1 first) {
                open(first);
            } else {
                open((DataPageV2) page);
            }
        }
        return Math.min(left, wanted);
    }

    private void open(DataPageV1 page) throws IOException {
        ByteBufferInputStream in = page.getBytes().toInputStream();
        ValuesReader repetitions = page.getRlEncoding().getValuesReader(column, ValuesType.REPETITION_LEVEL);
        repetitions.initFromPage(left, in);
        ValuesReader definitions = page.getDlEncoding().getValuesReader(column, ValuesType.DEFINITION_LEVEL);
        definitions.initFromPage(left, in);
        levels = column.getMaxDefinitionLevel() == 0 ? null : definitions::readInteger;
        values(page.getValueEncoding(), in);
    }

    private void open(DataPageV2 page) throws IOException {
        int width = BytesUtils.getWidthFromMaxInt(column.getMaxDefinitionLevel());
        var definitions = new RunLengthBitPackingHybridDecoder(
                width, page.getDefinitionLevels().toInputStream());
        levels = column.getMaxDefinitionLevel() == 0 ? null : definitions::readInt;
        values(page.getDataEncoding(), page.getData().toInputStream());
    }

    private void values(Encoding encoding, ByteBufferInputStream in) throws IOException {
        ValuesReader before = values;
        isCoded = encoding.usesDictionary();
        if (isCoded && dictionary == null) {
            throw new IOException("column '" + column.getPath()[0] + "' has codes but no dictionary");
        }
        values = isCoded
                ? encoding.getDictionaryBasedValuesReader(column, ValuesType.VALUES, dictionary)
                : encoding.getValuesReader(column, ValuesType.VALUES);
        values.initFromPage(left, in);
        if (CorruptDeltaByteArrays.requiresSequentialReads(writer, encoding)
                && before instanceof RequiresPreviousReader
                && values instanceof RequiresPreviousReader reader) {
            reader.setPreviousReader(before);
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(column.getPath());
    }
}

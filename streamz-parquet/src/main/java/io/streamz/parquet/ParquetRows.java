package io.streamz.parquet;

import io.streamz.frames.ColumnRanges;
import io.streamz.frames.Field;
import io.streamz.frames.FileRows;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The rows of one Parquet file, row group by row group. Of a row group the chunks of those columns are read that are needed;
 * when one more is needed in its middle, that one's chunk is read then.
 */
final class ParquetRows implements FileRows {
    private static final int BATCH = 8192;

    private final ParquetFileReader reader;
    private final List<Field> fields = new ArrayList<>();
    private final List<ColumnDescriptor> columns = new ArrayList<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final String writer;
    private final Deadline deadline;

    private final ColumnReader[] open;
    private final List<PageReadStore> stores = new ArrayList<>();
    /** The row group that is read; -1 before the first. */
    private int group = -1;

    private long rowsOfGroup;
    private long taken;
    private long bytesBefore;

    private ParquetRows(ParquetFileReader reader, long size, Deadline deadline) throws IOException {
        this.reader = reader;
        this.deadline = deadline;
        MessageType schema = reader.getFileMetaData().getSchema();
        Set<String> names = new HashSet<>();
        for (Type column : schema.getFields()) {
            if (!names.add(column.getName())) {
                throw new IOException("two columns are named '" + column.getName() + "'");
            }
            String reason = ColumnTypes.refusal(column);
            if (reason != null) {
                refused.put(column.getName(), reason);
            } else {
                fields.add(new Field(column.getName(), ColumnTypes.of(column.asPrimitiveType())));
                columns.add(schema.getColumnDescription(new String[] {column.getName()}));
            }
        }
        writer = reader.getFileMetaData().getCreatedBy();
        open = new ColumnReader[columns.size()];
        check(size);
    }

    static ParquetRows open(Path file, Deadline deadline) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new Codecs())
                .usePageChecksumVerification(true)
                .build();
        ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options);
        try {
            return new ParquetRows(reader, Files.size(file), deadline);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Holds the lengths that the footer claims against the file, before memory is taken for them. */
    private void check(long size) throws IOException {
        for (BlockMetaData block : reader.getRowGroups()) {
            if (block.getRowCount() < 0) {
                throw new IOException("a row group has " + block.getRowCount() + " rows");
            }
            Set<String> there = new HashSet<>();
            for (ColumnChunkMetaData chunk : block.getColumns()) {
                String name = chunk.getPath().toDotString();
                there.add(name);
                long start = chunk.getStartingPos();
                long length = chunk.getTotalSize();
                if (start < 0 || length < 0 || length > size - start) {
                    throw new IOException(
                            "column '" + name + "' claims " + length + " bytes at " + start + " of a file of " + size);
                }
            }
            for (ColumnDescriptor column : columns) {
                if (!there.contains(column.getPath()[0])) {
                    throw new IOException("a row group lacks column '" + column.getPath()[0] + "'");
                }
            }
        }
    }

    @Override
    public List<Field> fields() {
        return fields;
    }

    @Override
    public Map<String, String> refused() {
        return refused;
    }

    @Override
    public int read(RecordBatch into, int[] places) throws IOException {
        if (!nextGroup()) {
            return 0;
        }
        deadline.begin();
        open(places);
        int count = (int) Math.min(BATCH, rowsOfGroup - taken);
        for (int column = 0; column < places.length; column++) {
            if (places[column] >= 0) {
                open[places[column]].read(into.fill(column), count);
                deadline.check();
            }
        }
        taken += count;
        return count;
    }

    /** Leaves out row groups whose statistics say that nobody wants a row of them. */
    @Override
    public long passOver(Schema schema, int[] places, Projection wanted) {
        long passed = 0;
        while (nextGroup() && taken == 0 && !wanted.mayWant(ranges(schema, places))) {
            taken = rowsOfGroup;
            passed += rowsOfGroup;
        }
        return passed;
    }

    private ColumnRanges ranges(Schema schema, int[] places) {
        ColumnRanges ranges = new ColumnRanges(schema);
        for (ColumnChunkMetaData chunk : reader.getRowGroups().get(group).getColumns()) {
            int place = placeOf(chunk.getPath().toDotString());
            for (int column = 0; column < places.length; column++) {
                if (place >= 0 && places[column] == place) {
                    Statistic.tell(chunk, column, ranges);
                }
            }
        }
        return ranges;
    }

    private int placeOf(String path) {
        for (int place = 0; place < fields.size(); place++) {
            if (fields.get(place).name().equals(path)) {
                return place;
            }
        }
        return -1;
    }

    /** Goes to the next row group with rows where this one is over; false behind the last. */
    private boolean nextGroup() {
        while (taken == rowsOfGroup) {
            if (group >= 0 && group < reader.getRowGroups().size()) {
                bytesBefore += reader.getRowGroups().get(group).getCompressedSize();
            }
            release();
            if (group + 1 >= reader.getRowGroups().size()) {
                group = reader.getRowGroups().size();
                return false;
            }
            group++;
            rowsOfGroup = reader.getRowGroups().get(group).getRowCount();
            taken = 0;
        }
        return true;
    }

    /** Opens the columns that are needed and not open yet, at the row that comes next. */
    private void open(int[] places) throws IOException {
        List<ColumnDescriptor> missing = new ArrayList<>();
        for (int place : places) {
            if (place >= 0 && open[place] == null) {
                missing.add(columns.get(place));
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        reader.setRequestedSchema(missing);
        PageReadStore store = reader.readRowGroup(group);
        stores.add(store);
        for (int place : places) {
            if (place >= 0 && open[place] == null) {
                ColumnDescriptor column = columns.get(place);
                open[place] = new ColumnReader(column, store.getPageReader(column), writer, deadline);
                open[place].skip(taken);
            }
        }
    }

    /** Leaves out the next rows; columns that are opened later start behind them. */
    @Override
    public void skip(long rows) throws IOException {
        for (long rest = rows; rest > 0; ) {
            if (!nextGroup()) {
                throw new IOException("it has fewer rows than were read of it before");
            }
            long part = Math.min(rest, rowsOfGroup - taken);
            for (ColumnReader column : open) {
                if (column != null) {
                    column.skip(part);
                }
            }
            taken += part;
            rest -= part;
        }
    }

    /** The bytes of the row groups that were read, and of the present one in proportion to its rows. */
    @Override
    public long bytes() {
        if (group < 0 || group >= reader.getRowGroups().size()) {
            return bytesBefore;
        }
        double share = rowsOfGroup == 0 ? 0 : (double) taken / rowsOfGroup;
        return bytesBefore + (long) (share * reader.getRowGroups().get(group).getCompressedSize());
    }

    private void release() {
        Arrays.fill(open, null);
        stores.forEach(PageReadStore::close);
        stores.clear();
    }

    @Override
    public void close() {
        release();
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

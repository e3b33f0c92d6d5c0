package io.streamz.parquet;

import com.sun.management.OperatingSystemMXBean;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.RecordBatch;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Reads all columns of a file, in turns with the library's own column readers, which have the least cost of all its ways:
 * {@code ScanRace FILE [rounds, 7]}. Seconds are CPU seconds of the process, which other work on the machine disturbs least.
 */
final class ScanRace {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ScanRace() {}

    private interface Scan {
        long rows(Path file) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            ours[round] = seconds("streamz", ScanRace::streamz, file);
            theirs[round] = seconds("library", ScanRace::library, file);
        }
        Arrays.sort(ours);
        Arrays.sort(theirs);
        System.out.printf("streamz / library, medians: %.2f%n", theirs[rounds / 2] / ours[rounds / 2]);
    }

    private static double seconds(String name, Scan scan, Path file) throws Exception {
        long start = SYSTEM.getProcessCpuTime();
        long rows = scan.rows(file);
        double seconds = (SYSTEM.getProcessCpuTime() - start) / 1e9;
        System.out.printf("%s %.2f s, %.1f million rows/s%n", name, seconds, rows / seconds / 1e6);
        return seconds;
    }

    private static long streamz(Path file) throws Exception {
        long[] rows = new long[1];
        Source<RecordBatch> source = Parquet.read(file).open(column -> true);
        while (source.poll(batch -> rows[0] += batch.rows()) != Progress.END) {
            // Until all rows are there.
        }
        source.close();
        return rows[0];
    }

    private static long library(Path file) throws Exception {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new Codecs())
                .build();
        long rows = 0;
        long sum = 0;
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            for (PageReadStore group = reader.readNextRowGroup(); group != null; group = reader.readNextRowGroup()) {
                ColumnReadStoreImpl columns = new ColumnReadStoreImpl(
                        group,
                        new GroupRecordConverter(schema).getRootConverter(),
                        schema,
                        reader.getFileMetaData().getCreatedBy());
                for (ColumnDescriptor column : schema.getColumns()) {
                    sum += read(columns.getColumnReader(column), column, group.getRowCount());
                }
                rows += group.getRowCount();
            }
        }
        return sum == Long.MIN_VALUE ? 0 : rows;
    }

    private static long read(ColumnReader reader, ColumnDescriptor column, long rows) {
        long sum = 0;
        for (long row = 0; row < rows; row++) {
            if (reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
                sum += switch (column.getPrimitiveType().getPrimitiveTypeName()) {
                    case INT32 -> reader.getInteger();
                    case INT64 -> reader.getLong();
                    case FLOAT -> (long) reader.getFloat();
                    case DOUBLE -> (long) reader.getDouble();
                    case BOOLEAN -> reader.getBoolean() ? 1 : 0;
                    default -> reader.getBinary().length();
                };
            }
            reader.consume();
        }
        return sum;
    }
}

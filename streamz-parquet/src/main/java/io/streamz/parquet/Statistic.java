package io.streamz.parquet;

import io.streamz.aggregations.DataType;
import io.streamz.frames.ColumnRanges;
import org.apache.parquet.column.statistics.BinaryStatistics;
import org.apache.parquet.column.statistics.DoubleStatistics;
import org.apache.parquet.column.statistics.FloatStatistics;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** What the statistics of a row group say of a column's values. The library gives none that an old writer may have made wrong. */
final class Statistic {
    private Statistic() {}

    /** Tells the least and the greatest value, where they are known and in the order of our lanes. */
    static void tell(ColumnChunkMetaData chunk, int column, ColumnRanges ranges) {
        Statistics<?> known = chunk.getStatistics();
        if (known == null || !known.hasNonNullValue()) {
            return;
        }
        DataType type = ColumnTypes.of(chunk.getPrimitiveType());
        switch (type.kind()) {
            case INT, DATE, TIME, TIMESTAMP -> {
                if (known instanceof LongStatistics longs) {
                    ranges.longs(column, longs.getMin(), longs.getMax());
                } else if (known instanceof IntStatistics ints) {
                    // Those of unsigned columns are kept as signed ones.
                    ranges.longs(column, unsigned(chunk, ints.getMin()), unsigned(chunk, ints.getMax()));
                }
            }
            case FLOAT -> {
                if (known instanceof DoubleStatistics doubles) {
                    ranges.doubles(column, doubles.getMin(), doubles.getMax());
                } else if (known instanceof FloatStatistics floats) {
                    ranges.doubles(column, floats.getMin(), floats.getMax());
                }
            }
            case TEXT -> {
                if (known instanceof BinaryStatistics texts && isPlainText(chunk)) {
                    ranges.texts(
                            column,
                            texts.genericGetMin().getBytes(),
                            texts.genericGetMax().getBytes());
                }
            }
            default -> {
                // Their order is not that of their lanes, or nobody asks.
            }
        }
    }

    private static long unsigned(ColumnChunkMetaData chunk, int value) {
        return chunk.getPrimitiveType().getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation type
                        && !type.isSigned()
                ? Integer.toUnsignedLong(value)
                : value;
    }

    /** Whether the bytes are the text; those of a UUID are not. */
    private static boolean isPlainText(ColumnChunkMetaData chunk) {
        return chunk.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
    }
}

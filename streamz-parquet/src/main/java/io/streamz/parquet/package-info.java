/**
 * Parquet files, read and written. {@link io.streamz.parquet.Parquet} is the door. On the way in
 * {@link io.streamz.parquet.ParquetRows} goes through the row groups of a file, and one
 * {@link io.streamz.parquet.ColumnReader} for each column that is needed turns pages into lanes by its
 * {@link io.streamz.parquet.Decoder}; {@link io.streamz.parquet.ColumnTypes} says which type a column has, and which columns
 * are refused. On the way out {@link io.streamz.parquet.ParquetRowsWriter} hands row after row to the library's writer.
 * {@link io.streamz.parquet.Codecs} packs and unpacks pages without Hadoop.
 */
package io.streamz.parquet;

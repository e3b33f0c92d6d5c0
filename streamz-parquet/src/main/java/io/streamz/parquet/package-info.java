/** Parquet files, read and written. */
package io.streamz.parquet;

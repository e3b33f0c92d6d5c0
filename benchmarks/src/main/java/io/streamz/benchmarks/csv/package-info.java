/** The CSV reader alone against DuckDB's, over one file that is made first. */
package io.streamz.benchmarks.csv;

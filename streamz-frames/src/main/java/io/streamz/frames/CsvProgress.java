package io.streamz.frames;

/**
 * How far a source has come.
 *
 * @param rows the rows given so far
 * @param rejected the rows left out so far
 * @param bytes the bytes read so far
 * @param totalBytes the bytes of the file, or -1 where nobody knows
 */
public record CsvProgress(long rows, long rejected, long bytes, long totalBytes) {}

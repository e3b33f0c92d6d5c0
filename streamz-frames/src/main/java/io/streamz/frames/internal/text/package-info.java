/**
 * Text files of any format, byte by byte. {@link io.streamz.frames.internal.text.Input} fills a reused byte array,
 * {@link io.streamz.frames.internal.text.RowScanner} finds where its fields end and notes them in a
 * {@link io.streamz.frames.internal.text.Block}, and one {@link io.streamz.frames.internal.text.ColumnParser} for each column
 * that is needed turns its fields into a lane. {@link io.streamz.frames.internal.text.CsvReader} walks a file that way, row
 * boundary by row boundary; {@link io.streamz.frames.internal.text.FileFollower} and
 * {@link io.streamz.frames.internal.text.FolderReader} give it one file after the other;
 * {@link io.streamz.frames.internal.text.Opening} reads the header and infers the types. On the way
 * out {@link io.streamz.frames.internal.text.CellText} writes values as text, which the table printer uses too.
 */
package io.streamz.frames.internal.text;

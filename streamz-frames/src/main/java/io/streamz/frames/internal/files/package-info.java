/**
 * Files that are read when they are whole. {@link io.streamz.frames.internal.files.WholeFilesReader} goes through the files that
 * a path stands for, reads each once through its {@link io.streamz.frames.FileFormat}, and remembers in
 * {@link io.streamz.frames.internal.files.Done} which were read; {@link io.streamz.frames.internal.files.PendingFile} is how a
 * file comes to be whole.
 */
package io.streamz.frames.internal.files;

/**
 * Arrow IPC between bytes and lanes, by Arrow's generated classes for its messages and without its vectors.
 * {@link io.streamz.frames.internal.ipc.IpcMessages} reads message after message and holds every length against the file,
 * {@link io.streamz.frames.internal.ipc.IpcBody} finds the buffers of one, {@link io.streamz.frames.internal.ipc.IpcColumn}
 * decodes those of a column, and {@link io.streamz.frames.internal.ipc.IpcRows} goes through them.
 * {@link io.streamz.frames.internal.ipc.IpcWriter} is the way out.
 */
package io.streamz.frames.internal.ipc;

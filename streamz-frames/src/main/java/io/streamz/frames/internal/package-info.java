/**
 * What frames, expressions and CSV share below the public API: rows as dense lanes (Columns), single cells (Cells), and the doors
 * to Arrow: types (Types), vectors to lanes and back (ArrowDecoder, ArrowEncoder), the choice of allocator (Memory).
 */
package io.streamz.frames.internal;

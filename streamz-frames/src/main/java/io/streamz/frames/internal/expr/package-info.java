/**
 * Expressions: text becomes tokens ({@link io.streamz.frames.internal.expr.Lexer}), tokens a tree of
 * {@link io.streamz.frames.internal.expr.Node}s ({@link io.streamz.frames.internal.expr.Parser}), which prints back
 * ({@link io.streamz.frames.internal.expr.Printer}). The binder checks names and types against a schema and gives a
 * {@link io.streamz.frames.internal.expr.BoundExpr}: kernels over lanes with outputs that are reused from batch to batch.
 */
package io.streamz.frames.internal.expr;

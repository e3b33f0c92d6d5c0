/**
 * A Java kernel for Jupyter: the messages are jjava-jupyter's, the language is JShell's, jars come from Maven repositories.
 *
 * <p>{@link io.streamz.kernel.Main} starts a {@link io.streamz.kernel.JavaKernel}, which hears the messages. {@link
 * io.streamz.kernel.Cells} cuts a cell into snippets and has JShell compile them; {@link io.streamz.kernel.CellControl} runs
 * them on a thread of their own, in classes that {@link io.streamz.kernel.CellLoader} defines and {@link
 * io.streamz.kernel.LoopStops} has made stoppable. {@link io.streamz.kernel.Magics} are the lines that begin with a percent sign.
 */
package io.streamz.kernel;

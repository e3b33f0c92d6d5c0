/**
 * Tables, graphs and plots in notebooks and as pictures.
 *
 * <p>{@link io.streamz.notebook.Streamz} is what a cell imports. A kernel finds {@link io.streamz.notebook.JJavaExtension} by
 * itself and is given {@link io.streamz.notebook.Renderings}: how each type becomes HTML. A {@link
 * io.streamz.notebook.Display} does that again and again while its table changes, through a {@link
 * io.streamz.notebook.Screen}, which is all that differs between kernels.
 *
 * <p>A plot becomes {@link io.streamz.notebook.PlotData}: its columns as arrays, thinned so that peaks stay. {@link
 * io.streamz.notebook.ChartOption} makes of it what the browser draws, {@link io.streamz.notebook.Pictures} a PNG.
 */
package io.streamz.notebook;

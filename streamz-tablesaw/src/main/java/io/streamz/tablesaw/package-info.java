/** Tables of frames as Tablesaw tables, one call: {@link io.streamz.tablesaw.Tablesaw#toTablesaw}. */
package io.streamz.tablesaw;

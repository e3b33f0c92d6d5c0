/** Damaged files of three formats in a small heap: {@code DamagedFilesTest} starts {@link io.streamz.blackbox.bad.BadFilesProgram}. */
package io.streamz.blackbox.bad;

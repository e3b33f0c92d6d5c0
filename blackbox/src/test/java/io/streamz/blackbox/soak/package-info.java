/** A tail job under load for a while: {@code SoakTest} starts {@link io.streamz.blackbox.soak.SoakProgram} with a small heap. */
package io.streamz.blackbox.soak;

/** Small programs that the build runs; the regions between their marks stand in the README. */
package io.streamz.examples;

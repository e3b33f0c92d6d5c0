/** Small programs that the build runs; README.md beside src shows what each prints. */
package io.streamz.examples;

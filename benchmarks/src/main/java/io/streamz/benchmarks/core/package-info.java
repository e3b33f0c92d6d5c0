/**
 * The core push graph beside other libraries in this JVM, under JMH. Rows that belong together are methods of one class and
 * are to be compared within one run only; each class checks once that all of them give the same answer.
 */
package io.streamz.benchmarks.core;
